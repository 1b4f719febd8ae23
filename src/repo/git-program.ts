/** Calls of the git program: argument arrays, no shell, no program that a repository's configuration names. */
import { spawn } from 'node:child_process'
import { TreeError } from './errors.ts'

/**
 * `safe.directory`: in a container the work tree often belongs to another user. What that check guards against (programs that the
 * repository's configuration starts) is turned off here.
 */
const settings: readonly string[] = ['safe.directory=*', 'core.fsmonitor=false', 'core.hooksPath=/dev/null', 'core.quotePath=false']

export function gitArguments(directory: string, words: readonly string[]): readonly string[] {
  return ['--no-pager', '--no-optional-locks', '-C', directory, ...settings.flatMap((setting) => ['-c', setting]), ...words]
}

/** What the program prints, at most `limitBytes`. Throws TreeError when it cannot be started, fails, or prints more. */
export async function git(directory: string, words: readonly string[], limitBytes = 256 << 20): Promise<Buffer> {
  const child = spawn('git', gitArguments(directory, words), { stdio: ['ignore', 'pipe', 'pipe'] })
  const chunks: Buffer[] = []
  let size = 0
  let complaint = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    if (complaint.length < 1000) complaint += text
  })
  child.stdout.on('data', (chunk: Buffer) => {
    size += chunk.length
    if (size > limitBytes) child.kill()
    else chunks.push(chunk)
  })
  const status = await new Promise<number | null>((resolve, reject) => {
    child.on('error', (cause) => reject(new TreeError('unreadable', `git does not start: ${cause.message}`, { cause })))
    child.on('close', resolve)
  })
  if (size > limitBytes) throw new TreeError('too-many', `git ${words[0]} prints more than ${limitBytes} bytes`)
  if (status !== 0) throw new TreeError('unreadable', `git ${words[0]} ends with status ${status}: ${firstLine(complaint)}`)
  return Buffer.concat(chunks)
}

/** What the program prints, as it comes. Throws TreeError at the end where it fails. */
export async function* gitPieces(directory: string, words: readonly string[]): AsyncGenerator<Uint8Array> {
  const child = spawn('git', gitArguments(directory, words), { stdio: ['ignore', 'pipe', 'ignore'] })
  const ended = new Promise<string | undefined>((resolve) => {
    child.on('error', ({ message }) => resolve(`git does not start: ${message}`))
    child.on('close', (status) => resolve(status === 0 ? undefined : `git ${words[0]} ends with status ${status}`))
  })
  try {
    yield* child.stdout
    const failure = await ended
    if (failure !== undefined) throw new TreeError('unreadable', failure)
  } finally {
    child.kill()
  }
}

function firstLine(text: string): string {
  return text.trim().split('\n', 1)[0]?.slice(0, 300) ?? ''
}

/** The records of an output that ends each with a zero byte. */
export function records(output: Buffer): readonly string[] {
  return output.toString('utf8').split('\0').slice(0, -1)
}
