import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { mergeReports } from '../../src/gate/merge.ts'
import { makePlan } from '../../src/gate/plan.ts'
import { partOf } from '../../src/gate/plan-part.ts'
import { prepareCheck } from '../../src/gate/prepare.ts'
import { check } from '../../src/gate/run.ts'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { json } from '../../src/report/json.ts'
import { osvRecord } from '../builders/advisories.ts'
import { type BuiltImage, buildImage, type ImageSpec } from '../builders/image.ts'
import { program } from '../builders/image-series.ts'
import { apkDatabase } from '../builders/package-databases.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'
import { renderContext } from '../builders/report.ts'
import type { TarFiles } from '../builders/tar.ts'
import { type Folder, memoryTree, temporaryFolder } from '../builders/tree.ts'

/** Of a package that no image has, so that its ecosystem is known. */
const record = osvRecord({ id: 'CVE-2024-1', name: 'other', events: ['introduced 0'], ecosystem: 'Alpine:v3.20' })

let registry: TestRegistry
let http: HttpClient
let folder: Folder
beforeEach(async () => {
  registry = await startRegistry()
  http = createHttp({ sleep: async () => {} })
  folder = temporaryFolder({ 'advisories/1.json': JSON.stringify(record) })
})
afterEach(async () => {
  http.close()
  await registry.close()
  folder[Symbol.dispose]()
})

const system = (openssl: string, more: Parameters<typeof apkDatabase>[0] = {}): TarFiles => ({
  'etc/os-release': 'ID=alpine\nVERSION_ID=3.20.3\n',
  'lib/apk/db/installed': apkDatabase({ openssl, sudo: { version: '1', files: ['usr/bin/sudo'] }, ...more }),
  'srv/app': { content: program(1, 4000), mode: 0o755 },
})
const image = (layers: ImageSpec['layers'], config: ImageSpec['config'] = {}): BuiltImage =>
  buildImage({ layers, config: { User: 'app', Entrypoint: ['/srv/app'], ExposedPorts: { '8080/tcp': {} }, ...config } })
const podOf = (reference: string, name = 'shop') =>
  `apiVersion: v1\nkind: Pod\nmetadata: { name: ${name} }\nspec: { containers: [{ name: main, image: '${registry.host}/${reference}' }] }\n`

async function judged(head: Record<string, string>, base: Record<string, string>): Promise<Report> {
  folder.write(Object.fromEntries(Object.entries(head).map(([name, content]) => [`tree/${name}`, content])))
  const host = { http, environment: {}, now: new Date('2026-01-01'), signal: AbortSignal.timeout(30_000), baseTree: memoryTree(base) }
  const options = { advisories: [`${folder.path}/advisories`], checks: 'images' }
  return (await check(await prepareCheck(`${folder.path}/tree`, options, host))).report
}
const drifts = ({ findings }: Report) =>
  findings
    .filter(({ rule }) => rule.startsWith('drift/'))
    .map(({ rule, severity, blocking }) => `${rule} ${severity}${blocking ? ' blocks' : ''}`)
const driftNotes = ({ notes = [] }: Report) => notes.filter((note) => note.startsWith('what changed'))
const change = (before: BuiltImage, after: BuiltImage) => {
  registry.push('shop', '1.4', before)
  registry.push('shop', '1.5', after)
  return judged({ 'pod.yaml': podOf('shop:1.5') }, { 'pod.yaml': podOf('shop:1.4') })
}

describe('an image whose tag was changed', () => {
  test('with an honest update has its drift in the report, and no finding of it', async () => {
    const old = image([system('3.3.1-r0')])
    const report = await change(old, image([system('3.3.2-r0', { zlib: '1' })]))
    expect(drifts(report)).toEqual([])
    const { sizeBytes, layers, ...drift } = report.subjects[0]?.drift ?? { from: undefined }
    expect(drift).toEqual({
      from: { reference: `${registry.host}/shop:1.4`, digest: old.descriptor.digest },
      packages: {
        added: [{ type: 'apk', name: 'zlib', version: '1' }],
        removed: [],
        changed: [{ type: 'apk', name: 'openssl', from: '3.3.1-r0', to: '3.3.2-r0' }],
      },
    })
    expect({ size: sizeBytes?.from !== sizeBytes?.to, layers }).toEqual({ size: true, layers: { from: 1, to: 1, shared: 0 } })
  })

  test('is told all that it can do now and could not before, at its line', async () => {
    const planted: TarFiles = {
      'usr/bin/sudo': { content: 'a script', mode: 0o4755 },
      'usr/bin/.x': { content: program(2, 3000), mode: 0o6755 },
      'lib/apk/db/installed': apkDatabase({ openssl: '1', sudo: { version: '1', files: ['usr/bin/sudo'] }, dropbear: '2024.1-r0' }),
    }
    const report = await change(
      image([system('1')]),
      image([system('1'), { files: planted, createdBy: 'RUN curl x | sh' }], {
        User: '',
        ExposedPorts: { '8080/tcp': {}, '22': {} },
        Cmd: ['&', 'x'],
      }),
    )
    expect(drifts(report).sort()).toEqual([
      'drift/binary-added medium',
      'drift/entrypoint-changed low',
      'drift/network-service-added low',
      'drift/port-added low',
      'drift/setuid-added high blocks',
      'drift/setuid-added medium',
      'drift/user-root medium',
    ])
    const setuid = report.findings.find(({ rule, severity }) => rule === 'drift/setuid-added' && severity === 'high')
    expect(setuid).toMatchObject({
      check: 'image-config',
      message: `"usr/bin/.x" runs as its owner or group and is not so in the image that the base has here ("${registry.host}/shop:1.4"); no package owns it`,
      content: { path: 'usr/bin/.x', instruction: 'RUN curl x | sh' },
      locations: [expect.objectContaining({ file: 'pod.yaml', startLine: 4 })],
      state: 'new',
    })
  })

  test('keeps what the earlier one had already', async () => {
    const backDoor = { 'usr/bin/.x': { content: program(2, 3000), mode: 0o4755 } }
    const report = await change(image([system('1'), backDoor], { User: '' }), image([system('2'), backDoor], { User: 'root' }))
    expect(drifts(report)).toEqual([])
  })

  test('joins what would be a hundred findings', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 100 }, (_, index) => [
        `opt/tool-${String.fromCharCode(97 + (index % 26), 97 + Math.floor(index / 26))}`,
        { content: program(3, 100), mode: 0o755 },
      ]),
    )
    const report = await change(image([system('1')]), image([system('1'), many]))
    const messages = report.findings.filter(({ rule }) => rule === 'drift/binary-added').map(({ message }) => message)
    expect({ count: messages.length, rest: messages.filter((message) => message.startsWith('80 more')).length }).toEqual({
      count: 21,
      rest: 1,
    })
  })
})

describe('how a container starts', () => {
  const open = { User: '', ExposedPorts: { '8080/tcp': {}, '22': {} }, Cmd: ['x'] }
  const told = async (head: string, base: string, file: string) => {
    registry.push('shop', '1.4', image([system('1')]))
    registry.push('shop', '1.5', image([system('2')], open))
    return drifts(await judged({ [file]: head }, { [file]: base }))
  }

  test('is not said of a line that only builds on the image', async () => {
    expect(await told(`FROM ${registry.host}/shop:1.5\n`, `FROM ${registry.host}/shop:1.4\n`, 'Dockerfile')).toEqual([])
  })

  test('is told without the secrets in command lines and instructions', async () => {
    const [key, other] = [`AKIA${'QYLPMN5HHHFPZAM2'}`, 'hunter2-hunter2']
    registry.push('shop', '1.4', image([system('1')]))
    const planted = { files: { 'opt/x': { content: program(2, 3000), mode: 0o4755 } }, createdBy: `RUN AWS_ACCESS_KEY_ID=${key} curl x` }
    registry.push('shop', '1.5', image([system('1'), planted], { Cmd: ['run', key, '--password', other] }))
    const report = await judged({ 'pod.yaml': podOf('shop:1.5') }, { 'pod.yaml': podOf('shop:1.4') })
    const { findings } = { findings: report.findings.filter(({ rule }) => rule.startsWith('drift/')) }
    expect(findings.map(({ rule }) => rule).sort()).toEqual(['drift/binary-added', 'drift/entrypoint-changed', 'drift/setuid-added'])
    expect(JSON.stringify([findings, report.subjects])).not.toMatch(new RegExp(`${key}|${other}`, 'u'))
    expect(report.subjects[0]?.drift?.entrypoint?.to).toEqual(['/srv/app', 'run', expect.stringMatching(/^[•…]+$/u), '--password', '…'])
  })

  test('is said of a pod without the user where the pod names one', async () => {
    const withUser = (tag: string) => podOf(`shop:${tag}`).replace('containers:', 'securityContext: { runAsUser: 1000 }, containers:')
    expect((await told(withUser('1.5'), withUser('1.4'), 'pod.yaml')).sort()).toEqual([
      'drift/entrypoint-changed low',
      'drift/port-added low',
    ])
  })
})

test('what a package of a language brought is no binary of nobody', async () => {
  registry.push('shop', '1.4', image([system('1')]))
  const library = { content: program(5, 2000), mode: 0o755 }
  const modules: TarFiles = {
    'app/node_modules/@img/sharp/package.json': '{"name":"@img/sharp","version":"1.0.0"}',
    'app/node_modules/@img/sharp/lib/sharp.node': library,
    'usr/lib/python3/site-packages/Num_Py-1.0.dist-info/METADATA': 'Metadata-Version: 2.1\nName: Num-Py\nVersion: 1.0\n',
    'usr/lib/python3/site-packages/num_py/core/_math.so': library,
    'usr/lib/python3/site-packages/num_py.libs/libblas.so.3': library,
  }
  registry.push('shop', '1.5', image([system('1'), modules]))
  const report = await judged({ 'pod.yaml': podOf('shop:1.5') }, { 'pod.yaml': podOf('shop:1.4') })
  expect({ binaries: report.subjects[0]?.drift?.binaries, added: report.subjects[0]?.drift?.packages?.added.length }).toEqual({
    binaries: undefined,
    added: 2,
  })
})

describe('nothing is compared', () => {
  test('where the base names the same image, by whatever tag', async () => {
    const one = image([system('1')])
    registry.push('shop', '1.4', one)
    registry.push('shop', '1.5', one)
    const report = await judged({ 'pod.yaml': podOf('shop:1.5') }, { 'pod.yaml': podOf('shop:1.4') })
    expect({ drift: report.subjects[0]?.drift, notes: driftNotes(report) }).toEqual({ drift: undefined, notes: [] })
  })

  test('where the base has no such image', async () => {
    registry.push('shop', '1.5', image([system('1')]))
    const report = await judged({ 'pod.yaml': podOf('shop:1.5') }, {})
    expect({ drift: report.subjects[0]?.drift, notes: driftNotes(report) }).toEqual({ drift: undefined, notes: [] })
  })

  test('where the head’s image cannot be read as a whole', async () => {
    const now = image([system('2')])
    registry.push('shop', '1.4', image([system('1')]))
    registry.push('shop', '1.5', now)
    registry.blobs.delete(now.layers[0]?.digest ?? '')
    const report = await judged({ 'pod.yaml': podOf('shop:1.5') }, { 'pod.yaml': podOf('shop:1.4') })
    expect({ drift: report.subjects[0]?.drift, verdict: report.verdict, notes: driftNotes(report) }).toEqual({
      drift: undefined,
      verdict: 'incomplete',
      notes: [expect.stringContaining('the second could not be read as a whole')],
    })
  })

  test.each([
    ['gone', () => registry.tags.delete('shop:1.4'), /is not known: .*(404|not found)/u],
    ['damaged', (old: BuiltImage) => registry.blobs.delete(old.layers[0]?.digest ?? ''), /the first could not be read as a whole/u],
  ])('where the image of the base is %s, which is a note and no gap', async (_, spoil, note) => {
    const old = image([system('1')])
    registry.push('shop', '1.4', old)
    registry.push('shop', '1.5', image([system('2'), { 'usr/bin/.x': { content: program(2, 3000), mode: 0o4755 } }]))
    spoil(old)
    const report = await judged({ 'pod.yaml': podOf('shop:1.5') }, { 'pod.yaml': podOf('shop:1.4') })
    expect({ drift: report.subjects[0]?.drift, gaps: report.gaps, findings: drifts(report) }).toEqual({
      drift: undefined,
      gaps: [],
      findings: [],
    })
    expect(driftNotes(report)).toEqual([expect.stringMatching(note)])
  })
})

test('shards tell together what one run does, also where another repository took the place', async () => {
  const [old, now] = [image([system('1')]), image([system('2'), { 'usr/bin/.x': { content: program(2, 3000), mode: 0o4755 } }])]
  for (const [name, built] of [
    ['one', old],
    ['two', now],
    ['three', old],
    ['four', now],
  ] as const)
    registry.push(name, '1', built)
  folder.write({ 'tree/a.yaml': podOf('two:1', 'a'), 'tree/b.yaml': podOf('four:1', 'b') })
  const host = {
    ...{ http, environment: {}, now: new Date('2026-01-01'), signal: AbortSignal.timeout(30_000) },
    baseTree: memoryTree({ 'a.yaml': podOf('one:1', 'a'), 'b.yaml': podOf('three:1', 'b') }),
  }
  const run = async (index?: number) => {
    const request = await prepareCheck(`${folder.path}/tree`, { advisories: [`${folder.path}/advisories`], checks: 'images' }, host)
    const part = index === undefined ? undefined : partOf(await makePlan(request, { exactly: 4 }, 'c0ffee'), { index, of: 4 })
    return (await check(request, part)).report
  }
  const reports = await Promise.all([1, 2, 3, 4].map(async (index) => ({ name: `${index}`, report: await run(index) })))
  const [single, joined] = [await run(), mergeReports(reports)].map((report) => JSON.parse([...json(report, renderContext())].join('')))
  expect(joined).toEqual(single)
  expect(single.subjects.map(({ drift }: { drift: object }) => drift !== undefined)).toEqual([true, true])
  expect(drifts(single).filter((each) => each.startsWith('drift/setuid-added'))).toHaveLength(2)
})
