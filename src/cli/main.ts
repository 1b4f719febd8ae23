/** The command line: names, options and help. What a command does is in the file of its name, loaded when it is called. */
import { enableCompileCache } from 'node:module'
import { Command, CommanderError } from 'commander'
import { UsageError } from '../findings.ts'
import { version } from '../version.ts'
import { commands } from './commands.ts'
import { exitStatus } from './exit-status.ts'

/** Runs one call; the exit status is the contract's. A crash is `incomplete`: it never looks like a pass. */
export async function main(argv: readonly string[]): Promise<void> {
  enableCompileCache()
  // Who stops reading the progress changes no verdict; without a listener Node would end with the status of `block`.
  process.stderr.on('error', () => undefined)
  process.exitCode = exitStatus.incomplete
  const program = createProgram((status) => {
    process.exitCode = status
  })
  try {
    await program.parseAsync(argv)
  } catch (error) {
    process.exitCode = explain(error)
  }
}

export function createProgram(setStatus: (status: number) => void): Command {
  const program = new Command('portcullis')
    .description('Runs your cluster’s admission decision on the pull request: image scan, signature verification, manifest policy.')
    .version(version)
    .showHelpAfterError('(--help lists the options)')
    .exitOverride()
  for (const command of commands) program.addCommand(command(setStatus).exitOverride().copyInheritedSettings(program))
  return program
}

/** Commander has said its own on standard error already. */
function explain(error: unknown): number {
  if (error instanceof CommanderError) return error.exitCode === 0 ? exitStatus.pass : exitStatus.usage
  if (error instanceof UsageError) {
    process.stderr.write(`portcullis: ${error.message}\n`)
    return exitStatus.usage
  }
  process.stderr.write(
    `portcullis: failed, nothing was decided: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  return exitStatus.incomplete
}
