import { describe, expect, test } from 'vitest'
import { findVulnerabilities } from '../../src/advisories/find.ts'
import type { AdvisorySource } from '../../src/advisories/source.ts'
import { distributionOf, osvRecord, packageOf, recordSource } from '../builders/advisories.ts'

const signal = new AbortController().signal
const left = packageOf({ type: 'npm', name: 'left', version: '1.0.0', path: 'app/node_modules/left/package.json', layer: 'sha256:aa' })

const find = (
  sources: readonly AdvisorySource[],
  packages = [left],
  distribution = undefined as ReturnType<typeof distributionOf> | undefined,
) => findVulnerabilities({ packages, ...(distribution === undefined ? {} : { distribution }) }, sources, signal)

describe('a finding', () => {
  test('says what is affected, how bad it is and what fixes it', async () => {
    const record = osvRecord({
      id: 'GHSA-aaaa-bbbb-cccc',
      with: {
        aliases: ['CVE-2024-0001'],
        summary: 'Left pads\n  without end',
        severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H' }],
        references: [
          { type: 'WEB', url: 'https://example.org/1' },
          { type: 'WEB', url: 'javascript:alert(1)' },
        ],
      },
    })
    expect(await find([recordSource([record])])).toEqual({
      problems: [
        {
          rule: 'CVE-2024-0001',
          check: 'vulnerability',
          severity: 'critical',
          score: 9.8,
          title: 'Left pads without end',
          message: 'left 1.0.0 is affected; fixed in 2.0.0',
          package: {
            name: 'left',
            version: '1.0.0',
            purl: 'pkg:npm/left@1.0.0',
            fixed: '2.0.0',
            fixedAll: '2.0.0',
            layer: 'sha256:aa',
            path: 'app/node_modules/left/package.json',
          },
          aliases: ['GHSA-aaaa-bbbb-cccc'],
          references: ['https://example.org/1'],
        },
      ],
      gaps: [],
    })
  })

  test('is one for records that are aliases of one another, fixed only where all of them are', async () => {
    const records = [
      osvRecord({
        id: 'GHSA-aaaa-bbbb-cccc',
        events: ['introduced 0', 'fixed 1.5.0'],
        with: { aliases: ['CVE-2024-0001'], database_specific: { severity: 'HIGH' } },
      }),
      osvRecord({ id: 'CVE-2024-0001', events: ['introduced 0', 'fixed 1.6.0'] }),
      osvRecord({ id: 'NPM-7', events: ['introduced 0', 'fixed 1.4.0'], with: { aliases: ['GHSA-aaaa-bbbb-cccc'] } }),
      osvRecord({ id: 'NPM-8', events: ['introduced 0', 'fixed 1.4.0'] }),
    ]
    const { problems } = await find([recordSource(records)])
    expect(problems.map(({ rule, aliases, severity, package: item }) => [rule, aliases, severity, item?.fixed])).toEqual([
      ['CVE-2024-0001', ['GHSA-aaaa-bbbb-cccc', 'NPM-7'], 'high', '1.6.0'],
      ['NPM-8', [], 'unknown', '1.4.0'],
    ])
  })

  test('says which version fixes all of the package’s findings, of those that can be fixed', async () => {
    const records = [
      osvRecord({ id: 'A-1', events: ['introduced 0', 'fixed 1.5.0'] }),
      osvRecord({ id: 'A-2', events: ['introduced 0', 'fixed 1.2.0', 'introduced 1.5.0', 'fixed 1.10.0'] }),
      osvRecord({ id: 'A-3', events: ['introduced 0'] }),
    ]
    const { problems } = await find([recordSource(records)])
    expect(problems.map(({ rule, package: item }) => [rule, item?.fixed, item?.fixedAll])).toEqual([
      ['A-1', '1.5.0', '1.10.0'],
      ['A-2', '1.2.0', '1.10.0'],
      ['A-3', undefined, '1.10.0'],
    ])
  })

  test('names the source that the distribution’s advisory speaks of', async () => {
    const item = packageOf({ type: 'deb', name: 'bsdutils', version: '1:2.36.1-8', source: 'util-linux', sourceVersion: '2.36.1-8' })
    const record = osvRecord({
      id: 'DSA-1-1',
      ecosystem: 'Debian:11',
      name: 'util-linux',
      events: ['introduced 0', 'fixed 2.36.1-8+deb11u1'],
    })
    const { problems } = await find([recordSource([record])], [item], distributionOf('debian', '11'))
    expect(problems.map(({ message }) => message)).toEqual([
      'bsdutils 1:2.36.1-8 (built from util-linux 2.36.1-8) is affected; fixed in 2.36.1-8+deb11u1',
    ])
  })

  test('is rated by the alias where its own record gives no rating', async () => {
    const item = packageOf({ type: 'apk', name: 'zlib', version: '1.2.11-r3' })
    const own = osvRecord({
      id: 'ALPINE-CVE-2024-0001',
      ecosystem: 'Alpine:v3.20',
      name: 'zlib',
      events: ['introduced 0', 'fixed 1.2.12-r0'],
      with: { upstream: ['CVE-2024-0001'] },
    })
    const upstream = osvRecord({
      id: 'CVE-2024-0001',
      name: 'other',
      with: { severity: [{ type: 'CVSS_V3', score: 'CVSS:3.1/AV:L/AC:L/PR:L/UI:N/S:U/C:H/I:H/A:H' }] },
    })
    const { problems } = await find([recordSource([own, upstream])], [item], distributionOf('alpine', '3.20.3'))
    expect(problems.map(({ rule, aliases, severity, score }) => [rule, aliases, severity, score])).toEqual([
      ['CVE-2024-0001', ['ALPINE-CVE-2024-0001'], 'high', 7.8],
    ])
  })

  test('of an erratum on several vulnerabilities is one, unless each of them is judged on its own', async () => {
    const item = packageOf({ type: 'deb', name: 'apache2', version: '2.4.51-1' })
    const on = { ecosystem: 'Debian:11', name: 'apache2', events: ['introduced 0', 'fixed 2.4.52-1'] }
    const erratum = osvRecord({ id: 'DSA-5035-1', ...on, with: { upstream: ['CVE-2021-44224', 'CVE-2021-44790'] } })
    const first = osvRecord({ id: 'DEBIAN-CVE-2021-44224', ...on, with: { upstream: ['CVE-2021-44224'] } })
    const second = osvRecord({ id: 'DEBIAN-CVE-2021-44790', ...on, with: { upstream: ['CVE-2021-44790'] } })
    const rules = async (records: readonly Record<string, unknown>[]) =>
      (await find([recordSource(records)], [item], distributionOf('debian', '11'))).problems.map(({ rule, aliases }) => [rule, aliases])
    expect(await rules([erratum])).toEqual([['DSA-5035-1', ['CVE-2021-44224', 'CVE-2021-44790']]])
    expect(await rules([erratum, first])).toEqual([
      ['CVE-2021-44224', ['DEBIAN-CVE-2021-44224']],
      ['DSA-5035-1', ['CVE-2021-44224', 'CVE-2021-44790']],
    ])
    expect(await rules([erratum, first, second])).toEqual([
      ['CVE-2021-44224', ['DEBIAN-CVE-2021-44224', 'DSA-5035-1']],
      ['CVE-2021-44790', ['DEBIAN-CVE-2021-44790', 'DSA-5035-1']],
    ])
  })

  test('is not made of a withdrawn record, of another release or of another package', async () => {
    const item = packageOf({ type: 'deb', name: 'apache2', version: '2.4.51-1' })
    const on = { ecosystem: 'Debian:11', name: 'apache2', events: ['introduced 0'] }
    const records = [
      osvRecord({ ...on, id: 'A-1', with: { withdrawn: '2024-02-01T00:00:00Z' } }),
      osvRecord({ ...on, id: 'A-2', ecosystem: 'Debian:12' }),
      osvRecord({ ...on, id: 'A-3', ecosystem: 'Ubuntu:22.04:LTS' }),
      osvRecord({ ...on, id: 'A-4', name: 'apache' }),
      osvRecord({ ...on, id: 'A-5' }),
      osvRecord({ ...on, id: 'A-6', ecosystem: 'Debian' }),
    ]
    const { problems } = await find([recordSource(records)], [item], distributionOf('debian', '11'))
    expect(problems.map(({ rule }) => rule)).toEqual(['A-5', 'A-6'])
  })

  test('shows that it is exploited', async () => {
    const source = recordSource([osvRecord({ id: 'CVE-2024-0001' })], {
      exploitation: () => Promise.resolve(new Map([['CVE-2024-0001', { knownExploited: true, epss: 0.97 }]])),
    })
    const { problems } = await find([source])
    expect(problems.map(({ knownExploited, epss }) => [knownExploited, epss])).toEqual([[true, 0.97]])
  })

  test('follows the record that was modified last, whichever source has it', async () => {
    const old = recordSource([osvRecord({ modified: '2024-01-01T00:00:00Z' })])
    const renewed = recordSource([osvRecord({ modified: '2024-06-01T00:00:00Z', events: ['introduced 0', 'fixed 0.9.0'] })])
    expect((await find([old, renewed])).problems).toEqual([])
    expect((await find([renewed, old])).problems).toEqual([])
    expect((await find([old])).problems).toHaveLength(1)
  })
})

describe('never silently fewer findings', () => {
  test('an ecosystem that no source has data for is a gap', async () => {
    const source = recordSource([], { covered: () => Promise.resolve(new Set(['PyPI'])) })
    const other = packageOf({ type: 'npm', name: 'right', version: '1.0.0' })
    expect((await find([source], [left, other])).gaps).toEqual([
      { message: 'no advisory source has data for "npm": 2 packages not matched' },
    ])
    expect((await find([], [left])).gaps).toEqual([{ message: 'no advisory source has data for "npm": 1 package not matched' }])
  })

  test('a source that fails is a gap, and the others are still asked', async () => {
    const broken: AdvisorySource = recordSource([], {
      name: 'mirror',
      // biome-ignore lint/correctness/useYield: it fails before it has anything.
      async *records() {
        throw new Error('connection lost')
      },
    })
    const { problems, gaps } = await find([broken, recordSource([osvRecord()])])
    expect(problems).toHaveLength(1)
    expect(gaps).toEqual([{ message: 'advisories of mirror: connection lost' }])
  })

  test('a record that breaks the schema is a gap, and the others are still matched', async () => {
    const { problems, gaps } = await find([recordSource([osvRecord({ id: 'A-1', with: { affected: 7 } }), osvRecord({ id: 'A-2' })])])
    expect(problems.map(({ rule }) => rule)).toEqual(['A-2'])
    expect(gaps).toEqual([{ message: 'advisories of test records: record A-1: affected is 7, expected a list' }])
  })

  test('a version that cannot be read is a gap of the package, and only where a record speaks of it', async () => {
    const devel = packageOf({ type: 'golang', name: 'example.org/shop', version: '(devel)', path: 'usr/bin/shop' })
    const record = osvRecord({
      id: 'GO-1',
      ecosystem: 'Go',
      name: 'example.org/shop',
      type: 'SEMVER',
      events: ['introduced 0', 'fixed 1.0.0'],
    })
    expect((await find([recordSource([record])], [devel])).gaps).toEqual([
      {
        path: 'usr/bin/shop',
        message: '"example.org/shop": whether GO-1 affects "(devel)" is not known: "(devel)" is no semantic version',
      },
    ])
    expect((await find([recordSource([])], [devel])).gaps).toEqual([])
  })

  test('a package that no ecosystem can be asked for is a gap, once for its kind', async () => {
    const items = ['numpy', 'scipy'].map((name) => packageOf({ type: 'conda', name, version: '1.0' }))
    expect((await find([recordSource([])], items)).gaps).toEqual([
      { message: 'no OSV ecosystem has advisories for packages of type "conda": 2 packages not matched' },
    ])
  })

  test('what a source tells of itself is a gap', async () => {
    const source = recordSource([], {
      // biome-ignore lint/correctness/useYield: it has only this to say.
      async *records(_queries, gap) {
        gap('all.zip was cut short')
      },
    })
    expect((await find([source])).gaps).toEqual([{ message: 'all.zip was cut short' }])
  })

  test('an aborted run rejects', async () => {
    const controller = new AbortController()
    const source = recordSource([], {
      // biome-ignore lint/correctness/useYield: it is stopped before it has anything.
      async *records(_queries, _gap, stopped) {
        controller.abort(new Error('stopped'))
        stopped.throwIfAborted()
      },
    })
    await expect(findVulnerabilities({ packages: [left] }, [source], controller.signal)).rejects.toThrow('stopped')
  })
})

test('what many packages share is asked for once', async () => {
  const items = ['libssl3', 'libcrypto3', 'openssl'].map((name) => packageOf({ type: 'apk', name, version: '3.1.4-r5', source: 'openssl' }))
  const source = recordSource([])
  await find([source], items, distributionOf('alpine', '3.20.3'))
  expect(source.asked).toEqual([[{ ecosystem: 'Alpine:v3.20', name: 'openssl', version: '3.1.4-r5' }]])
})
