/** The command line: names, options and help. What a command does is in the file of its name, loaded when it is called. */
import { Command, CommanderError } from 'commander'
import { UsageError } from '../findings.ts'
import { version } from '../version.ts'
import { commands } from './commands.ts'
import { exitStatus } from './exit-status.ts'

/** Runs one call; the exit status is the contract's. A crash is `incomplete`: it never looks like a pass. */
export async function main(argv: readonly string[]): Promise<void> {
  // Who stops reading the progress changes no verdict; without a listener Node would end with the status of `block`.
  process.stderr.on('error', () => undefined)
  // What is thrown where nobody waits for it: Node alone would end with the status of `block`.
  process.on('uncaughtException', (error) => {
    process.stderr.write(`portcullis: failed, nothing was decided: ${error.stack ?? error.message}\n`)
    process.exit(exitStatus.incomplete)
  })
  process.exitCode = exitStatus.incomplete
  const program = createProgram(argv[2], (status) => {
    process.exitCode = status
  })
  try {
    await program.parseAsync(argv)
  } catch (error) {
    process.exitCode = await explain(error, asksForEvents(argv))
  }
}

/** Of a call that begins with a command's name, that command alone has its options made. */
function createProgram(first: string | undefined, setStatus: (status: number) => void): Command {
  const program = new Command('portcullis')
    .description('Runs your cluster’s admission decision on the pull request: image scan, signature verification, manifest policy.')
    .version(version)
    .showHelpAfterError('(--help lists the options)')
    .exitOverride()
  const named = Object.entries(commands).filter(([name]) => name === first)
  for (const [, command] of named.length > 0 ? named : Object.entries(commands))
    program.addCommand(command(setStatus).exitOverride().copyInheritedSettings(program))
  return program
}

/** Commander has said its own on standard error already. */
async function explain(error: unknown, asEvent: boolean): Promise<number> {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.pass : exitStatus.usage
  const isUsage = error instanceof UsageError
  const reason = error instanceof Error ? (isUsage ? error.message : (error.stack ?? error.message)) : String(error)
  const message = isUsage ? reason : `failed, nothing was decided: ${reason}`
  process.stderr.write(asEvent ? await eventOf(message) : `portcullis: ${message}\n`)
  return isUsage ? exitStatus.usage : exitStatus.incomplete
}

async function eventOf(message: string): Promise<string> {
  const { eventLine } = await import('../publish/observability/events.ts')
  return eventLine(new Date(), 'error', 'failure', { severity: 'unknown', message })
}

/** Asked of the words themselves: what is wrong may be the call. */
function asksForEvents(argv: readonly string[]): boolean {
  return argv.some((word, index) => word === '--log-format=json' || (word === '--log-format' && argv[index + 1] === 'json'))
}
