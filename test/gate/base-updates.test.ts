import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { prepareCheck, prepareScan } from '../../src/gate/prepare.ts'
import { check, scan } from '../../src/gate/run.ts'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { osvRecord } from '../builders/advisories.ts'
import { buildImage } from '../builders/image.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

const layer = (packages: Readonly<Record<string, string>>) => ({
  'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n',
  'lib/apk/db/installed': apkDatabase(packages),
})
const base = layer({ musl: '1.2.5-r0', openssl: '3.3.1-r0' })
/** OpenSSL is mended, and zlib comes with it. */
const newer = layer({ musl: '1.2.5-r0', openssl: '3.3.1-r3', zlib: '1.3.0-r0' })
const own = {
  'app/package.json': '{"name":"app","version":"1.0.0"}',
  'app/node_modules/left/package.json': '{"name":"left","version":"1.0.0"}',
}
const vector = { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N' }] }
const alpine = { ecosystem: 'Alpine:v3.20', with: vector }
const fixedIn = (ecosystem: string, name: string, fixed: string) => ({
  package: { ecosystem, name },
  ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed }] }],
})
const records = [
  osvRecord({ id: 'CVE-2024-1001', name: 'openssl', events: ['introduced 0', 'fixed 3.3.1-r1'], ...alpine }),
  osvRecord({ id: 'CVE-2024-1002', name: 'openssl', events: ['introduced 0', 'fixed 3.3.1-r3'], ...alpine }),
  osvRecord({ id: 'CVE-2024-2001', name: 'musl', events: ['introduced 0'], ...alpine }),
  osvRecord({ id: 'CVE-2024-3001', name: 'zlib', events: ['introduced 0'], ...alpine }),
  osvRecord({ id: 'CVE-2024-4001', name: 'left', with: vector }),
  // In what the base brings, and in what the image adds.
  osvRecord({
    id: 'CVE-2024-5001',
    with: { ...vector, affected: [fixedIn('Alpine:v3.20', 'openssl', '3.3.1-r1'), fixedIn('npm', 'left', '2.0.0')] },
  }),
]

let registry: TestRegistry
let http: HttpClient
let folder: Folder
beforeEach(async () => {
  registry = await startRegistry()
  http = createHttp({ sleep: async () => {} })
  folder = temporaryFolder(Object.fromEntries(records.map((record) => [`advisories/${record.id}.json`, JSON.stringify(record)])))
})
afterEach(async () => {
  http.close()
  await registry.close()
  folder[Symbol.dispose]()
})

const host = () => ({ http, environment: {}, now: new Date('2026-01-01'), signal: AbortSignal.timeout(20_000) })
const options = () => ({ advisories: [`${folder.path}/advisories`], checks: 'images', clamd: 'none', baseUpdates: true })

async function judged(files: Readonly<Record<string, string>>, more: Readonly<Record<string, unknown>> = {}): Promise<Report> {
  folder.write(Object.fromEntries(Object.entries(files).map(([name, content]) => [`tree/${name}`, content])))
  return (await check(await prepareCheck(`${folder.path}/tree`, { ...options(), ...more }, host()))).report
}
const updates = ({ findings }: Report) => findings.filter(({ rule }) => rule === 'image/base-update')
const lists = () => registry.seen.filter(({ path }) => path.includes('/tags/list')).length
const [old, mended] = [buildImage({ layers: [base] }), buildImage({ layers: [newer] })]

describe('a Dockerfile that begins with an image of which a newer one is known', () => {
  beforeEach(() => {
    registry.push('base', '3.20.3', old)
    for (const tag of ['3.20.5', '3.20.4-slim', '3.21.0', '4.0.0', 'latest']) registry.push('base', tag, old)
    registry.push('base', '3.20.6', mended)
  })
  const name = () => `${registry.host}/base`

  test('is told on the line what goes and what comes, and offered the line as it would be', async () => {
    const report = await judged({ Dockerfile: `# base\nFROM  ${name()}:3.20.3 AS build\nUSER 1000\n` })
    expect({ subject: report.subjects[0]?.baseUpdate, findings: updates(report), verdict: report.verdict, notes: report.notes }).toEqual({
      subject: {
        current: `${name()}:3.20.3`,
        proposed: { reference: `${name()}:3.20.6`, digest: mended.descriptor.digest },
        fixes: ['CVE-2024-1001', 'CVE-2024-1002', 'CVE-2024-5001'],
        adds: ['CVE-2024-3001'],
      },
      findings: [
        expect.objectContaining({
          severity: 'low',
          check: 'dockerfile',
          subject: 'Dockerfile',
          message: `a newer base "${name()}:3.20.6" would clear 3 high of "${name()}:3.20.3", and bring 1 high`,
          locations: [expect.objectContaining({ file: 'Dockerfile', startLine: 2 })],
          suggestion: { startLine: 2, endLine: 2, replacement: `FROM  ${name()}:3.20.6 AS build` },
        }),
      ],
      verdict: 'block',
      notes: undefined,
    })
  })

  test('keeps its pin: the digest is replaced with the tag', async () => {
    const report = await judged({ Dockerfile: `FROM ${name()}:3.20.3@${old.descriptor.digest}\n` })
    expect(updates(report)[0]?.suggestion?.replacement).toBe(`FROM ${name()}:3.20.6@${mended.descriptor.digest}`)
  })

  test('is told of a tag that was moved since it was pinned, before another minor version', async () => {
    registry.push('base', '3.21', old)
    registry.push('base', '3.20', mended)
    const report = await judged({ Dockerfile: `FROM ${name()}:3.20@${old.descriptor.digest}\n` })
    expect(updates(report)[0]?.suggestion?.replacement).toBe(`FROM ${name()}:3.20@${mended.descriptor.digest}`)
  })

  test('is not told on its line where an argument names the base, and the image is', async () => {
    const report = await judged({ Dockerfile: `ARG VERSION=3.20.3\nFROM ${name()}:$VERSION\n` })
    expect({ findings: updates(report), fixes: report.subjects[0]?.baseUpdate?.fixes }).toEqual({
      findings: [],
      fixes: ['CVE-2024-1001', 'CVE-2024-1002', 'CVE-2024-5001'],
    })
  })

  test('is not told of an image that files are copied from', async () => {
    const report = await judged({ Dockerfile: `FROM scratch\nCOPY --from=${name()}:3.20.3 /a /a\n` })
    expect({ image: report.subjects[0]?.reference, update: report.subjects[0]?.baseUpdate, findings: updates(report) }).toEqual({
      image: `${name()}:3.20.3`,
      update: undefined,
      findings: [],
    })
  })

  test('lists the tags once for many lines, and not at all where nobody asked', async () => {
    await judged({ Dockerfile: `FROM ${name()}:3.20.3 AS a\nFROM ${name()}:3.20.3\n`, 'b.Dockerfile': `FROM ${name()}:3.20.3\n` })
    const asked = lists()
    const report = await judged({}, { baseUpdates: false })
    expect({ asked, after: lists(), update: report.subjects[0]?.baseUpdate }).toEqual({ asked: 1, after: 1, update: undefined })
  })

  test('a registry that lists no tags is a note, and no gap', async () => {
    registry.tagsApi = false
    const report = await judged({ Dockerfile: `FROM ${name()}:3.20.3\n` })
    expect({ gaps: report.gaps, notes: report.notes }).toEqual({
      gaps: [],
      notes: [expect.stringContaining(`no newer base was looked for: the tags of ${name()}: registry answered 404`)],
    })
  })

  test('an image that cannot be read whole is not proposed', async () => {
    registry.blobs.delete(mended.layers[0]?.digest ?? '')
    const report = await judged({ Dockerfile: `FROM ${name()}:3.20.3\n` })
    expect({ gaps: report.gaps, updates: updates(report), notes: report.notes }).toEqual({
      gaps: [],
      updates: [],
      notes: [expect.stringContaining(`${name()}:3.20.6 could not be judged whole`)],
    })
  })

  test.each(['latest', '4.0.0'])('nothing is proposed for %s', async (tag) => {
    const report = await judged({ Dockerfile: `FROM ${name()}:${tag}\n` })
    expect({ update: report.subjects[0]?.baseUpdate, notes: report.notes }).toEqual({ update: undefined, notes: undefined })
  })
})

describe('an image that was built on one of which a newer one is known', () => {
  const annotated = (name: string, digest?: string) => ({
    'org.opencontainers.image.base.name': name,
    ...(digest ? { 'org.opencontainers.image.base.digest': digest } : {}),
  })
  const scanned = async (annotations: Readonly<Record<string, string>>, layers = [base, own]) => {
    registry.push('app', '1', buildImage({ layers, annotations }))
    const report = (await scan(`${registry.host}/app:1`, { ...(await prepareScan(options(), host())), checks: new Set(['images']) })).report
    return {
      update: report.subjects[0]?.baseUpdate,
      notes: report.notes,
      gaps: report.gaps,
      rules: report.findings.map(({ rule }) => rule),
    }
  }
  beforeEach(() => {
    registry.push('base', '3.20.3', old)
    registry.push('base', '3.20.6', mended)
  })

  test('is told of the findings in the layers of the base, not of its own', async () => {
    const { update, rules } = await scanned(annotated(`${registry.host}/base:3.20.3`, old.descriptor.digest))
    expect(rules).toContain('CVE-2024-4001')
    expect(update).toEqual({
      current: `${registry.host}/base:3.20.3@${old.descriptor.digest}`,
      proposed: { reference: `${registry.host}/base:3.20.6`, digest: mended.descriptor.digest },
      fixes: ['CVE-2024-1001', 'CVE-2024-1002'],
      adds: ['CVE-2024-3001'],
    })
  })

  test('a base whose layers it does not have proves nothing', async () => {
    const { update, notes, gaps } = await scanned(annotated(`${registry.host}/base:3.20.3`), [own])
    expect({ update, notes, gaps }).toEqual({
      update: undefined,
      notes: [expect.stringContaining('does not begin with its layers')],
      gaps: [],
    })
  })

  test.each(['oci:/etc', 'docker-archive:/etc/passwd', 'docker-daemon:base:1'])('an annotation opens no %s', async (name) => {
    expect(await scanned(annotated(name))).toMatchObject({ notes: undefined, gaps: [] })
  })

  test('what the base has and the image has mended already is not counted', async () => {
    const { update } = await scanned(annotated(`${registry.host}/base:3.20.3`), [base, layer({ musl: '1.2.5-r0', openssl: '3.3.1-r1' })])
    expect(update?.fixes).toEqual([])
  })

  test('in a tree that holds both, the layers tell, and no annotation is needed', async () => {
    registry.push('app', '1', buildImage({ layers: [base, own] }))
    const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: '${registry.host}/app:1' }] }\n`
    const report = await judged({ 'pod.yaml': pod, Dockerfile: `FROM ${registry.host}/base:3.20.3\n` })
    const app = report.subjects.find(({ reference }) => reference.endsWith('/app:1'))
    expect({ base: app?.base?.name, fixes: app?.baseUpdate?.fixes }).toEqual({
      base: `${registry.host}/base:3.20.3`,
      fixes: ['CVE-2024-1001', 'CVE-2024-1002'],
    })
  })
})
