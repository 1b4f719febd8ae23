import { chmodSync, readdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { parse, parseAllDocuments } from 'yaml'
import { reportOf } from '../builders/command.ts'
import { canIsolate, runTask, type Task } from '../builders/tekton-run.ts'
import { hasTektonSchema, tektonErrors } from '../builders/tekton-schema.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

const read = (name: string): Task => parse(readFileSync(`tekton/${name}.yaml`, 'utf8'))
const [check, plan, shard, verdict] = ['task', 'plan', 'shard', 'verdict'].map(read) as [Task, Task, Task, Task]

const pod = (privileged: boolean) => `apiVersion: v1
kind: Pod
metadata: { name: a }
spec:
  containers:
    - name: a
      image: registry.example.com/a:1@sha256:${'a'.repeat(64)}
      securityContext: { privileged: ${privileged} }
`
const offline = { 'extra-arguments': ['--checks', 'manifests', '--offline'] }

let folder: Folder
beforeEach(() => {
  folder = temporaryFolder()
  chmodSync(folder.path, 0o755)
})
afterEach(() => folder[Symbol.dispose]())
const at = (name: string) => join(folder.path, name)
const workspaces = () => ({ source: at('source'), reports: at('reports') })

describe(`the step of the task, run as Tekton runs it (${canIsolate ? 'without rights, on a read-only root' : 'as a plain process'})`, () => {
  const run = (privileged: boolean, params: Readonly<Record<string, string | readonly string[]>> = offline) => {
    folder.write({ 'source/a.yaml': pod(privileged) })
    return runTask(check, at('task'), { source: at('source') }, params)
  }

  test.each([
    ['blocks', true, 1, 'block', 'FAILURE'],
    ['passes', false, 0, 'pass', 'WARNING'],
  ])('%s, with its results and the report in the workspace', (_, privileged, status, word, result) => {
    const { results, ...ended } = run(privileged)
    expect({ status: ended.status, errors: ended.errors, verdict: results.get('verdict') }).toMatchObject({ status, verdict: word })
    expect(JSON.parse(readFileSync(at('source/.portcullis-report.json'), 'utf8')).verdict).toBe(word)
    expect([...results.keys()].sort()).toEqual(check.spec.results?.map(({ name }) => name).sort())
    expect(JSON.parse(results.get('TEST_OUTPUT') ?? '').result).toBe(result)
    expect(Object.keys(JSON.parse(results.get('counts') ?? ''))).toContain('blocking')
  })

  test('a parameter cannot become an option', () => {
    const { status, results } = run(true, { ...offline, path: '--fail-on=never' })
    expect({ status, results: results.size }).toEqual({ status: 2, results: 0 })
  })

  test('without a base or a threshold the empty parameters count as not given', () => {
    expect(run(true, { ...offline, base: '', 'fail-on': '' }).status).toBe(1)
  })
})

describe('the tasks of the pipeline, one after another', () => {
  const judge = () => {
    folder.write({ 'source/a.yaml': pod(true), 'source/b.yaml': pod(false) })
    const planned = runTask(plan, at('task-plan'), workspaces(), { ...offline, shards: '4' })
    const shards: readonly string[] = JSON.parse(planned.results.get('shards') ?? '[]')
    const statuses = shards.map(
      (each) => runTask(shard, at(`task-${each.replace('/', '-')}`), workspaces(), { ...offline, shard: each }).status,
    )
    return { status: planned.status, shards, statuses }
  }
  const end = () => runTask(verdict, at('task-verdict'), workspaces(), {})

  test('give the verdict and the report of the one task', async () => {
    expect(judge()).toEqual({ status: 0, shards: ['1/1'], statuses: [1] })
    const { status, results } = end()
    expect({ status, verdict: results.get('verdict') }).toEqual({ status: 1, verdict: 'block' })
    const single = await reportOf(['check', at('source'), '--checks', 'manifests', '--offline'])
    expect(JSON.parse(readFileSync(at('reports/report.json'), 'utf8'))).toEqual(single.report)
  })

  test('a verdict that was to be attested and could not be is none that passes', () => {
    folder.write({ 'source/b.yaml': pod(false) })
    const planned = runTask(plan, at('task-plan'), workspaces(), { ...offline, shards: '1' })
    runTask(shard, at('task-shard'), workspaces(), { ...offline, shard: '1/1' })
    // Nobody listens there.
    const image = { kind: 'image', reference: 'localhost:1/a:1', digest: `sha256:${'a'.repeat(64)}`, signature: 'unchecked', locations: [] }
    const [file = ''] = readdirSync(at('reports/shards'), { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.json'))
    const report = JSON.parse(readFileSync(join(at('reports/shards'), file), 'utf8'))
    const shardPart = { ...report.shard, subjects: [{ position: 0, gaps: 0 }] }
    writeFileSync(join(at('reports/shards'), file), JSON.stringify({ ...report, subjects: [image], shard: shardPart }))
    const ends = ['', 'registry.example', 'all'].map((attest) => runTask(verdict, at(`task-verdict-${attest}`), workspaces(), { attest }))
    expect([planned.status, ...ends.map(({ status }) => status)]).toEqual([0, 0, 0, 3])
    expect(ends[2]?.errors).toContain('the step before ended with "3"')
  })

  test.each([
    ['is missing', (file: string) => unlinkSync(file)],
    ['is cut short', (file: string) => writeFileSync(file, readFileSync(file, 'utf8').slice(0, 400))],
  ])('a report that %s makes the verdict incomplete', (_, spoil) => {
    judge()
    const file = readdirSync(at('reports/shards'), { recursive: true, encoding: 'utf8' }).find((name) => name.endsWith('.json'))
    spoil(join(at('reports/shards'), file ?? ''))
    const { status, results } = end()
    expect({ status, verdict: results.get('verdict') }).toEqual({ status: 3, verdict: 'incomplete' })
  })
})

const files = readdirSync('tekton', { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.yaml'))
const objects = files.flatMap((name) =>
  parseAllDocuments(readFileSync(`tekton/${name}`, 'utf8')).map((document) => ({ name, object: document.toJS() })),
)

test('no step has a script that a parameter could be pasted into', () => {
  const scripts = objects.filter(({ object }) => JSON.stringify(object).includes('"script"'))
  expect(scripts.map(({ name }) => name)).toEqual([])
})

test.skipIf(!hasTektonSchema).each(objects.filter(({ object }) => object.apiVersion.startsWith('tekton.dev/')))(
  '$name is valid against the schema of its API, strictly',
  ({ object }) => {
    expect(tektonErrors(object)).toEqual([])
  },
)

test('what is installed passes our own rules, without a waiver', async () => {
  const { report, status } = await reportOf(['check', 'tekton', '--checks', 'manifests', '--offline'])
  expect({ status, verdict: report.verdict, findings: report.findings }).toEqual({ status: 0, verdict: 'pass', findings: [] })
})

test('every file that is not a sample is installed by a kustomization', () => {
  const listed = files
    .filter((name) => name.endsWith('kustomization.yaml'))
    .flatMap((name) => {
      const folderName = name.slice(0, -'kustomization.yaml'.length)
      return [name, ...parse(readFileSync(`tekton/${name}`, 'utf8')).resources.map((resource: string) => `${folderName}${resource}`)]
    })
  expect(files.filter((name) => !name.startsWith('samples/')).sort()).toEqual(listed.sort())
})
