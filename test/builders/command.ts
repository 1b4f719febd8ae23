/** Runs the packaged command as its users do. */
import { spawn } from 'node:child_process'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import type { Report } from '../../src/findings.ts'

export interface CommandResult {
  readonly status: number | null
  readonly output: string
  readonly errors: string
}

export interface CommandOptions {
  readonly directory?: string
  readonly environment?: NodeJS.ProcessEnv
  readonly nodeOptions?: readonly string[]
}

const command = resolve(process.env.PORTCULLIS_DIST ?? resolve(import.meta.dirname, '../../dist'), 'cli.js')

export function portcullis(
  call: readonly string[],
  { directory = '.', environment = {}, nodeOptions = [] }: CommandOptions = {},
): Promise<CommandResult> {
  return new Promise((done, reject) => {
    const child = spawn(process.execPath, [...nodeOptions, command, ...call], {
      cwd: directory,
      env: { ...process.env, NODE_COMPILE_CACHE: '', ...environment },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let [output, errors] = ['', '']
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text
    })
    child.stderr.setEncoding('utf8').on('data', (text) => {
      errors += text
    })
    child.on('error', reject)
    child.on('close', (status) => done({ status, output, errors }))
  })
}

/** The report of a call with `--format json`, and its exit status. */
export async function reportOf(call: readonly string[], options: CommandOptions = {}): Promise<{ report: Report; status: number | null }> {
  const { output, errors, status } = await portcullis([...call, '--format', 'json'], options)
  try {
    return { report: JSON.parse(output), status }
  } catch (cause) {
    throw new Error(`no report, exit status ${status}: ${errors}`, { cause })
  }
}

/** A folder of its own with these files, removed by the caller. */
export async function folderOf(
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<{ directory: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'portcullis-'))
  for (const [path, content] of Object.entries(files)) await writeInto(directory, path, content)
  return { directory, remove: () => rm(directory, { recursive: true, force: true }) }
}

export async function writeInto(directory: string, path: string, content: string | Uint8Array): Promise<void> {
  const file = join(directory, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}
