import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { api } from '../../src/advisories/api.ts'
import { buildDatabase } from '../../src/advisories/build-database.ts'
import { openDatabase } from '../../src/advisories/database.ts'
import { queriesFor } from '../../src/advisories/ecosystems.ts'
import { directory } from '../../src/advisories/files-source.ts'
import { findVulnerabilities } from '../../src/advisories/find.ts'
import { smallestFix } from '../../src/advisories/match.ts'
import { matchPackages } from '../../src/advisories/match-packages.ts'
import { readAdvisory } from '../../src/advisories/osv.ts'
import type { AdvisorySource } from '../../src/advisories/source.ts'
import { openZip } from '../../src/advisories/zip.ts'
import type { Package } from '../../src/findings.ts'
import { createHttp } from '../../src/http.ts'
import { packageOf } from '../builders/advisories.ts'
import { type OsvServer, osvServer } from '../builders/osv-server.ts'
import { bruteForce, type RawRecord } from './brute-force.ts'
import { conformance, hasConformance, imagesWithFindings, readExpected, readInventory } from './conformance-images.ts'

const signal = new AbortController().signal
const ownIds = /^(ALPINE|ALSA|DSA)-/

async function readAllRecords(): Promise<readonly RawRecord[]> {
  const records: RawRecord[] = []
  for (const folder of await readdir(join(conformance, 'osv'), { withFileTypes: true })) {
    if (!folder.isDirectory() || folder.name === 'kev') continue
    const zip = await openZip(join(conformance, 'osv', folder.name, 'all.zip'))
    for await (const entry of zip.entries()) records.push(JSON.parse((await zip.read(entry)).toString('utf8')))
    await zip.close()
  }
  return records
}

/** Packages of every language at the versions that records name, and one step beside them. */
function languagePackages(records: readonly RawRecord[]): readonly Package[] {
  const types: ReadonlyMap<string, string> = new Map([
    ['Go', 'golang'],
    ['PyPI', 'pypi'],
    ['crates.io', 'cargo'],
    ['Bitnami', 'bitnami'],
  ])
  const seen = new Map<string, Package>()
  for (const record of records) {
    for (const { package: named, ranges = [], versions = [] } of record.affected ?? []) {
      const type = types.get(named?.ecosystem ?? '')
      if (named === undefined || type === undefined || named.name === 'stdlib' || named.name === 'toolchain') continue
      const bounds = ranges
        .filter((range) => range.type !== 'GIT')
        .flatMap((range) => range.events.flatMap((event) => Object.values(event)))
      for (const version of [...bounds, ...versions.slice(0, 3)]) {
        if (version === '0' || (type === 'bitnami' && /-\d+$/.test(version))) continue
        const item = packageOf({ type, name: named.name, version })
        seen.set(item.purl, item)
      }
    }
  }
  return [...seen.values()]
}

describe.skipIf(!hasConformance)('the public images against the public advisories', () => {
  let folder = ''
  let records: readonly RawRecord[] = []
  let server: OsvServer
  let database: AdvisorySource & { close(): void }
  let sources: readonly AdvisorySource[]

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'advisories-'))
    records = await readAllRecords()
    server = await osvServer(records as unknown as readonly Record<string, unknown>[])
    const output = join(folder, 'advisories.db')
    await buildDatabase({ output, sources: [join(conformance, 'osv')], http: createHttp({ offline: true }), now: new Date(0) }, signal)
    database = await openDatabase(output)
    sources = [directory(join(conformance, 'osv')), database, api(new URL(server.address), { http: createHttp() })]
  }, 120_000)
  afterAll(async () => {
    database.close()
    await server[Symbol.asyncDispose]()
    await rm(folder, { recursive: true })
  })

  test.each(imagesWithFindings)(
    '$name has the expected findings, no more and no fewer, from each of the three kinds of source',
    async (image) => {
      const expected = readExpected(image).map((finding) => `${finding.package} ${finding.advisory}`)
      for (const source of sources) {
        const { problems, gaps } = await findVulnerabilities(
          { packages: readInventory(image), distribution: image.distribution },
          [source],
          signal,
        )
        expect(gaps).toEqual([])
        const found = problems.flatMap((problem) =>
          [problem.rule, ...(problem.aliases ?? [])].filter((id) => ownIds.test(id)).map((id) => `${problem.package?.name} ${id}`),
        )
        expect(found.toSorted(), source.name).toEqual(expected.toSorted())
      }
    },
  )

  test.each(imagesWithFindings)('$name is fixed by the version that each advisory names', (image) => {
    const queried = readInventory(image).map((item) => ({ package: item, queries: queriesFor(item, image.distribution).queries }))
    const matches = matchPackages(queried, records.map(readAdvisory), () => undefined)
    const found = matches.map(
      (match) => `${match.package.name} ${match.advisory.id} ${smallestFix(match.query.version, match.entries, match.orders)}`,
    )
    expect(found.toSorted()).toEqual(
      readExpected(image)
        .map((finding) => `${finding.package} ${finding.advisory} ${finding.fixed}`)
        .toSorted(),
    )
  })

  test.each(imagesWithFindings)('$name: the three kinds of source give one report, exploitation apart', async (image) => {
    const input = { packages: readInventory(image), distribution: image.distribution }
    const [first, ...others] = await Promise.all(
      sources.map(
        async (source) =>
          (await findVulnerabilities(input, [{ ...source, exploitation: () => Promise.resolve(new Map()) }], signal)).problems,
      ),
    )
    for (const other of others) expect(other).toEqual(first)
    const [fromFolder, fromDatabase] = await Promise.all(sources.slice(0, 2).map((source) => findVulnerabilities(input, [source], signal)))
    expect(fromDatabase).toEqual(fromFolder)
  })

  test('a checker that knows nothing of the matcher agrees on every record, on both sides of every bound', async () => {
    // A third is enough for every kind of range, and keeps the suite quick.
    const packages = languagePackages(records).filter((_, index) => index % 3 === 0)
    expect(packages.length).toBeGreaterThan(1500)
    const byName = Map.groupBy(
      records.flatMap((record) =>
        [...new Set((record.affected ?? []).map((entry) => entry.package?.name.toLowerCase()))].map((name) => ({ name, record })),
      ),
      ({ name }) => name,
    )
    const queried = packages.map((item) => ({ package: item, queries: queriesFor(item, undefined).queries }))
    const gaps: string[] = []
    const matches = Map.groupBy(
      matchPackages(queried, records.map(readAdvisory), (message) => gaps.push(message)),
      (match) => match.package,
    )
    expect(gaps).toEqual([])
    const wrong = queried.flatMap(({ package: item, queries: [query] }) => {
      if (query === undefined) return [item.purl]
      // Names that differ by more than case are compared in names.test.ts.
      const candidates = (byName.get(item.name.toLowerCase()) ?? []).map(({ record }) => record)
      const expected = bruteForce(candidates, { ecosystem: query.ecosystem, name: item.name, version: item.version })
      const found = (matches.get(item) ?? []).map((match) => match.advisory.id)
      return expected.toSorted().join() === found.toSorted().join()
        ? []
        : [`${item.purl}: expected ${expected.join()}, found ${found.join()}`]
    })
    expect(wrong).toEqual([])
  })

  test('the database gives for packages of every language what the folder gives', async () => {
    const packages = languagePackages(records).filter((_, index) => index % 20 === 0)
    const [folderSource, databaseSource] = sources as [AdvisorySource, AdvisorySource]
    const [fromFolder, fromDatabase] = [
      await findVulnerabilities({ packages }, [folderSource], signal),
      await findVulnerabilities({ packages }, [databaseSource], signal),
    ]
    expect(fromDatabase.gaps).toEqual(fromFolder.gaps)
    expect(fromDatabase.problems.length).toBeGreaterThan(2000)
    expect(fromDatabase.problems).toEqual(fromFolder.problems)
  })
})
