import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

const cli = new URL('../../src/cli.ts', import.meta.url).pathname
const pod =
  'apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: a, securityContext: { privileged: true } }] }\n'

let folder: Folder
beforeAll(() => {
  folder = temporaryFolder({ 'deploy/pod.yaml': pod })
  run('check', join(folder.path, 'deploy'), '--checks', 'manifests', '--shard', '1/1', '--format', 'json', '--output', at('shards/1.json'))
})
afterAll(() => folder[Symbol.dispose]())

const at = (name: string) => join(folder.path, name)
const run = (...call: string[]) => spawnSync(process.execPath, [cli, ...call], { encoding: 'utf8', timeout: 60_000 })
const filesOf = (...call: string[]) => {
  const { status, stderr } = run('merge', ...call, '--format', 'json', '--output', at('report.json'), at('shards'))
  if (status !== 1) throw new Error(`merge ended with ${status}: ${stderr}`)
  const { findings }: Report = JSON.parse(readFileSync(at('report.json'), 'utf8'))
  return [...new Set(findings.flatMap(({ locations }) => locations.map(({ file }) => file)))]
}

test('a joined report names files from the judged folder, or from the root of its repository', () => {
  expect([filesOf('--path='), filesOf('--path', './deploy/')]).toEqual([['pod.yaml'], ['deploy/pod.yaml']])
})

test.each(['/deploy', 'a/../../b'])('%s is no folder of a repository', (path) => {
  const { status, stderr } = run('merge', '--path', path, at('shards'))
  expect([status, stderr]).toEqual([2, `portcullis: --path ${JSON.stringify(path)}: expected a folder of the repository\n`])
})
