/** How renderers are started: an argument array, no shell, bounded output and time. */
import { spawn } from 'node:child_process'

export interface ProgramResult {
  /** The exit status; `missing` where there is no such program, `stopped` where it took too long or printed too much. */
  readonly status: number | 'missing' | 'stopped'
  readonly stdout: string
  readonly stderr: string
  /** Where it worked. */
  readonly directory: string
}

export type RunProgram = (command: string, words: readonly string[], options: ProgramOptions) => Promise<ProgramResult>

export interface ProgramOptions {
  readonly directory: string
  /** Added to what the caller gives all programs. */
  readonly environment?: Readonly<Record<string, string>>
}

/** Renderers that work at the same time. */
export const programsAtOnce = 4

const outputLimitBytes = 64 << 20
const timeoutMilliseconds = 60_000

/** Starts programs from the given environment's `PATH`; they see nothing else of it. */
export function programRunner(environment: Readonly<Record<string, string | undefined>>): RunProgram {
  return async (command, words, { directory, environment: own }) => {
    const env = { PATH: environment.PATH ?? '', LC_ALL: 'C', ...own }
    const child = spawn(command, words, { cwd: directory, env, stdio: ['ignore', 'pipe', 'pipe'] })
    const stop = () => child.kill('SIGKILL')
    // Not spawn's own `timeout`: that of a program that is missing is never taken back, and holds the process for as long.
    const timer = setTimeout(stop, timeoutMilliseconds)
    const [stdout, stderr, status] = await Promise.all([
      collect(child.stdout, outputLimitBytes, stop),
      collect(child.stderr, 1 << 16, () => {}),
      new Promise<ProgramResult['status']>((resolve, reject) => {
        child.on('error', (error: NodeJS.ErrnoException) =>
          error.code === 'ENOENT' || error.code === 'EACCES' ? resolve('missing') : reject(error),
        )
        child.on('close', (code) => resolve(code ?? 'stopped'))
      }),
    ]).finally(() => clearTimeout(timer))
    return { status, stdout, stderr, directory }
  }
}

/** The text up to the limit; what comes behind it is dropped. */
async function collect(stream: AsyncIterable<Buffer>, limitBytes: number, onLimit: () => void): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of stream) {
    if (size > limitBytes) continue
    size += chunk.length
    if (size > limitBytes) onLimit()
    else chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What a program complains about, as one clause; the folder that it worked in is left out of the paths. */
export function complaint({ status, stderr, directory }: ProgramResult): string {
  if (status === 'stopped') return 'it took too long or printed too much'
  const text = stderr
    .replaceAll(`${directory}/`, '')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[\p{Cc}\p{Cf}]/gu, '')
    .trim()
  // Warnings stand in front, advice behind.
  const error = text.slice(errorStart(text)).replace(/ Use --debug flag .*$/, '')
  return text === '' ? `it ends with status ${status}` : error.slice(0, 500)
}

function errorStart(text: string): number {
  const label = 'Error: '
  const at = text.indexOf(label)
  return at < 0 ? 0 : at + label.length
}
