/** What every command that judges tells besides its report. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildImage, writeLayout } from '../builders/image.ts'
import { type Receiver, startReceiver } from '../builders/receiver.ts'
import { report } from '../builders/report.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

const cli = new URL('../../src/cli.ts', import.meta.url).pathname

let folder: Folder
let receiver: Receiver
beforeAll(async () => {
  folder = temporaryFolder({
    'tree/map.yaml': 'apiVersion: v1\nkind: ConfigMap\nmetadata: {name: colours}\ndata: {sea: blue}\n',
    'report.json': JSON.stringify(report()),
  })
  const image = buildImage({ layers: [{ files: { 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n' } }] })
  await writeLayout(join(folder.path, 'image'), { entries: [{ descriptor: image.descriptor, tag: '1' }], blobs: image.blobs })
  receiver = await startReceiver()
})
afterAll(async () => {
  await receiver.close()
  folder[Symbol.dispose]()
})

describe.each([
  ['check', () => ['check', join(folder.path, 'tree'), '--checks', 'manifests', '--offline'], 0, 'pass'],
  ['merge', () => ['merge', join(folder.path, 'report.json')], 3, 'incomplete'],
  [
    'scan',
    () => ['scan', `oci:${join(folder.path, 'image')}:1`, '--offline', '--advisories', join(folder.path, 'tree'), '--clamd', 'none'],
    0,
    'pass',
  ],
  ['verify', () => ['verify', `oci:${join(folder.path, 'image')}:1`, '--offline'], 1, 'block'],
] as const)('%s', (name, call, status, verdict) => {
  test('tells its verdict as an event, and its metrics to a file', async () => {
    const file = join(folder.path, `${name}.prom`)
    const run = await portcullis([...call(), '--log-format', 'json', '--metrics-file', file])
    const events = run.errors.trim().split('\n')
    expect(run.status).toBe(status)
    expect(JSON.parse(events.at(-1) ?? '')).toMatchObject({ event_type: 'verdict', verdict })
    expect(events.every((line) => line.startsWith('{'))).toBe(true)
    expect(await readFile(file, 'utf8')).toContain(`portcullis_verdict{portcullis_verdict="${verdict}"} 1\n`)
  })
})

test('metrics that a server refuses change no verdict', async () => {
  receiver.answer = { status: 403 }
  const where = ['--pushgateway', receiver.url, '--otlp', receiver.url]
  const run = await portcullis(['check', join(folder.path, 'tree'), '--checks', 'manifests', ...where])
  expect([run.status, run.errors.match(/answered 403/gu)?.length]).toEqual([0, 2])
  expect(receiver.received.map(({ method, path }) => `${method} ${path}`).sort()).toEqual([
    'POST /v1/metrics',
    'PUT /metrics/job/portcullis',
  ])
})

test('an address that is none is a wrong call, before anything is judged', async () => {
  const run = await portcullis(['check', join(folder.path, 'tree'), '--otlp', 'metrics.example'])
  expect([run.status, run.output]).toEqual([2, ''])
  expect(run.errors).toContain('--otlp "metrics.example": expected an http or https address')
})

test.runIf(existsSync('/proc/self'))('a file of metrics that can never be written is a wrong call', async () => {
  const run = await portcullis(['check', join(folder.path, 'tree'), '--checks', 'manifests', '--metrics-file', '/proc/absent/metrics'])
  expect(run).toMatchObject({ status: 2, errors: expect.stringContaining('--metrics-file "/proc/absent/metrics": ENOENT') })
})

test('publish takes the form of its messages as the others do', async () => {
  const call = ['publish', join(folder.path, 'report.json'), '--repository', '', '--number', '1', '--revision', 'a'.repeat(40)]
  expect((await portcullis([...call, '--log-format', 'json'])).status).toBe(0)
  const wrong = await portcullis([...call.with(3, 'acme'), '--log-format', 'json'])
  expect([wrong.status, JSON.parse(wrong.errors)]).toMatchObject([2, { event_type: 'failure', source: 'portcullis' }])
})

function portcullis(call: readonly string[]): Promise<{ status: number | null; output: string; errors: string }> {
  const child = spawn(process.execPath, [cli, ...call], {
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, GITHUB_REPOSITORY: '' },
    timeout: 30_000,
  })
  let [output, errors] = ['', '']
  child.stdout.on('data', (chunk) => {
    output += chunk
  })
  child.stderr.on('data', (chunk) => {
    errors += chunk
  })
  return new Promise((resolve) => {
    child.on('close', (status) => resolve({ status, output, errors }))
  })
}
