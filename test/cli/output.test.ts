import { spawn } from 'node:child_process'
import { existsSync, openSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

const cli = new URL('../../src/cli.ts', import.meta.url).pathname

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'portcullis-output-'))
  await writeFile(join(folder, 'map.yaml'), 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: colours}\ndata: {sea: blue}\n')
})
afterAll(() => rm(folder, { recursive: true }))

describe('a run that would pass', () => {
  test('writes into folders that are not there yet', async () => {
    const file = join(folder, 'reports', 'today', 'report.json')
    expect(await check(['--format', 'json', '--output', file])).toMatchObject({ status: 0 })
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ verdict: 'pass' })
  })

  test('is a wrong call where its report cannot have a folder', async () => {
    const file = join(folder, 'map.yaml', 'report.txt')
    expect(await check(['--output', file])).toMatchObject({ status: 2, complaint: expect.stringContaining('--output') })
  })

  test.runIf(existsSync('/proc/self'))('is a wrong call where no folder can ever be made', async () => {
    expect(await check(['--output', '/proc/absent/report.txt'])).toMatchObject({ status: 2, complaint: expect.stringContaining('ENOENT') })
  })

  test('keeps its verdict when the reader of its report has left', async () => {
    expect(await check([], 'left')).toEqual({ status: 0, complaint: '' })
  })

  test.runIf(existsSync('/dev/full'))('is incomplete when its report cannot be said', async () => {
    expect(await check([], openSync('/dev/full', 'w'))).toMatchObject({ status: 3, complaint: expect.stringContaining('standard output') })
  })
})

/** The exit status of a `check` of the folder, and what it wrote on standard error. */
function check(words: readonly string[], output: 'left' | number = 'left'): Promise<{ status: number | null; complaint: string }> {
  const child = spawn(process.execPath, [cli, 'check', folder, '--offline', '--checks', 'manifests', ...words], {
    stdio: ['ignore', output === 'left' ? 'pipe' : output, 'pipe'],
    timeout: 20_000,
  })
  child.stdout?.destroy()
  let complaint = ''
  child.stderr?.on('data', (chunk) => {
    complaint += chunk
  })
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, complaint }))
  })
}
