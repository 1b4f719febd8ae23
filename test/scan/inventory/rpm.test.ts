import { expect, test } from 'vitest'
import { rpm } from '../../../src/scan/inventory/rpm.ts'
import { berkeleyHash, ndb, type RpmPackage, rpmdbSqlite, rpmHeader } from '../../builders/rpmdb.ts'
import { readFormat, summary } from './read-format.ts'

const packages: RpmPackage[] = [
  { name: 'bash', version: '5.1.8', release: '6.el9', source: 'bash-5.1.8-6.el9.src.rpm', files: ['/usr/bin/bash', '/etc/skel/.bashrc'] },
  { name: 'bind-libs', version: '9.16.23', release: '5.el9_1', epoch: 32, source: 'bind-9.16.23-5.el9_1.src.rpm', paddingBytes: 20_000 },
  { name: 'npm', version: '8.19.4', release: '1.16', module: 'nodejs:18:9010020230419:rhel9', source: 'nodejs-18.1-2.nosrc.rpm' },
]

const forms: readonly [name: string, path: string, make: (headers: Buffer[]) => Buffer][] = [
  ['SQLite', 'var/lib/rpm/rpmdb.sqlite', (headers) => rpmdbSqlite(headers)],
  ['SQLite with pages of 512 bytes', 'usr/share/rpm/rpmdb.sqlite', (headers) => rpmdbSqlite(headers, 512)],
  ['SQLite with pages of 65,536 bytes', 'usr/lib/sysimage/rpm/rpmdb.sqlite', (headers) => rpmdbSqlite(headers, 65_536)],
  ['NDB', 'usr/lib/sysimage/rpm/Packages.db', (headers) => ndb(headers)],
  ['Berkeley DB', 'var/lib/rpm/Packages', (headers) => berkeleyHash(headers)],
  ['Berkeley DB of a big-endian machine', 'var/lib/rpm/Packages', (headers) => berkeleyHash(headers, 'big')],
]

test.each(forms)('%s: every package has epoch, source, module and files', async (_, path, make) => {
  const found = await readFormat(rpm, path, make(packages.map(rpmHeader)), 10_000)
  expect(found).toEqual([
    { kind: 'owns', path: 'usr/bin/bash' },
    { kind: 'owns', path: 'etc/skel/.bashrc' },
    {
      kind: 'package',
      type: 'rpm',
      name: 'bash',
      version: '5.1.8-6.el9',
      source: 'bash',
      sourceVersion: '5.1.8-6.el9',
      architecture: 'x86_64',
    },
    {
      kind: 'package',
      type: 'rpm',
      name: 'bind-libs',
      version: '32:9.16.23-5.el9_1',
      source: 'bind',
      sourceVersion: '32:9.16.23-5.el9_1',
      architecture: 'x86_64',
    },
    {
      kind: 'package',
      type: 'rpm',
      name: 'npm',
      version: '8.19.4-1.16',
      source: 'nodejs',
      sourceVersion: '18.1-2',
      architecture: 'x86_64',
      module: 'nodejs:18:9010020230419:rhel9',
      qualifiers: { rpmmod: 'nodejs:18:9010020230419:rhel9' },
    },
  ])
})

test.each(forms)('%s: hundreds of packages over many pages are all there', async (_, path, make) => {
  const many = Array.from({ length: path.endsWith('Packages') ? 30 : 250 }, (_, at) => ({
    name: `p${at}`,
    version: '1',
    release: '1',
    paddingBytes: at * 40,
  }))
  const { packages: names, gaps } = summary(await readFormat(rpm, path, make(many.map(rpmHeader)), 100_000))
  expect(names.sort()).toEqual(many.map(({ name }) => `${name} 1-1`).sort())
  expect(gaps).toEqual([])
})

/** Whatever is done to the bytes: what is missing is told, by a gap or an error, and the reading ends. */
test.each(forms)('%s: a database that is cut short or damaged never looks whole', async (_, path, make) => {
  const whole = make(packages.map((one) => rpmHeader({ ...one, paddingBytes: 5000 })))
  for (const part of [0.1, 0.4, 0.7, 0.9]) {
    expect(await outcome(path, whole.subarray(0, Math.floor(whole.length * part)))).not.toEqual({ packages: 3, gaps: 0 })
  }
  // Every seventh byte turned over, in one stretch after another.
  for (let start = 0; start < whole.length; start += Math.ceil(whole.length / 40)) {
    const damaged = Buffer.from(whole)
    for (let at = start; at < Math.min(start + 300, whole.length); at += 7) damaged[at] = 0xff - (damaged[at] ?? 0)
    await outcome(path, damaged)
  }
})

async function outcome(path: string, bytes: Buffer): Promise<{ packages: number; gaps: number }> {
  try {
    const { packages: names, gaps } = summary(await readFormat(rpm, path, bytes, 100_000))
    return { packages: names.length, gaps: gaps.length }
  } catch (error) {
    expect(error).toBeInstanceOf(Error)
    expect((error as Error).message).not.toMatch(/undefined|NaN/)
    return { packages: 0, gaps: 1 }
  }
}

test('overflow pages in a circle, and pages that point at their own parents, end', async () => {
  const hash = berkeleyHash([rpmHeader({ ...packages[1], name: 'long', version: '1', release: '1' })])
  hash.writeUInt32LE(2, 2 * 4096 + 16)
  hash.writeUInt32LE(hash.length, 4096 + 4096 - 5 - 5 - 5 - 12 + 8)
  expect((await outcome('var/lib/rpm/Packages', hash)).packages).toBe(0)
  const sqlite = rpmdbSqlite(packages.map(rpmHeader), 512)
  // Every pointer of every interior page leads to page 2.
  for (let page = 512; page < sqlite.length; page += 512) if (sqlite[page] === 5) sqlite.writeUInt32BE(2, page + 8)
  expect((await outcome('var/lib/rpm/rpmdb.sqlite', sqlite)).gaps).toBeGreaterThanOrEqual(0)
})

test('a write-ahead log that holds changes is a gap, an empty one is not', async () => {
  expect(summary(await readFormat(rpm, 'var/lib/rpm/rpmdb.sqlite-wal', 'x')).gaps).toHaveLength(1)
  expect(await readFormat(rpm, 'var/lib/rpm/rpmdb.sqlite-wal', '')).toEqual([])
})

test('a file of another kind in the database’s place is an error', async () => {
  await expect(readFormat(rpm, 'var/lib/rpm/Packages', 'x'.repeat(5000), 5000)).rejects.toThrow('file is no RPM database')
})

test('a header without a version is a gap, and the others are read', async () => {
  const found = await readFormat(
    rpm,
    'var/lib/rpm/Packages.db',
    ndb([rpmHeader({ name: 'x', version: '', release: '1' }), rpmHeader({ name: 'y', version: '1', release: '1' })]),
  )
  expect(summary(found)).toEqual({ packages: ['y 1-1'], gaps: ['header without a name, a version or a release'] })
})

test('records that are pointed at again and again are not read without end', async () => {
  const headers = [rpmHeader({ name: 'long', version: '1', release: '1', paddingBytes: 9000 })]
  const database = ndb(headers)
  for (let slot = 48; slot < 4096; slot += 16) database.copy(database, slot, 32, 48)
  await expect(readFormat(rpm, 'var/lib/rpm/Packages.db', database, 100_000)).rejects.toThrow('packages have more bytes than the file')

  const hash = berkeleyHash(headers)
  const pairs = 200
  for (let pair = 2; pair < pairs; pair++) hash.copy(hash, 4096 + 26 + pair * 4, 4096 + 26 + 4, 4096 + 26 + 8)
  hash.writeUInt16LE(pairs * 2, 4096 + 20)
  const found = summary(await readFormat(rpm, 'var/lib/rpm/Packages', hash, 100_000))
  expect(found.packages.length).toBeLessThan(5)
  expect(found.packages.length + found.gaps.length).toBe(pairs - 1)
  expect(found.gaps[0]).toMatch(/claims \d+ bytes, more than the file has left$/)

  const sqlite = rpmdbSqlite(headers)
  const leaf = [...Array(sqlite.length / 4096).keys()].find(
    (page) =>
      page > 0 && sqlite[page * 4096] === 13 && sqlite.readUInt16BE(page * 4096 + 3) === 1 && sqlite.readUInt16BE(page * 4096 + 5) < 4000,
  )
  const start = (leaf ?? 0) * 4096
  for (let cell = 1; cell < 100; cell++) sqlite.copy(sqlite, start + 8 + cell * 2, start + 8, start + 10)
  sqlite.writeUInt16BE(100, start + 3)
  const rows = summary(await readFormat(rpm, 'var/lib/rpm/rpmdb.sqlite', sqlite, 100_000))
  expect(rows.packages.length).toBeLessThan(5)
  expect(rows.gaps.at(-1)).toMatch(/payload of \d+ bytes, more than the file has left$/)
})

test('a folder’s long name that every file repeats is a gap', async () => {
  const files = Array.from({ length: 1000 }, (_, at) => `/${'x'.repeat(100_000)}/${at}`)
  const found = await readFormat(
    rpm,
    'var/lib/rpm/Packages.db',
    ndb([rpmHeader({ name: 'x', version: '1', release: '1', files })]),
    100_000,
  )
  expect(summary(found)).toEqual({ packages: [], gaps: ['directory of the header has a name of 100002 characters'] })
})
