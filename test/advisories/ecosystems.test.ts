import { describe, expect, test } from 'vitest'
import { distributions } from '../../src/advisories/distributions.ts'
import { queriesFor } from '../../src/advisories/ecosystems.ts'
import { orderOf } from '../../src/advisories/versions/orders.ts'
import { distributionOf, packageOf } from '../builders/advisories.ts'

const openssl = { name: 'libssl3', version: '3.0.1-1', source: 'openssl', sourceVersion: '3.0.1' }

describe('a package of a distribution', () => {
  test.each<[string, string, string, 'apk' | 'deb' | 'rpm', string, string]>([
    ['almalinux', '9.4', '', 'rpm', 'AlmaLinux:9', 'libssl3'],
    ['alpaquita', '23', '', 'apk', 'Alpaquita:23', 'openssl'],
    ['alpine', '3.20.3', '', 'apk', 'Alpine:v3.20', 'openssl'],
    ['azurelinux', '3.0', '', 'rpm', 'Azure Linux:3', 'libssl3 openssl'],
    ['chainguard', '20230214', '', 'apk', 'Chainguard', 'openssl'],
    ['debian', '12', '', 'deb', 'Debian:12', 'openssl'],
    ['mageia', '9', '', 'rpm', 'Mageia:9', 'openssl'],
    ['minimos', '20241031', '', 'apk', 'MinimOS', 'openssl'],
    ['openEuler', '22.03', 'openEuler 22.03 (LTS-SP3)', 'rpm', 'openEuler:22.03-LTS-SP3', 'libssl3 openssl'],
    ['openEuler', '24.09', 'openEuler 24.09', 'rpm', 'openEuler:24.09', 'libssl3 openssl'],
    ['opensuse-leap', '15.6', '', 'rpm', 'openSUSE:Leap 15.6', 'libssl3 openssl'],
    ['opensuse-tumbleweed', '20240901', '', 'rpm', 'openSUSE:Tumbleweed', 'libssl3 openssl'],
    ['photon', '5.0', '', 'rpm', 'Photon OS:5.0', 'libssl3 openssl'],
    ['rocky', '9.3', '', 'rpm', 'Rocky Linux:9', 'libssl3 openssl'],
    ['ubuntu', '22.04', '', 'deb', 'Ubuntu:22.04:LTS', 'openssl'],
    ['ubuntu', '24.10', '', 'deb', 'Ubuntu:24.10', 'openssl'],
    ['ubuntu', '23.04', '', 'deb', 'Ubuntu:23.04', 'openssl'],
    ['wolfi', '20230201', '', 'apk', 'Wolfi', 'openssl'],
  ])('%s %s (%s, %s) is asked in %s as %s', (id, version, name, type, ecosystem, asked) => {
    const expected = asked.split(' ').map((named) => ({ ecosystem, name: named, version: named === 'openssl' ? '3.0.1' : '3.0.1-1' }))
    expect(queriesFor(packageOf({ type, ...openssl }), distributionOf(id, version, name === '' ? {} : { name }))).toEqual({
      queries: expected,
    })
  })

  test.each([
    ['pkg:rpm/almalinux/libgomp@8.5.0-28.el8_10.alma.1', 'rpm', '8.5.0-28.el8_10.alma.1', 'AlmaLinux:8'],
    ['pkg:rpm/almalinux/libgomp@11.5?arch=x86_64&distro=almalinux-9.4', 'rpm', '11.5', 'AlmaLinux:9'],
    ['pkg:apk/alpine/libgomp@14-r0?distro=alpine-3.22', 'apk', '14-r0', 'Alpine:v3.22'],
  ] as const)('%s within an image of Debian is asked of its own', (purl, type, version, ecosystem) => {
    const item = { ...packageOf({ type, name: 'libgomp', version }), purl }
    expect(queriesFor(item, distributionOf('debian', '12'))).toEqual({ queries: [{ ecosystem, name: 'libgomp', version }] })
  })

  test.each(['pkg:rpm/almalinux/libgomp@8.5.0', 'pkg:rpm/centos/libgomp@4.8.5-44.el7', 'pkg:rpm/libgomp@8.5.0-28.el8'])(
    '%s does not say of which release that has advisories, and is a gap',
    (purl) => {
      const version = purl.slice(purl.indexOf('@') + 1)
      expect(queriesFor({ ...packageOf({ type: 'rpm', name: 'libgomp', version }), purl }, distributionOf('debian', '12'))).toEqual({
        queries: [],
        gap: 'advisories for "debian 12" speak of deb packages, not of rpm packages',
      })
    },
  )

  test('a Debian release without a number is told by its codename', () => {
    expect(
      queriesFor(packageOf({ type: 'deb', ...openssl }), distributionOf('debian', '', { codename: 'trixie' })).queries[0]?.ecosystem,
    ).toBe('Debian:13')
  })

  test('Red Hat and SUSE are asked in each of their products', () => {
    const item = packageOf({ type: 'rpm', ...openssl })
    const ecosystems = (id: string, version: string) =>
      queriesFor(item, distributionOf(id, version)).queries.map((query) => query.ecosystem)
    expect(ecosystems('rhel', '9.2')).toEqual([
      'Red Hat:enterprise_linux:9::baseos',
      'Red Hat:enterprise_linux:9::appstream',
      'Red Hat:enterprise_linux:9::crb',
    ])
    expect(ecosystems('sles', '15.5')).toContain('SUSE:Linux Enterprise Module for Basesystem 15 SP5')
    expect(ecosystems('sles', '15.5')).toContain('SUSE:Linux Enterprise Server 15 SP5')
  })

  test.each<[string, ReturnType<typeof distributionOf> | undefined, string]>([
    ['no release file', undefined, 'no release file says which distribution packages of type deb are from'],
    [
      'a distribution that OSV does not have',
      distributionOf('gentoo', '2.15'),
      'no OSV ecosystem has advisories for packages of the distribution "gentoo 2.15"',
    ],
    ['a release that cannot be told', distributionOf('debian', ''), 'no OSV ecosystem has advisories for the release "debian"'],
    [
      'packages of another manager',
      distributionOf('alpine', '3.20.3'),
      'advisories for "alpine 3.20.3" speak of apk packages, not of deb packages',
    ],
    [
      'a name that objects have',
      distributionOf('constructor', '1'),
      'no OSV ecosystem has advisories for packages of the distribution "constructor 1"',
    ],
  ])('%s is a gap', (_, distribution, gap) => {
    expect(queriesFor(packageOf({ type: 'deb', ...openssl }), distribution)).toEqual({ queries: [], gap })
  })

  test('Alpine’s development branch is a gap, since its versions are of no release', () => {
    expect(queriesFor(packageOf({ type: 'apk', ...openssl }), distributionOf('alpine', '3.21_alpha20240807')).gap).toBe(
      'no OSV ecosystem has advisories for the release "alpine 3.21_alpha20240807"',
    )
  })

  test.each<[string, Parameters<typeof packageOf>[0], string, string]>([
    ['linux-libc-dev', { type: 'deb', name: 'linux-libc-dev', version: '6.1.0-1', source: 'linux' }, 'debian', '12'],
    [
      'linux-headers of a flavour',
      { type: 'deb', name: 'linux-headers-6.1.0-18-amd64', version: '6.1.0-1', source: 'linux' },
      'debian',
      '12',
    ],
    [
      'Ubuntu’s headers',
      { type: 'deb', name: 'linux-headers-5.15.0-91-generic', version: '5.15.0-91', source: 'linux-hwe-5.15' },
      'ubuntu',
      '22.04',
    ],
    ['kernel-headers', { type: 'rpm', name: 'kernel-headers', version: '5.14.0-1.el9' }, 'almalinux', '9.4'],
    ['a key in the package database', { type: 'rpm', name: 'gpg-pubkey', version: 'b86b3716-61e69f29' }, 'almalinux', '9.4'],
  ])('%s brings no advisories and no gap', (_, parts, id, version) => {
    expect(queriesFor(packageOf(parts), distributionOf(id, version))).toEqual({ queries: [] })
  })

  test('the kernel itself is asked for', () => {
    expect(
      queriesFor(
        packageOf({ type: 'deb', name: 'linux-image-6.1.0-18-amd64', version: '6.1.76-1', source: 'linux' }),
        distributionOf('debian', '12'),
      ).queries,
    ).toHaveLength(1)
    expect(
      queriesFor(packageOf({ type: 'rpm', name: 'kernel-core', version: '5.14.0-1.el9' }), distributionOf('almalinux', '9')).queries,
    ).toHaveLength(1)
  })
})

describe('a package of a language', () => {
  test.each<[string, string, string, string, string, string]>([
    ['cargo', 'serde_json', '1.0.0', 'crates.io', 'serde-json', '1.0.0'],
    ['composer', 'Symfony/HTTP-Kernel', '5.4.0', 'Packagist', 'symfony/http-kernel', '5.4.0'],
    ['gem', 'rails', '7.0.0', 'RubyGems', 'rails', '7.0.0'],
    ['golang', 'github.com/Acme/Shop', 'v1.2.3', 'Go', 'github.com/Acme/Shop', 'v1.2.3'],
    ['golang', 'stdlib', 'go1.22rc1', 'Go', 'stdlib', '1.22.0-rc.1'],
    ['golang', 'stdlib', 'go1.21.5 X:boringcrypto', 'Go', 'stdlib', '1.21.5'],
    ['maven', 'org.apache.logging.log4j:log4j-core', '2.14.1', 'Maven', 'org.apache.logging.log4j:log4j-core', '2.14.1'],
    ['npm', '@acme/shop', '1.0.0', 'npm', '@acme/shop', '1.0.0'],
    ['nuget', 'Newtonsoft.Json', '12.0.1', 'NuGet', 'newtonsoft.json', '12.0.1'],
    ['pypi', 'Zope.Interface_x', '5.0', 'PyPI', 'zope-interface-x', '5.0'],
    ['bitnami', 'apache', '2.4.57-3', 'Bitnami', 'apache', '2.4.57'],
  ])('of type %s, %s %s is asked in %s as %s %s', (type, name, version, ecosystem, asked, askedVersion) => {
    expect(queriesFor(packageOf({ type, name, version }), undefined)).toEqual({
      queries: [{ ecosystem, name: asked, version: askedVersion }],
    })
  })

  test('is not asked for where the distribution owns its file and has advisories of its own', () => {
    const item = packageOf({ type: 'pypi', name: 'requests', version: '2.28.1', ownedBySystem: true })
    expect(queriesFor(item, distributionOf('debian', '12'))).toEqual({ queries: [] })
    expect(queriesFor(item, distributionOf('gentoo', '2.15')).queries).toHaveLength(1)
    expect(queriesFor(item, undefined).queries).toHaveLength(1)
  })

  test('of an unknown type is a gap', () => {
    expect(queriesFor(packageOf({ type: 'conda', name: 'numpy', version: '1.26' }), undefined)).toEqual({
      queries: [],
      gap: 'no OSV ecosystem has advisories for packages of type "conda"',
    })
  })
})

test('every distribution has a version order', () => {
  const releases = ['', '1', '9.4', '15.5', '22.04', '3.20.3', 'stream']
  const without = distributions
    .flatMap((entry) => releases.flatMap((version) => entry.ecosystems(distributionOf(entry.ids[0] ?? '', version))))
    .filter((ecosystem) => orderOf(ecosystem) === undefined)
  expect(without).toEqual([])
})
