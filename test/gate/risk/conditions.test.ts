import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Report } from '../../../src/findings.ts'
import { prepareCheck, prepareScan } from '../../../src/gate/prepare.ts'
import { check, scan } from '../../../src/gate/run.ts'
import { createHttp } from '../../../src/http.ts'
import { osvRecord } from '../../builders/advisories.ts'
import { buildImage, writeLayout } from '../../builders/image.ts'
import { apkDatabase } from '../../builders/package-databases.ts'
import { type Folder, memoryTree, temporaryFolder } from '../../builders/tree.ts'

const vector = { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }] }

let folder: Folder
/** One image with one vulnerability of CVSS 7.5. */
beforeAll(async () => {
  const record = osvRecord({ id: 'CVE-2024-1000', name: 'openssl', events: ['introduced 0'], ecosystem: 'Alpine:v3.20', with: vector })
  folder = temporaryFolder({ 'advisories/CVE-2024-1000.json': JSON.stringify(record) })
  const files = { 'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n', 'lib/apk/db/installed': apkDatabase({ openssl: '1.0-r0' }) }
  const { descriptor, blobs } = buildImage({ layers: [{ files }] })
  await writeLayout(join(folder.path, 'images/app'), { entries: [{ descriptor, tag: '1' }], blobs })
})
afterAll(() => folder[Symbol.dispose]())

const workload = `apiVersion: v1
kind: Pod
metadata: { name: web, namespace: shop, labels: { app: web } }
spec: { containers: [{ name: main, image: registry.example.com/app:1, ports: [{ containerPort: 8080 }] }] }
`
const door = `apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec: { type: LoadBalancer, selector: { app: web }, ports: [{ port: 80, targetPort: 8080 }] }
`

interface Judged {
  readonly policy: string
  readonly head?: Record<string, string>
  readonly base?: Record<string, string>
}

async function judge({ policy, head = { 'web.yaml': workload }, base }: Judged): Promise<Report> {
  const file = { '.portcullis.yaml': `registries: { mirrors: [{ prefix: registry.example.com, layouts: images }] }\n${policy}` }
  using tree = temporaryFolder({ ...head, ...file })
  cpSync(join(folder.path, 'images'), join(tree.path, 'images'), { recursive: true })
  const http = createHttp({ offline: true })
  const host = {
    ...{ http, environment: {}, now: new Date('2026-01-01'), signal: AbortSignal.timeout(60_000) },
    ...(base && { baseTree: memoryTree({ ...base, ...file }) }),
  }
  const options = { advisories: [`${folder.path}/advisories`], offline: true, checks: 'images' }
  const { report } = await check(await prepareCheck(tree.path, options, host))
  http.close()
  return report
}

const denied = ({ findings }: Report) =>
  findings.filter(({ check: kind }) => kind === 'policy').map(({ rule, state, blocking }) => [rule, state, blocking])
const deny = (condition: string) => `deny: [{ name: rule, condition: '${condition}' }]\n`

test('each finding and each image has its risk, by where the image runs', async () => {
  const [inside, outside] = await Promise.all([
    judge({ policy: '' }),
    judge({ policy: '', head: { 'web.yaml': `${workload}---\n${door}` } }),
  ])
  const scores = (report: Report) => [
    report.findings.find(({ rule }) => rule === 'CVE-2024-1000')?.risk?.risk_score,
    report.subjects[0]?.risk?.risk_score,
  ]
  const [before = 0] = scores(inside)
  expect([scores(inside), scores(outside)]).toEqual([
    [before, before],
    [before + 14, before + 14],
  ])
})

describe('deny', () => {
  test('what is below the score is not denied, what reaches it is', async () => {
    const { findings } = await judge({ policy: '' })
    const score = findings.find(({ rule }) => rule === 'CVE-2024-1000')?.risk?.risk_score ?? 0
    expect([
      denied(await judge({ policy: deny(`risk_score > ${score}`) })),
      denied(await judge({ policy: deny(`risk_score >= ${score}`) })),
    ]).toEqual([[], [['policy/rule', 'new', true]]])
  })

  test('counts the importance that the policy gives the namespace', async () => {
    const { findings } = await judge({ policy: '' })
    const score = findings.find(({ rule }) => rule === 'CVE-2024-1000')?.risk?.risk_score ?? 0
    const policy = `namespaces: [{ names: [shop], importance: critical }]\n${deny(`risk_score >= ${score + 5}`)}`
    expect(denied(await judge({ policy }))).toHaveLength(1)
  })

  test('a door that the pull request opens denies an image that the base has already', async () => {
    const policy = deny('is_reachable and severity >= high')
    const base = { 'web.yaml': workload }
    const opened = await judge({ policy, base, head: { 'web.yaml': `${workload}---\n${door}` } })
    expect([denied(opened), opened.verdict, denied(await judge({ policy, base }))]).toEqual([[['policy/rule', 'new', true]], 'block', []])
  })

  test('a door that the base has is no news', async () => {
    const tree = { 'web.yaml': `${workload}---\n${door}` }
    expect(denied(await judge({ policy: deny('is_reachable'), base: tree, head: tree }))).toEqual([['policy/rule', 'existing', false]])
  })

  test('an image that only a Dockerfile begins with is not reached', async () => {
    const report = await judge({ policy: deny('is_reachable or is_privileged'), head: { Dockerfile: 'FROM registry.example.com/app:1\n' } })
    expect([denied(report), report.gaps]).toEqual([[], []])
  })
})

test('blockWhen blocks by risk', async () => {
  const blocking = async (condition: string) =>
    (await judge({ policy: `blockWhen: ${condition}\n` })).findings.filter((finding) => finding.blocking).map(({ rule }) => rule)
  expect([await blocking('risk_score >= 99'), await blocking('risk_score >= 30 and not fix_available')]).toEqual([[], ['CVE-2024-1000']])
})

describe('an image alone', () => {
  const scanned = async (policy: string) => {
    using tree = temporaryFolder({ 'policy.yaml': policy })
    const http = createHttp({ offline: true })
    const host = { http, environment: {}, now: new Date('2026-01-01'), signal: AbortSignal.timeout(60_000) }
    const reference = `oci:${join(folder.path, 'images/app')}:1`
    const options = { policy: [join(tree.path, 'policy.yaml')], advisories: [`${folder.path}/advisories`], offline: true, checks: 'images' }
    const { report } = await scan(reference, await prepareScan(options, host))
    http.close()
    return report
  }

  test('has a risk of less confidence, and nothing is made up of its place', async () => {
    const { findings } = await scanned('failOn: low\n')
    const { parts, confidence = 1 } = findings.find(({ rule }) => rule === 'CVE-2024-1000')?.risk ?? {}
    expect([parts?.at(-1), confidence <= 0.6]).toEqual([{ name: 'reachability', points: 0, because: 'where it runs is not known' }, true])
  })

  test('leaves a condition over its place undecided', async () => {
    const { gaps, verdict } = await scanned(`failOn: never\n${deny('is_reachable and severity >= high')}`)
    expect([gaps.map(({ message }) => message), verdict]).toEqual([
      ['policy rule cannot be decided (is_reachable and severity >= high): CVE-2024-1000 (7.5) lacks a value that it needs'],
      'incomplete',
    ])
  })
})
