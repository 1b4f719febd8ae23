/** What is kept of judgements from run to run makes no difference but in time. */
import { readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { prepareCheck } from '../../src/gate/prepare.ts'
import { check } from '../../src/gate/run.ts'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { keptLimits, packAnswers, unpackAnswers } from '../../src/manifests/kept-answers.ts'
import { json } from '../../src/report/json.ts'
import type { EvidenceCache } from '../../src/scan/layer-pass.ts'
import { random } from '../builders/random.ts'
import { renderContext } from '../builders/report.ts'
import { type Folder, memoryTree, temporaryFolder } from '../builders/tree.ts'
import { readFixtures, treePath } from '../manifests/fixture.ts'

type Texts = Readonly<Record<string, string>>

let folder: Folder
let http: HttpClient
beforeEach(() => {
  folder = temporaryFolder()
  http = createHttp({ offline: true })
})
afterEach(() => {
  http.close()
  folder[Symbol.dispose]()
})

interface Run {
  readonly head: Texts
  readonly base?: Texts
  readonly policy?: string
  readonly day?: string
  readonly code?: string
}

/** The report, as it is printed. */
async function report(
  { head, base, policy = '{}', day = '2026-01-01', code = 'one' }: Run,
  cache?: string | EvidenceCache,
): Promise<string> {
  rmSync(join(folder.path, 'tree'), { recursive: true, force: true })
  folder.write({ 'policy.yaml': policy, ...Object.fromEntries(Object.entries(head).map(([path, text]) => [`tree/${path}`, text])) })
  const request = await prepareCheck(
    join(folder.path, 'tree'),
    { checks: 'manifests', policy: [join(folder.path, 'policy.yaml')], ...(typeof cache === 'string' && { cache }) },
    {
      ...{ http, environment: {}, now: new Date(day), signal: AbortSignal.timeout(100_000), code },
      ...(base && { baseTree: memoryTree(base) }),
    },
  )
  const answers = typeof cache === 'object' ? { answers: { cache, code } } : {}
  return [...json((await check({ ...request, ...answers })).report, renderContext())].join('')
}

const cacheFolder = (): string => join(folder.path, 'cache')

/** Each fixture with a folder of its own, for some are named after what they are. */
const fixtures: Texts = Object.fromEntries(
  readFixtures()
    .filter(({ path }) => !path.startsWith('workflow/') && /\.ya?ml$/.test(path))
    .map(({ path, text }, index) => [`${index}/${treePath(path)}`, text]),
)
const namespace = (name: string, level: string) =>
  `apiVersion: v1\nkind: Namespace\nmetadata: { name: ${name}, labels: { pod-security.kubernetes.io/enforce: ${level} } }\n`
const definition = (type: string) =>
  `apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: { name: workers.example.com }\nspec:\n  group: example.com\n  names: { kind: Worker, plural: workers }\n  scope: ${type === 'string' ? 'Cluster' : 'Namespaced'}\n  versions: [{ name: v1, served: true, storage: true, schema: { openAPIV3Schema: { type: object, properties: { spec: { type: object, properties: { size: { type: ${type} } } } } } } }]\n`
const worker =
  'apiVersion: example.com/v1\nkind: Worker\nmetadata: { name: a }\nspec: { size: big, template: { spec: { containers: [{ name: a, image: a }] } } }\n'
const policies = [
  '{}',
  'registries: { trusted: [ghcr.io] }',
  'podSecurity: { enforce: restricted, enforceVersion: v1.20 }',
  'rules: { pod/cpu-limit: high }',
  'kubernetesVersion: v1.22',
  'podTemplates: [{ kind: example.com/Worker, path: spec.template }]',
]

test('after any edits the report is that of a run without a cache, to the byte', async () => {
  const next = random(7)
  const pick = <One>(list: readonly One[]): One => list[Math.floor(next() * list.length)] as One
  const names = Object.keys(fixtures)
  type Edit = (files: Record<string, string>) => Record<string, string | undefined>
  const edits: readonly Edit[] = [
    () => ({ [pick(names)]: fixtures[pick(names)] }),
    () => ({ [pick(names)]: undefined }),
    () => ({ [`${pick(names)}.yaml`]: fixtures[pick(names)] }),
    (before) => Object.fromEntries([pick(names)].map((name) => [name, `# a line more\n${before[name] ?? fixtures[name]}`])),
    () => ({ 'namespace.yaml': namespace(pick(['default', 'shop']), pick(['privileged', 'baseline', 'restricted'])) }),
    () => ({ 'worker.yaml': worker }),
    () => ({ 'definition.yaml': definition(pick(['integer', 'string'])) }),
    () => ({ 'definition.yaml': undefined }),
  ]
  const edited = (before: Record<string, string>): Record<string, string> =>
    Object.fromEntries(
      Object.entries({ ...before, ...pick(edits)(before) }).flatMap(([name, text]) => (text === undefined ? [] : [[name, text]])),
    )
  let files: Record<string, string> = { ...fixtures, 'worker.yaml': worker }
  await report({ head: files }, cacheFolder())
  for (let step = 0; step < 8; step++) {
    const base = files
    for (let edit = 0; edit < 5; edit++) files = edited(files)
    const day = pick(['2026-01-01', '2031-01-01'])
    const run = { head: files, policy: pick(policies), day, ...(next() < 0.5 && { base }) }
    const fresh = await report(run)
    expect(await report(run, cacheFolder()), `step ${step}`).toBe(fresh)
    // Once more, with all of it known.
    expect(await report(run, cacheFolder()), `step ${step}, again`).toBe(fresh)
  }
  expect(readdirSync(cacheFolder()).length).toBeGreaterThan(2)
}, 120_000)

const deployment =
  'apiVersion: apps/v1\nkind: Deployment\nmetadata: { name: web, namespace: shop }\nspec: { template: { spec: { containers: [{ name: a, image: "a@sha256:0" }] } } }\n'
const small: Texts = { 'a.yaml': deployment, 'worker.yaml': worker.replace('name: a }', 'name: a, namespace: shop }') }

/** What a run of the small tree kept, each document of it made out to be one that no rule has anything to say of. */
async function silenced(): Promise<EvidenceCache> {
  const kept = new Map<string, Uint8Array>()
  const cache = cacheOf(kept)
  await report({ head: small }, cache)
  for (const [key, bytes] of kept) {
    const answers = unpackAnswers(bytes) ?? []
    expect(answers.flatMap(({ own, pods }) => [own, ...pods].flatMap(({ asks }) => asks))).not.toEqual([])
    const silent = answers.map((one) => ({ ...one, own: { asks: [] }, pods: one.pods.map(() => ({ asks: [] })) }))
    kept.set(key, packAnswers(silent, []))
  }
  return cache
}

function cacheOf(kept: Map<string, Uint8Array>): EvidenceCache {
  return { read: async (key) => kept.get(key), write: async (key, bytes) => void kept.set(key, bytes) }
}

test('a rule is not asked of a document that it is known to have nothing to say of', async () => {
  const run = { head: { ...small, 'more.yaml': namespace('other', 'baseline') } }
  expect(await report(run, await silenced())).not.toContain('pod/writable-root-filesystem')
  expect(await report(run)).toContain('pod/writable-root-filesystem')
})

test.each<[string, Partial<Run>]>([
  ['the file has other bytes', { head: { 'a.yaml': `${deployment}# more\n` } }],
  ['the file has another name', { head: { 'b.yaml': deployment } }],
  ['another level is asked of the namespace', { head: { ...small, 'namespace.yaml': namespace('shop', 'restricted') } }],
  ['the kind is defined', { head: { ...small, 'definition.yaml': definition('integer') } }],
  ['the kind has no namespace', { head: { ...small, 'definition.yaml': definition('string') } }],
  ...policies.slice(1, -1).map((policy): [string, Partial<Run>] => [`the policy is ${policy}`, { policy }]),
  ['the policy says where the kind has pods', { head: { 'worker.yaml': small['worker.yaml'] ?? '' }, policy: policies.at(-1) ?? '' }],
  ['the program is another one', { code: 'two' }],
])('nothing is taken for known where %s', async (_, more) => {
  const run = { head: small, ...more }
  expect(await report(run, await silenced())).toBe(await report(run))
})

test('a rule that looks at the day is asked on each', async () => {
  const excused = deployment.replace(
    'namespace: shop',
    'namespace: shop, annotations: { excuse.portcullis/pod.probes: "2026-06-01 is a demo" }',
  )
  const cache = cacheOf(new Map())
  expect(await report({ head: { 'a.yaml': excused } }, cache)).not.toContain('excuse/unusable')
  expect(await report({ head: { 'a.yaml': excused }, day: '2026-06-02' }, cache)).toContain('excuse/unusable')
})

test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
  ['cut short', (bytes) => bytes.subarray(0, bytes.length >> 1)],
  ['nothing', () => new Uint8Array()],
  ['of another form', () => zstdCompressSync('{"form":"portcullis.answers/0","circumstances":[],"asks":[],"files":[]}')],
  ['no object', () => zstdCompressSync('null')],
  ['larger than is kept', () => zstdCompressSync(Buffer.alloc(keptLimits.bytes + 1, ' '))],
])('an entry that is %s is as if it were not there, and is written anew', async (_, damage) => {
  const kept = new Map<string, Uint8Array>()
  const fresh = await report({ head: small }, cacheOf(kept))
  const whole = [...kept]
  for (const [key, bytes] of kept) kept.set(key, damage(bytes))
  expect(await report({ head: small }, cacheOf(kept))).toBe(fresh)
  expect([...kept].map(([key, bytes]) => [key, unpackAnswers(bytes)])).toEqual(whole.map(([key, bytes]) => [key, unpackAnswers(bytes)]))
})

test('nothing is written where nothing was learnt, and what files say stands nowhere in it', async () => {
  const kept = new Map<string, Uint8Array>()
  await report({ head: small }, cacheOf(kept))
  const [bytes = new Uint8Array()] = kept.values()
  expect(kept.size).toBe(1)
  expect(zstdDecompressSync(bytes).toString()).not.toMatch(/web|shop|Deployment|a\.yaml/)
  const readOnly = { ...cacheOf(kept), write: () => Promise.reject(new Error('written')) }
  await expect(report({ head: small }, readOnly)).resolves.toContain('pod/writable-root-filesystem')
})
