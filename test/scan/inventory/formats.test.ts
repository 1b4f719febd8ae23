import { readdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { formatFinder, formats } from '../../../src/scan/inventory/formats.ts'

test('the list has every format of its folder, in alphabetical order, each with a test', async () => {
  const names = formats.map(({ name }) => name)
  const folder = await readdir(new URL('../../../src/scan/inventory/', import.meta.url))
  const tests = await readdir(new URL('.', import.meta.url))
  const files = folder.filter((file) => file !== 'format.ts' && file !== 'formats.ts').map((file) => file.replace(/\.ts$/, ''))
  expect(names).toEqual(files.sort())
  expect(names.filter((name) => !tests.includes(`${name}.test.ts`))).toEqual([])
})

const samples: Readonly<Record<string, string>> = {
  apk: 'lib/apk/db/installed',
  composer: 'app/vendor/composer/installed.json',
  conda: 'opt/conda/conda-meta/a-1-0.json',
  cran: 'usr/lib/R/library/a/DESCRIPTION',
  dotnet: 'app/a.deps.json',
  dpkg: 'var/lib/dpkg/status.d/base',
  'dpkg-files': 'var/lib/dpkg/status.d/base.md5sums',
  executable: 'usr/bin/a',
  java: 'app/a.jar',
  node: 'app/node_modules/a/package.json',
  'os-release': 'etc/os-release',
  python: 'lib/a.dist-info/METADATA',
  'release-files': 'etc/debian_version',
  rpm: 'var/lib/rpm/Packages',
  'rpm-manifest': 'var/lib/rpmmanifest/container-manifest-2',
  ruby: 'lib/specifications/a-1.gemspec',
  sbom: 'opt/.spdx-a.spdx',
}

const entry = (path: string) => ({ path, type: 'file' as const, mode: 0o755, uid: 0, gid: 0, sizeBytes: 1_000_000, modifiedSeconds: 0 })
const formatOf = formatFinder(formats)

test('a file belongs to one format, also where it may be run', () => {
  expect(Object.keys(samples)).toEqual(formats.map(({ name }) => name))
  expect(Object.values(samples).map((path) => formatOf(entry(path))?.name)).toEqual(Object.keys(samples))
  const known = formats.filter(({ anyName }) => !anyName)
  const shared = Object.values(samples).filter((path) => known.filter((format) => format.reads(path, entry(path))).length > 1)
  expect(shared).toEqual([])
})

test.each([
  'usr/lib/apk/db/installed',
  'composer.lock',
  'site-library/a/DESCRIPTION',
  'var/lib/dpkg/status',
  'var/lib/dpkg/info/a.list',
  'var/lib/dpkg/info/a:amd64.md5sums',
  'var/lib/dpkg/diversions',
  'a.JAR',
  'a.War',
  'a.ear',
  'a.par',
  'a.sar',
  'a.nar',
  'a.jpi',
  'a.hpi',
  '.yarn/cache/a.zip',
  'usr/lib/os-release',
  'a.egg-info',
  'a.egg-info/PKG-INFO',
  'EGG-INFO/PKG-INFO',
  'etc/centos-release',
  'etc/redhat-release',
  'etc/system-release',
  'etc/lsb-release',
  'etc/alpine-release',
  'var/lib/rpm/Packages.db',
  'usr/lib/sysimage/rpm/rpmdb.sqlite',
  'usr/share/rpm/rpmdb.sqlite-wal',
  'specifications/default/a-1.gemspec',
  'a.spdx.json',
  'a.cdx.json',
  'a.cyclonedx.json',
])('the end of %s leaves the format that reads it', (path) => {
  const [format] = formats.filter(({ anyName, reads }) => !anyName && reads(path, entry(path)))
  expect(format).toBeDefined()
  expect(formatOf(entry(path))).toBe(format)
})

test.each(['', 'a', 'A', 'é', '.json', 'usr/share/json', 'a.jsoN'])('%j is of no format', (path) => {
  expect(formatOf({ ...entry(path), mode: 0o644 })).toBeUndefined()
})
