import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { mergeReports, type ShardReport } from '../../src/gate/merge.ts'
import { readReportText } from '../../src/gate/merge-read.ts'
import { makePlan } from '../../src/gate/plan.ts'
import { partOf } from '../../src/gate/plan-part.ts'
import { prepareCheck } from '../../src/gate/prepare.ts'
import { check } from '../../src/gate/run.ts'
import { createHttp } from '../../src/http.ts'
import { json } from '../../src/report/json.ts'
import { osvRecord } from '../builders/advisories.ts'
import { buildImage, writeLayout } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { random } from '../builders/random.ts'
import { renderContext } from '../builders/report.ts'
import { type Folder, memoryTree, temporaryFolder } from '../builders/tree.ts'

const packages = ['openssl', 'musl', 'zlib', 'curl', 'busybox']
const vector = { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }] }
const records = packages
  .slice(0, 3)
  .map((name, index) =>
    osvRecord({ id: `CVE-2024-${1000 + index}`, name, events: ['introduced 0'], ecosystem: 'Alpine:v3.20', with: vector }),
  )

let folder: Folder
/** Five repositories of two tags each, the second built on the first of the next, and one of which the manifests are gone. */
beforeAll(async () => {
  folder = temporaryFolder(Object.fromEntries(records.map((record) => [`advisories/${record.id}.json`, JSON.stringify(record)])))
  const base = (index: number) => ({
    'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n',
    'lib/apk/db/installed': apkDatabase({ [packages[index % 5] ?? '']: '1.0-r0', [packages[(index * 2 + 1) % 5] ?? '']: '2.0-r0' }),
  })
  for (let index = 0; index < 5; index++) {
    const images = [
      buildImage({ layers: [{ files: base(index) }] }),
      buildImage({ layers: [{ files: base(index + 1) }, { files: { [`srv/${index}`]: 'own' } }] }),
    ]
    const blobs = new Map(images.flatMap((image) => [...image.blobs]))
    if (index === 4) for (const { descriptor } of images) blobs.delete(descriptor.digest)
    const entries = images.map(({ descriptor }, tag) => ({ descriptor, tag: `1.${tag + 1}` }))
    await writeLayout(join(folder.path, `images/app-${index}`), { entries, blobs })
  }
})
afterAll(() => folder[Symbol.dispose]())

function randomTree(next: () => number, least = 1): Record<string, string> {
  const reference = () => `registry.example.com/app-${Math.floor(next() * 6)}:1.${1 + Math.floor(next() * 2)}`
  const pod = (name: string) => `apiVersion: v1
kind: Pod
metadata: { name: ${name}, labels: { app: ${name} } }
spec:
  containers:
    - name: main
      image: ${reference()}
      securityContext: { privileged: ${next() < 0.3} }
${next() < 0.3 ? service(name) : ''}`
  const service = (name: string) => `---
apiVersion: v1
kind: Service
metadata: { name: ${name} }
spec: { type: NodePort, selector: { app: ${name} }, ports: [{ port: 80 }] }
`
  const files = Array.from({ length: least + Math.floor(next() * 6) }, (_, index) =>
    next() < 0.3
      ? ([`build-${index}/Dockerfile`, `FROM ${reference()}\nFROM ${reference()}\nUSER 1000\n`] as const)
      : ([`pod-${index}.yaml`, `${pod(`a-${index}`)}---\n${pod(`b-${index}`)}${next() < 0.2 ? '---\n{ broken\n' : ''}`] as const),
  )
  const waivers = ['CVE-2024-1000', 'CVE-2099-1', 'pod/privileged']
    .filter(() => next() < 0.5)
    .map((rule) => `  - { rule: ${rule}, reason: known, owner: team, until: '${next() < 0.5 ? '2026-02-01' : '2025-12-01'}' }\n`)
  const conditions = ['risk_score >= 50', 'is_reachable and severity >= high', 'is_privileged']
    .filter(() => next() < 0.4)
    .map((condition, index) => `  - { name: rule-${index}, condition: ${condition} }\n`)
  const deny = conditions.length > 0 ? `deny:\n${conditions.join('')}` : ''
  const blockWhen = next() < 0.3 ? 'blockWhen: risk_score >= 45\n' : ''
  const policy = `registries: { mirrors: [{ prefix: registry.example.com, layouts: images }] }\n${deny}${blockWhen}`
  const lists = [waivers.length > 0 ? `waivers:\n${waivers.join('')}` : '', randomResponses(next)]
  return { ...Object.fromEntries(files), '.portcullis.yaml': policy + lists.join('') }
}

/** Over each finding, each image and the run: what no shard sees as a whole. */
function randomResponses(next: () => number): string {
  const rules = [
    ['severity >= high', 'block'],
    ['images > 3 and critical == 0', 'block'],
    ['image_repository == "app-1"', 'block'],
    ['verdict != pass', 'warn'],
    ['anomaly_score < -0.5', 'warn'],
    ['failed_auths > 5', 'ip_block'],
  ].filter(() => next() < 0.3)
  if (rules.length === 0) return ''
  return `responses:\n${rules.map(([condition, type]) => `  - { condition: '${condition}', actions: [{ type: ${type} }] }\n`).join('')}`
}

interface Case {
  readonly single: Report
  readonly shards: readonly Report[]
}

/** Every run is prepared anew, as on a machine of its own; reports go through the text that they are handed on as. */
async function runCase(
  files: Record<string, string>,
  baseFiles: Record<string, string> | undefined,
  count: number,
  baseUpdates = false,
): Promise<Case> {
  using tree = temporaryFolder(files)
  cpSync(join(folder.path, 'images'), join(tree.path, 'images'), { recursive: true })
  const base = baseFiles && memoryTree({ ...baseFiles, '.portcullis.yaml': files['.portcullis.yaml'] ?? '' })
  const http = createHttp({ offline: true })
  const run = async (index?: number) => {
    const host = {
      http,
      environment: {},
      now: new Date('2026-01-01'),
      signal: AbortSignal.timeout(60_000),
      ...(base && { baseTree: base }),
    }
    const request = await prepareCheck(tree.path, { advisories: [`${folder.path}/advisories`], offline: true, baseUpdates }, host)
    const part = index === undefined ? undefined : partOf(await makePlan(request, { exactly: count }, 'c0ffee'), { index, of: count })
    return textOf((await check(request, part)).report)
  }
  const single = JSON.parse(await run())
  const shards = []
  for (let index = 1; index <= count; index++) {
    const { report, problem } = readReportText(`shard-${index}.json`, await run(index))
    if (!report) throw new Error(problem)
    shards.push(report)
  }
  http.close()
  return { single, shards }
}

const textOf = (report: Report) => [...json(report, renderContext())].join('')
const named = (reports: readonly Report[]): ShardReport[] => reports.map((report, index) => ({ name: `shard-${index + 1}.json`, report }))
const merged = (reports: readonly Report[]) => JSON.parse(textOf(mergeReports(named(reports))))

describe('the reports of all shards, joined', () => {
  test.each(Array.from({ length: 24 }, (_, index) => index + 1))('are the report of a single run: tree %i', async (seed) => {
    const next = random(seed * 7919)
    const files = randomTree(next)
    const base = next() < 0.5 ? randomTree(next) : undefined
    const { single, shards } = await runCase(files, base, 1 + Math.floor(next() * 6))
    expect(merged(shards.toSorted(() => next() - 0.5))).toEqual(single)
  })

  test.each(Array.from({ length: 12 }, (_, index) => index + 1))('are that with newer bases looked for: tree %i', async (seed) => {
    const next = random(seed * 104_729)
    const files = randomTree(next, 6)
    const { single, shards } = await runCase(files, next() < 0.3 ? randomTree(next) : undefined, 2 + Math.floor(next() * 5), true)
    expect(merged(shards.toSorted(() => next() - 0.5))).toEqual(single)
  })
})

describe('reports that are not the shards of one plan', () => {
  let shards: readonly Report[]
  beforeAll(async () => {
    const pods = [0, 1, 2, 3].map((index) => [
      `pod-${index}.yaml`,
      `apiVersion: v1\nkind: Pod\nmetadata: { name: p${index} }\nspec: { containers: [{ name: main, image: "registry.example.com/app-${index}:1.1" }] }\n`,
    ])
    const policy = `registries: { mirrors: [{ prefix: registry.example.com, layouts: images }] }\n`
    shards = (await runCase({ ...Object.fromEntries(pods), '.portcullis.yaml': policy }, undefined, 3)).shards
  })

  const changed = (index: number, change: Partial<NonNullable<Report['shard']>>) =>
    shards.map((report, at) => (at === index && report.shard ? { ...report, shard: { ...report.shard, ...change } } : report))
  const other = `sha256:${'0'.repeat(64)}`
  const refusal = (reports: readonly ShardReport[]) => {
    const { verdict, findings, gaps } = mergeReports(reports)
    return { verdict, findings: findings.length, gaps: gaps.map(({ subject, message }) => `${subject}: ${message.split(':')[0]}`) }
  }

  test.each([
    ['missing', () => named(shards).slice(0, 2), ['shard 3/3: its report is missing']],
    ['doubled', () => named([...shards, ...shards.slice(1, 2)]), ['shard 2/3: 2 reports say that they are this one']],
    ['of another commit', () => named(changed(1, { revision: 'beef' })), ['shard-2.json: shard 2 is of another commit']],
    ['of other files', () => named(changed(2, { tree: other })), ['shard-3.json: shard 3 is of another state of the judged files']],
    ['of another policy', () => named(changed(1, { policy: other })), ['shard-2.json: shard 2 is of another policy']],
    [
      'of another advisory snapshot',
      () => named(changed(1, { advisories: other })),
      ['shard-2.json: shard 2 is of another advisory snapshot'],
    ],
    ['of another plan', () => named(changed(1, { plan: other })), ['shard-2.json: shard 2 is of another plan']],
    [
      'cut short',
      () => [...named(shards).slice(0, 2), readReportText('shard-3.json', textOf(shards[2] as Report).slice(0, 900))],
      ['shard-3.json: is not whole', 'shard 3/3: its report is missing'],
    ],
    [
      'without what it found',
      () => [...named(shards).slice(0, 2), readReportText('shard-3.json', JSON.stringify({ ...shards[2], findings: [], verdict: 'pass' }))],
      ['shard-3.json: counts another number of high than it has', 'shard 3/3: its report is missing'],
    ],
    [
      'with a risk that somebody changed',
      () => [
        ...named(shards).slice(0, 2),
        readReportText('shard-3.json', textOf(shards[2] as Report).replace(/"risk_score": \d+/, '"risk_score": 1')),
      ],
      ['shard-3.json: is no report at subjects.0.risk', 'shard 3/3: its report is missing'],
    ],
    [
      'of a whole run',
      () => [...named(shards), { name: 'other.json', report: { ...(shards[0] as Report), shard: undefined } as unknown as Report }],
      ['other.json: is the report of a whole run, expected one of a shard'],
    ],
    ['none at all', () => [], ['shards: no report of a shard was given']],
  ])('%s, are refused by name', (_, reports, gaps) => {
    expect(refusal(reports())).toEqual({ verdict: 'incomplete', findings: 0, gaps })
  })
})
