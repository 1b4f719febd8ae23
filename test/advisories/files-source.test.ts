import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { directory, zip } from '../../src/advisories/files-source.ts'
import { findVulnerabilities } from '../../src/advisories/find.ts'
import type { AdvisorySource } from '../../src/advisories/source.ts'
import { openAdvisories } from '../../src/advisories/sources.ts'
import { UsageError } from '../../src/findings.ts'
import type { HttpClient } from '../../src/http.ts'
import { osvRecord, packageOf, zipOf } from '../builders/advisories.ts'

const signal = new AbortController().signal
const noNetwork: HttpClient = { send: () => Promise.reject(new Error('no network in this test')), close: () => undefined }
let root = ''
let count = 0

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'advisories-'))
})
afterAll(() => rm(root, { recursive: true }))

async function folder(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  count++
  const path = join(root, String(count))
  await mkdir(path)
  for (const [name, content] of Object.entries(files)) {
    await mkdir(dirname(join(path, name)), { recursive: true })
    await writeFile(join(path, name), content)
  }
  return path
}

async function collect(values: AsyncIterable<unknown>): Promise<readonly unknown[]> {
  const collected: unknown[] = []
  for await (const value of values) collected.push(value)
  return collected
}

async function ask(
  source: AdvisorySource,
  ecosystem: string,
  name: string,
): Promise<{ readonly ids: readonly unknown[]; readonly gaps: readonly string[] }> {
  const gaps: string[] = []
  const records = await collect(
    source.records([{ ecosystem, name, version: '1' }], (message) => gaps.push(message.replaceAll(root, '')), signal),
  )
  return { ids: records.map((record) => (record as { id: unknown }).id).toSorted(), gaps }
}

const json = (parts: Parameters<typeof osvRecord>[0]): string => JSON.stringify(osvRecord(parts))

describe('a folder of records', () => {
  test('is read at any depth, loose and zipped, and each record is found by its packages', async () => {
    const path = await folder({
      'A-1.json': json({ id: 'A-1' }),
      'deep/er/A-2.json': json({ id: 'A-2' }),
      'npm/all.zip': zipOf({ 'A-3.json': json({ id: 'A-3' }), 'A-4.json': json({ id: 'A-4', name: 'right' }) }),
      'PyPI/all.zip': zipOf({ 'A-5.json': json({ id: 'A-5', ecosystem: 'PyPI', name: 'Left_Pad' }), 'notes.txt': 'no record' }),
      'README.md': 'no record',
    })
    const source = directory(path)
    expect(await ask(source, 'npm', 'left')).toEqual({ ids: ['A-1', 'A-2', 'A-3'], gaps: [] })
    expect(await ask(source, 'PyPI', 'left-pad')).toEqual({ ids: ['A-5'], gaps: [] })
    expect(await ask(source, 'npm', 'left-pad')).toEqual({ ids: [], gaps: [] })
    expect(await collect(source.byId(['A-4', 'A-9'], () => undefined, signal))).toEqual([osvRecord({ id: 'A-4', name: 'right' })])
  })

  test('covers the releases that its records speak of, and no other', async () => {
    const source = directory(
      await folder({ 'A-1.json': json({ ecosystem: 'Debian:11' }), 'A-2.json': json({ id: 'A-2', ecosystem: 'Alpine' }) }),
    )
    expect(await source.covered(['Debian:11', 'Debian:12', 'Alpine:v3.20', 'npm'], signal)).toEqual(new Set(['Debian:11', 'Alpine:v3.20']))
  })

  test('may hold the catalogue of exploited vulnerabilities', async () => {
    const catalogue = { catalogVersion: '2025.08.25', vulnerabilities: [{ cveID: 'CVE-2024-0001' }] }
    const source = directory(await folder({ 'A-1.json': json({}), 'kev/known.json': JSON.stringify(catalogue) }))
    expect(await source.exploitation?.(['CVE-2024-0001', 'CVE-2024-0002'], signal)).toEqual(
      new Map([
        ['CVE-2024-0001', { knownExploited: true }],
        ['CVE-2024-0002', { knownExploited: false }],
      ]),
    )
    expect((await ask(source, 'npm', 'left')).gaps).toEqual([])
  })

  test('tells what it could not read, by name, and goes on', async () => {
    const good = zipOf({ 'A-1.json': json({ id: 'A-1' }), 'A-2.json': json({ id: 'A-2' }) })
    const damaged = Buffer.from(good)
    damaged.writeUInt8(damaged.readUInt8(60) ^ 0xff, 60)
    const path = await folder({
      'a/cut.zip': good.subarray(0, good.length - 30),
      'b/damaged.zip': damaged,
      'c/none.zip': 'no zip at all',
      'd/broken.json': '{"id": "A-7"',
      'e/list.json': '[]',
      'f/latin.json': Buffer.from([0x22, 0xe9, 0x22]),
      'g/A-8.json': json({ id: 'A-8' }),
    })
    await symlink('/etc/hostname', join(path, 'h.json'))
    const { ids, gaps } = await ask(directory(path), 'npm', 'left')
    expect(ids).toEqual(['A-2', 'A-8'])
    expect(gaps.map((gap) => gap.replace(/^.*?\/\d+\//, ''))).toEqual([
      expect.stringMatching(/^a\/cut\.zip cannot be read: /),
      expect.stringMatching(/^b\/damaged\.zip: entry "A-1\.json" cannot be read: /),
      expect.stringMatching(/^c\/none\.zip cannot be read: /),
      'd/broken.json is no OSV record: expected an object with an id and a list of affected packages',
      'e/list.json is no OSV record: expected an object with an id and a list of affected packages',
      'f/latin.json is no OSV record: expected an object with an id and a list of affected packages',
      'h.json is a link or no file, and is not read',
    ])
  })

  test('without any record is no source', async () => {
    const path = await folder({ 'README.md': '' })
    await expect(ask(directory(path), 'npm', 'left')).rejects.toThrow('has no OSV records')
  })
})

describe('a zip', () => {
  test('is read as it is', async () => {
    const path = await folder({ 'all.zip': zipOf({ 'A-1.json': json({ id: 'A-1' }) }) })
    expect(await ask(zip(join(path, 'all.zip')), 'npm', 'left')).toEqual({ ids: ['A-1'], gaps: [] })
  })

  test('whose entry unpacks to more than its directory says is not read further', async () => {
    const bomb = zipOf({ 'A-1.json': Buffer.alloc(1_000_000, ' ') })
    // The size in the directory, behind the local header and the data.
    const directoryStart = bomb.readUInt32LE(bomb.length - 6)
    bomb.writeUInt32LE(10, directoryStart + 24)
    const path = await folder({ 'all.zip': bomb })
    const { ids, gaps } = await ask(zip(join(path, 'all.zip')), 'npm', 'left')
    expect(ids).toEqual([])
    expect(gaps).toEqual([expect.stringMatching(/entry "A-1\.json" cannot be read: .*larger than 10 bytes/)])
  })

  test('whose entry unpacks to something else than its checksum says is not used', async () => {
    const changed = zipOf({ 'A-1.json': json({ id: 'A-1' }) })
    changed.writeUInt32LE(7, changed.readUInt32LE(changed.length - 6) + 16)
    const path = await folder({ 'all.zip': changed })
    expect(await ask(zip(join(path, 'all.zip')), 'npm', 'left')).toEqual({
      ids: [],
      gaps: [expect.stringMatching(/entry "A-1\.json" cannot be read: checksum does not fit$/)],
    })
  })

  test('whose entry says that it is larger than any record is not unpacked', async () => {
    const bomb = zipOf({ 'A-1.json': '{}' })
    bomb.writeUInt32LE(33 * 1024 * 1024, bomb.readUInt32LE(bomb.length - 6) + 24)
    const path = await folder({ 'all.zip': bomb })
    expect((await ask(zip(join(path, 'all.zip')), 'npm', 'left')).gaps).toEqual([
      expect.stringMatching(/entry "A-1\.json" has 34603008 bytes, at most 33554432 are read$/),
    ])
  })
})

describe('an advisory source is chosen by its form', () => {
  test('a folder and a zip', async () => {
    const path = await folder({ 'A-1.json': json({ id: 'A-1' }), 'all.zip': zipOf({ 'A-2.json': json({ id: 'A-2' }) }) })
    expect((await ask(await openAdvisories(path, { http: noNetwork }), 'npm', 'left')).ids).toEqual(['A-1', 'A-2'])
    expect((await ask(await openAdvisories(join(path, 'all.zip'), { http: noNetwork }), 'npm', 'left')).ids).toEqual(['A-2'])
  })

  test('a catalogue of exploited vulnerabilities and a list of scores, beside a source of records', async () => {
    const path = await folder({
      'A-1.json': json({ id: 'CVE-2024-0001' }),
      'kev.json': JSON.stringify({ catalogVersion: '1', vulnerabilities: [{ cveID: 'CVE-2024-0001' }] }),
      'epss.csv': 'cve,epss,percentile\nCVE-2024-0001,0.5,0.9\n',
    })
    const sources = await Promise.all(
      ['A-1.json', 'kev.json', 'epss.csv'].map((name) => openAdvisories(join(path, name), { http: noNetwork })),
    )
    const left = packageOf({ type: 'npm', name: 'left', version: '1.0.0' })
    const { problems, gaps } = await findVulnerabilities({ packages: [left] }, sources, signal)
    expect(problems.map(({ rule, knownExploited, epss }) => [rule, knownExploited, epss])).toEqual([['CVE-2024-0001', true, 0.5]])
    expect(gaps).toEqual([])
  })

  test('what is not there is a wrong call', async () => {
    await expect(openAdvisories(join(root, 'nowhere'), { http: noNetwork })).rejects.toThrow(UsageError)
  })
})
