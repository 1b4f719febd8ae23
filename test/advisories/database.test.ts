import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { buildDatabase } from '../../src/advisories/build-database.ts'
import { database, openDatabase } from '../../src/advisories/database.ts'
import { describeDatabase } from '../../src/advisories/describe-database.ts'
import { findVulnerabilities } from '../../src/advisories/find.ts'
import { receiveDatabase } from '../../src/advisories/receive-database.ts'
import { worseThan } from '../../src/advisories/replace-database.ts'
import { createHttp } from '../../src/http.ts'
import { distributionOf, osvRecord, packageOf, zipOf } from '../builders/advisories.ts'
import { fileServer } from '../builders/file-server.ts'

const signal = new AbortController().signal
const now = new Date('2026-01-02T03:04:05Z')
const http = createHttp({ sleep: () => Promise.resolve() })
const left = packageOf({ type: 'npm', name: 'left', version: '1.0.0' })
const json = (parts: Parameters<typeof osvRecord>[0]): string => JSON.stringify(osvRecord(parts))
let root = ''
let count = 0

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), 'advisories-'))
})
afterAll(() => rm(root, { recursive: true }))

/** A zip of records in a folder of its own. */
async function zipFile(files: Readonly<Record<string, string | Uint8Array>>): Promise<string> {
  return await file('all.zip', zipOf(files))
}

async function file(name: string, content: string | Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(root, 'source-'))
  await writeFile(join(folder, name), content)
  return join(folder, name)
}

const freshOutput = (): string => join(root, `${++count}.db`)

const build = (output: string, sources: readonly string[], more: { readonly ecosystems?: readonly string[] } = {}) =>
  buildDatabase({ output, sources, http, now, ...more }, signal)

async function find(path: string, packages = [left], distribution = undefined as ReturnType<typeof distributionOf> | undefined) {
  const source = await openDatabase(path)
  try {
    return await findVulnerabilities({ packages, ...(distribution === undefined ? {} : { distribution }) }, [source], signal)
  } finally {
    source.close()
  }
}

describe('a local database', () => {
  test('says what it was built of', async () => {
    const output = freshOutput()
    const source = await zipFile({
      'A-1.json': json({ id: 'A-1', modified: '2024-03-01T00:00:00Z' }),
      'A-2.json': json({ id: 'A-2', ecosystem: 'Debian:12', name: 'zlib', modified: '2024-04-01T00:00:00Z' }),
      'A-3.json': json({ id: 'A-3', with: { withdrawn: '2024-01-01T00:00:00Z' } }),
      'KEV.json': JSON.stringify({ catalogVersion: '1', vulnerabilities: [{ cveID: 'CVE-2024-0001' }] }),
    })
    const scores = await file(
      'scores.csv.gz',
      gzipSync(
        '#model_version:v2025.03.14,score_date:2026-01-01\ncve,epss,percentile\nCVE-2024-0001,0.97123,0.99\nCVE-2024-12345678,1e-05,0.01\n',
      ),
    )
    const description = await build(output, [source, scores])
    expect(description).toEqual(await describeDatabase(output))
    expect(description).toEqual({
      format: 1,
      built: '2026-01-02T03:04:05.000Z',
      newest: '2024-04-01T00:00:00.000Z',
      records: 2,
      unread: 0,
      packages: 2,
      exploited: 1,
      scores: 2,
      sources: [
        { name: source, records: 3, modified: (await stat(source)).mtime.toISOString() },
        { name: scores, records: 0, modified: (await stat(scores)).mtime.toISOString() },
      ],
      ecosystems: [
        { name: 'Debian:12', records: 1 },
        { name: 'npm', records: 1 },
      ],
    })
  })

  test('says when it was built', async () => {
    const output = freshOutput()
    await build(output, [await zipFile({ 'A-1.json': json({ id: 'A-1' }) })])
    const source = database(output)
    expect(await source.built?.(signal)).toEqual(now)
    source.close?.()
  })

  test('gives the findings of its records, and no others', async () => {
    const output = freshOutput()
    await build(output, [
      await zipFile({
        'A-1.json': json({
          id: 'A-1',
          with: { aliases: ['CVE-2024-0001'], summary: 'bad', references: [{ type: 'WEB', url: 'https://example.org' }] },
        }),
        'A-2.json': json({ id: 'A-2', name: 'right' }),
        'A-3.json': json({ id: 'A-3', with: { withdrawn: '2024-01-01T00:00:00Z' } }),
        'A-4.json': json({ id: 'A-4', events: ['introduced 2.0.0'] }),
        'A-5.json': json({ id: 'A-5', ecosystem: 'PyPI' }),
        'A-6.json': json({ id: 'A-6', events: [], versions: ['1.0.0'] }),
      }),
    ])
    const { problems, gaps } = await find(output)
    expect(gaps).toEqual([])
    expect(problems.map(({ rule, aliases, title, references, package: item }) => [rule, aliases, title, references, item?.fixed])).toEqual([
      ['A-6', [], 'A-6 in left', [], undefined],
      ['CVE-2024-0001', ['A-1'], 'bad', ['https://example.org'], '2.0.0'],
    ])
  })

  test('joins the entries of one record on several packages', async () => {
    const output = freshOutput()
    const entry = (name: string, ecosystem: string) => ({
      package: { ecosystem, name },
      ranges: [{ type: 'ECOSYSTEM', events: [{ introduced: '0' }, { fixed: '9' }] }],
    })
    const record = json({ id: 'A-1', with: { affected: [entry('a', 'Debian:11'), entry('a', 'Debian:12'), entry('b', 'Debian:12')] } })
    await build(output, [await zipFile({ 'A-1.json': record })])
    const items = ['a', 'b'].map((name) => packageOf({ type: 'deb', name, version: '1' }))
    const names = async (release: string) =>
      (await find(output, items, distributionOf('debian', release))).problems.map(({ package: item }) => item?.name)
    expect(await names('12')).toEqual(['a', 'b'])
    expect(await names('11')).toEqual(['a'])
  })

  test('covers what its records speak of', async () => {
    const output = freshOutput()
    await build(output, [await zipFile({ 'A-1.json': json({ ecosystem: 'Debian:11', name: 'zlib' }) })])
    expect((await find(output)).gaps).toEqual([{ message: 'no advisory source has data for "npm": 1 package not matched' }])
    expect((await find(output, [packageOf({ type: 'deb', name: 'a', version: '1' })], distributionOf('debian', '12'))).gaps).toHaveLength(1)
    expect((await find(output, [packageOf({ type: 'deb', name: 'a', version: '1' })], distributionOf('debian', '11'))).gaps).toEqual([])
  })

  test('rates by alias, and knows what is exploited', async () => {
    const output = freshOutput()
    await build(output, [
      await zipFile({
        'A-1.json': json({ id: 'A-1', with: { aliases: ['CVE-2024-0001'] } }),
        'CVE.json': json({
          id: 'CVE-2024-0001',
          name: 'other',
          with: {
            affected: [
              {
                package: { ecosystem: 'npm', name: 'other' },
                severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H' }],
              },
            ],
          },
        }),
        'KEV.json': JSON.stringify({ catalogVersion: '1', vulnerabilities: [{ cveID: 'CVE-2024-0001' }] }),
      }),
      await file('scores.csv', 'cve,epss,percentile\nCVE-2024-0001,0.97123,0.99\n'),
    ])
    const { problems } = await find(output)
    expect(problems.map(({ severity, score, knownExploited, epss }) => [severity, score, knownExploited, epss])).toEqual([
      ['high', 7.8, true, 0.97123],
    ])
  })

  test('keeps the record that was modified last, wherever it was read', async () => {
    const older = await zipFile({
      'A-1.json': json({ id: 'A-1', modified: '2024-01-01T00:00:00Z' }),
      'A-2.json': json({ id: 'A-2', modified: '2024-01-01T00:00:00Z' }),
    })
    const newer = await zipFile({
      'A-1.json': json({ id: 'A-1', modified: '2024-02-01T00:00:00Z', events: ['introduced 0', 'fixed 3.0.0'] }),
      'A-2.json': json({ id: 'A-2', modified: '2024-02-01T00:00:00Z', with: { withdrawn: '2024-02-01T00:00:00Z' } }),
    })
    for (const sources of [
      [older, newer],
      [newer, older],
    ]) {
      const output = freshOutput()
      await build(output, sources)
      expect((await find(output)).problems.map(({ rule, package: item }) => [rule, item?.fixed])).toEqual([['A-1', '3.0.0']])
    }
  })
})

describe('never silently fewer findings', () => {
  test('a record that breaks the schema is a gap of those who ask for its package', async () => {
    const output = freshOutput()
    const broken = json({ id: 'A-1', name: 'right', with: { aliases: 7 } })
    expect((await build(output, [await zipFile({ 'A-1.json': broken, 'A-2.json': json({ id: 'A-2' }) })])).unread).toBe(0)
    expect((await find(output)).gaps).toEqual([])
    expect((await find(output, [packageOf({ type: 'npm', name: 'right', version: '1.0.0' })])).gaps).toEqual([
      { message: `advisories of ${output}: record A-1: aliases is 7, expected a list` },
    ])
  })

  test('documents that could not be read are a gap of everyone', async () => {
    const output = freshOutput()
    const description = await build(output, [await zipFile({ 'A-1.json': '{"id"', 'A-2.json': json({ id: 'A-2' }) })])
    expect(description.unread).toBe(1)
    expect((await find(output)).gaps).toEqual([
      { message: expect.stringMatching(/was built without what could not be read: .*A-1\.json is no OSV record$/) },
    ])
  })

  test('a version that cannot be read reaches the matcher', async () => {
    const output = freshOutput()
    await build(output, [await zipFile({ 'A-1.json': json({ id: 'A-1' }) })])
    expect((await find(output, [packageOf({ type: 'npm', name: 'left', version: 'latest' })])).gaps).toEqual([
      { path: 'test/npm', message: '"left": whether A-1 affects "latest" is not known: "latest" is no semantic version' },
    ])
  })
})

describe('a file that is no database of this format is refused', () => {
  const gapsOf = async (path: string) =>
    (await findVulnerabilities({ packages: [left] }, [database(path)], signal)).gaps.map(({ message }) => message.replaceAll(root, ''))

  test('text', async () => {
    expect(await gapsOf(await file('x.db', 'not a database'))).toContainEqual(
      expect.stringMatching(/^advisories of .* is no advisory database: file is not a database$/),
    )
  })

  test('another application’s database', async () => {
    const path = join(await mkdtemp(join(root, 'other-')), 'other.db')
    const other = new DatabaseSync(path)
    other.exec('CREATE TABLE records (id TEXT)')
    other.close()
    expect(await gapsOf(path)).toContainEqual(expect.stringMatching(/is no advisory database: its application identifier is another one$/))
  })

  async function changed(sql: string): Promise<string> {
    const output = freshOutput()
    await build(output, [await zipFile({ 'A-1.json': json({ id: 'A-1' }) })])
    const opened = new DatabaseSync(output)
    opened.exec(sql)
    opened.close()
    return output
  }

  test.each<[string, string, RegExp]>([
    ['another format version', 'PRAGMA user_version = 2', /is an advisory database of format 2, expected format 1: build it anew$/],
    [
      'a view in the place of a table',
      'DROP TABLE unread; CREATE VIEW unread AS SELECT 1 AS message',
      /its tables are not those of format 1$/,
    ],
    ['a trigger more', 'CREATE TRIGGER t AFTER INSERT ON unread BEGIN SELECT 1; END', /its tables are not those of format 1$/],
    ['entries of another type', "UPDATE packages SET entries = 'x'", /is damaged: a row has values of other types$/],
    ['a block that is missing', 'DELETE FROM blocks', /is damaged: block 1 is missing$/],
    ['a block that is no deflated text', "UPDATE blocks SET bytes = x'ffffff'", /is damaged: /],
    ['a text that lies elsewhere', 'UPDATE records SET start = 1', /is damaged: a row is no JSON$/],
    ['entries that are no JSON', "UPDATE packages SET entries = x'5b'", /is damaged: entries of npm left are no JSON$/],
    [
      'entries in another form',
      'UPDATE packages SET entries = CAST(\'[[1,[["npm",[["S",7]]]]]]\' AS BLOB)',
      /is damaged: entries of npm left are in another form$/,
    ],
    ['entries that are said to be deflated', 'UPDATE packages SET deflated = 1', /is damaged: /],
    ['a record that is missing', 'DELETE FROM records', /is damaged: record number 1 is missing$/],
  ])('%s', async (_, sql, message) => {
    const path = await changed(sql)
    const { problems, gaps } = await findVulnerabilities({ packages: [left] }, [database(path)], signal)
    expect(problems).toEqual([])
    expect(gaps.map((gap) => gap.message)).toContainEqual(expect.stringMatching(message))
  })

  test('a block that unpacks without end', async () => {
    const path = await changed('SELECT 1')
    const bomb = (await import('node:zlib')).deflateRawSync(Buffer.alloc(65 * 1024 * 1024))
    const opened = new DatabaseSync(path)
    opened.prepare('UPDATE blocks SET bytes = ?').run(bomb)
    opened.close()
    expect(await gapsOf(path)).toContainEqual(expect.stringMatching(/is damaged: .*larger than 67108864 bytes/))
  })
})

describe('a database is never replaced by a worse one', () => {
  const many = (from: number, to: number, modified = '2024-01-01T00:00:00Z'): Record<string, string> =>
    Object.fromEntries(
      Array.from({ length: to - from }, (_, index) => [`A-${from + index}.json`, json({ id: `A-${from + index}`, modified })]),
    )

  async function attempt(
    first: readonly string[],
    second: readonly string[],
  ): Promise<{ readonly same: boolean; readonly message: string }> {
    const output = freshOutput()
    await build(output, first)
    const before = await readFile(output)
    const message = await build(output, second).then(
      () => '',
      (error: Error) => error.message.replaceAll(output, 'DB'),
    )
    return { same: before.equals(await readFile(output)), message }
  }

  test.each<[string, () => Promise<readonly string[]>, string]>([
    ['no records', async () => [await zipFile({ 'notes.txt': '' })], 'no database was written to DB: the sources have no OSV records'],
    [
      'fewer records',
      async () => [await zipFile(many(0, 8))],
      'database DB stays as it is: the new one has 8 records, it has 10; remove the file to build it without regard to it',
    ],
    [
      'older records',
      async () => [await zipFile(many(0, 10, '2023-01-01T00:00:00Z'))],
      "database DB stays as it is: the new one's newest record is of 2023-01-01T00:00:00.000Z, its own is of 2024-01-01T00:00:00.000Z; remove the file to build it without regard to it",
    ],
    [
      'more that could not be read',
      async () => [await zipFile({ ...many(0, 10), 'B.json': '{' })],
      'database DB stays as it is: the new one lacks 1 documents that could not be read, it lacks 0; remove the file to build it without regard to it',
    ],
    [
      'a zip cut short',
      async () => [await file('all.zip', zipOf(many(0, 10)).subarray(0, 900))],
      'no database was written to DB: the sources have no OSV records',
    ],
    [
      'another ecosystem',
      async () => [
        await zipFile(Object.fromEntries(Object.entries(many(0, 10)).map(([name, text]) => [name, text.replace('"npm"', '"PyPI"')]))),
      ],
      'database DB stays as it is: the new one has nothing for npm; remove the file to build it without regard to it',
    ],
  ])('%s', async (_, second, message) => {
    expect(await attempt([await zipFile(many(0, 10))], await second())).toEqual({ same: true, message })
  })

  test('but by one that is as good', async () => {
    expect(await attempt([await zipFile(many(0, 10))], [await zipFile(many(0, 11, '2024-02-01T00:00:00Z'))])).toEqual({
      same: false,
      message: '',
    })
  })

  test('nor by one without the scores or the catalogue that it has', () => {
    const description = {
      format: 1,
      built: '',
      newest: '',
      records: 1,
      unread: 0,
      packages: 1,
      exploited: 5,
      scores: 5,
      sources: [],
      ecosystems: [],
    }
    expect(worseThan({ ...description, exploited: 0 }, description)).toBe('the new one has no catalogue of exploited vulnerabilities')
    expect(worseThan({ ...description, scores: 0 }, description)).toBe('the new one has no EPSS scores')
    expect(worseThan(description, description)).toBeUndefined()
  })

  test('a file that is no database is worth nothing, and nothing is left beside', async () => {
    const folder = await mkdtemp(join(root, 'place-'))
    const output = join(folder, 'a.db')
    await writeFile(output, 'old')
    await build(output, [await zipFile(many(0, 3))])
    expect((await describeDatabase(output)).records).toBe(3)
    await expect(build(output, [await zipFile({})])).rejects.toThrow()
    expect(await readdir(folder)).toEqual(['a.db'])
  })
})

describe('a database that comes as bytes', () => {
  async function* chunksOf(bytes: Uint8Array, size = 1000): AsyncIterable<Uint8Array> {
    for (let start = 0; start < bytes.length; start += size) yield bytes.subarray(start, start + size)
  }

  test('is put in its place when it is sound', async () => {
    const built = freshOutput()
    await build(built, [await zipFile({ 'A-1.json': json({ id: 'A-1' }) })])
    const output = freshOutput()
    expect(await receiveDatabase(chunksOf(await readFile(built)), output, signal)).toEqual(await describeDatabase(built))
    expect((await find(output)).problems).toHaveLength(1)
  })

  test('is not when it is cut short, when its stream fails, or when it is something else', async () => {
    const built = freshOutput()
    await build(built, [await zipFile({ 'A-1.json': json({ id: 'A-1' }) })])
    const bytes = await readFile(built)
    const output = freshOutput()
    await expect(receiveDatabase(chunksOf(bytes.subarray(0, bytes.length >> 1)), output, signal)).rejects.toThrow(
      /is no advisory database|is damaged/,
    )
    await expect(receiveDatabase(chunksOf(Buffer.from('<html>')), output, signal)).rejects.toThrow('is no advisory database')
    async function* failing(): AsyncIterable<Uint8Array> {
      yield bytes.subarray(0, 100)
      throw new Error('digest does not fit')
    }
    await expect(receiveDatabase(failing(), output, signal)).rejects.toThrow('digest does not fit')
    await expect(stat(output)).rejects.toThrow('ENOENT')
  })
})

describe('addresses', () => {
  test('a bucket in the layout of OSV’s is read by its list', async () => {
    await using server = await fileServer({
      '/ecosystems.txt': 'npm\nDebian\nDebian:12\nRocky Linux\n',
      '/npm/all.zip': zipOf({ 'A-1.json': json({ id: 'A-1' }) }),
      '/Debian/all.zip': zipOf({ 'A-2.json': json({ id: 'A-2', ecosystem: 'Debian:12' }) }),
      '/Rocky%20Linux/all.zip': zipOf({ 'A-3.json': json({ id: 'A-3', ecosystem: 'Rocky Linux:9' }) }),
    })
    const description = await build(freshOutput(), [server.address])
    expect(description.sources).toEqual([
      { name: `${server.address}/npm/all.zip`, records: 1, modified: '2024-05-06T07:08:09.000Z' },
      { name: `${server.address}/Debian/all.zip`, records: 1, modified: '2024-05-06T07:08:09.000Z' },
      { name: `${server.address}/Rocky%20Linux/all.zip`, records: 1, modified: '2024-05-06T07:08:09.000Z' },
    ])
    expect(server.requests).not.toContain('/Debian%3A12/all.zip')
  })

  test('only some of its ecosystems, and single files', async () => {
    await using server = await fileServer({
      '/npm/all.zip': zipOf({ 'A-1.json': json({ id: 'A-1' }) }),
      '/kev.json': JSON.stringify({ catalogVersion: '1', vulnerabilities: [{ cveID: 'CVE-2024-0001' }] }),
    })
    const description = await build(freshOutput(), [server.address, `${server.address}/kev.json`], { ecosystems: ['npm'] })
    expect([description.records, description.exploited]).toEqual([1, 1])
    expect(server.requests).toEqual(['/npm/all.zip', '/kev.json'])
  })

  test('one that does not answer ends the build', async () => {
    await using server = await fileServer({ '/ecosystems.txt': 'npm\n' })
    const output = freshOutput()
    await expect(build(output, [server.address])).rejects.toThrow(`"${server.address}/npm/all.zip" answered 404`)
    await expect(stat(output)).rejects.toThrow('ENOENT')
  })
})
