/** Programs of the containers world that tests compare with, where they are installed. */
import { type ExecFileOptions, execFile, spawn } from 'node:child_process'
import { accessSync, constants } from 'node:fs'
import { createConnection } from 'node:net'
import path from 'node:path'
import { promisify } from 'node:util'

/** The names that are not on PATH. A test that needs them is skipped under a name that says so: `test.skipIf(…)`, `needs(…)`. */
export function missingPrograms(...names: string[]): string[] {
  return names.filter((name) => findProgram(name) === undefined)
}

export function findProgram(name: string): string | undefined {
  for (const directory of [...(process.env.PATH ?? '').split(path.delimiter), '/usr/sbin', '/usr/local/bin']) {
    const file = path.join(directory, name)
    try {
      accessSync(file, constants.X_OK)
      return file
    } catch {
      // The next directory may have it.
    }
  }
  return undefined
}

/** ` (needs a, b)` for the name of a test that is skipped without them. */
export function needs(...names: string[]): string {
  return ` (needs ${names.join(', ')})`
}

/** Standard output; throws with standard error when the program fails. */
export async function run(name: string, parameters: readonly string[], options: ExecFileOptions = {}): Promise<string> {
  const { stdout } = await promisify(execFile)(findProgram(name) ?? name, [...parameters], { maxBuffer: 64 * 1024 * 1024, ...options })
  return String(stdout)
}

/** Starts a server and waits until its port answers. */
export async function startProgram(
  name: string,
  parameters: readonly string[],
  port: number,
  environment: Readonly<Record<string, string>> = {},
): Promise<() => Promise<void>> {
  const child = spawn(findProgram(name) ?? name, [...parameters], { stdio: 'ignore', env: { ...process.env, ...environment } })
  const ended = new Promise<void>((resolve) => child.on('exit', () => resolve()))
  const stop = async (): Promise<void> => {
    child.kill()
    await ended
  }
  for (let tries = 0; tries < 100; tries++) {
    if (child.exitCode !== null) throw new Error(`${name} ended with ${child.exitCode}`)
    if (await answers(port)) return stop
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  await stop()
  throw new Error(`${name} does not answer on port ${port}`)
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection({ host: '127.0.0.1', port })
    socket.on('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.on('error', () => resolve(false))
  })
}

/** A port that was free a moment ago. */
export async function freePort(): Promise<number> {
  const { createServer } = await import('node:net')
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  await new Promise((resolve) => server.close(resolve))
  return typeof address === 'object' && address ? address.port : 0
}
