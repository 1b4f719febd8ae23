import { describe, expect, test } from 'vitest'
import type { DigestedEvidence } from '../../src/scan/found-file.ts'
import type { Found, FoundPackage } from '../../src/scan/inventory/format.ts'
import type { FileEvidence } from '../../src/scan/layer-evidence.ts'
import { mergeEvidence } from '../../src/scan/merge-evidence.ts'

type Entry = string | readonly [path: string, ...found: Found[]]

/** `path/` is a directory, `path -> target` a symbolic and `path => target` a hard link, anything else a file; with what was found in it. */
function layer(digest: string, ...list: readonly Entry[]): DigestedEvidence {
  const files: FileEvidence[] = []
  const entries = list.map((entry) => {
    const [text, ...found] = typeof entry === 'string' ? [entry] : entry
    const [path = '', target, hard] = text.split(/ [-=]> /).concat(text.includes(' => ') ? ['hard'] : [])
    if (target !== undefined && hard) return `h${path}\0${target}\0\0`
    if (target !== undefined) return `l${path}\0${target}\0\0`
    if (path.endsWith('/')) return `d${path.slice(0, -1)}\0\0`
    if (found.length > 0) files.push(evidenceOf(path, found))
    return `f${path}\0\0`
  })
  return { digest, evidence: { entries: entries.join(''), entryCount: entries.length, files, remarks: [], gaps: [] } }
}

function evidenceOf(path: string, found: readonly Found[]): FileEvidence {
  const distribution = found.find((one) => one.kind === 'distribution')?.distribution
  return {
    path,
    format: 'test',
    packages: found.filter((one) => one.kind === 'package'),
    ...(distribution ? { distribution } : {}),
    owns: found.map((one) => (one.kind === 'owns' ? `${one.path}\0` : '')).join(''),
    gaps: found.filter((one) => one.kind === 'gap'),
  }
}

const npm = (name: string, version = '1.0.0'): FoundPackage => ({ kind: 'package', type: 'npm', name, version })
const apk = (name: string, version: string): FoundPackage => ({ kind: 'package', type: 'apk', name, version })
const alpine: Found = { kind: 'distribution', distribution: { id: 'alpine', version: '3.20.3', idLike: [] } }

const inventory = (...layers: readonly DigestedEvidence[]) =>
  mergeEvidence(layers).packages.map(({ name, version, layer: from, path }) => `${name} ${version} ${from} ${path}`)

test.each<[string, Entry[], string[]]>([
  ['a whiteout of the file', ['.wh.a', 'app/.wh.a.json'], ['b 1.0.0 base app/b.json', 'c 1.0.0 base lib/c.json']],
  ['a whiteout of its directory', ['.wh.app'], ['c 1.0.0 base lib/c.json']],
  ['an opaque directory', ['app/', 'app/.wh..wh..opq'], ['c 1.0.0 base lib/c.json']],
  ['an opaque root', ['.wh..wh..opq'], []],
  ['a file in its directory’s place', ['app'], ['c 1.0.0 base lib/c.json']],
  ['a link in its directory’s place', ['app -> lib'], ['c 1.0.0 base lib/c.json']],
  ['a directory in the file’s place', ['app/a.json/'], ['b 1.0.0 base app/b.json', 'c 1.0.0 base lib/c.json']],
  [
    'aufs’s own files',
    ['.wh..wh.app', 'app/.wh..wh.plnk/'],
    ['a 1.0.0 base app/a.json', 'b 1.0.0 base app/b.json', 'c 1.0.0 base lib/c.json'],
  ],
  ['the directory once more', ['app/'], ['a 1.0.0 base app/a.json', 'b 1.0.0 base app/b.json', 'c 1.0.0 base lib/c.json']],
  [
    'a directory whose name begins alike',
    ['ap', '.wh.li'],
    ['a 1.0.0 base app/a.json', 'b 1.0.0 base app/b.json', 'c 1.0.0 base lib/c.json'],
  ],
])('a later layer with %s leaves what it should', (_, entries, left) => {
  const base = layer('base', 'app/', ['app/a.json', npm('a')], ['app/b.json', npm('b')], ['lib/c.json', npm('c')])
  expect(inventory(base, layer('top', ...entries))).toEqual(left)
})

test('a whiteout does not touch its own layer, whichever comes first', () => {
  const base = layer('base', ['app/a.json', npm('a')])
  expect(inventory(base, layer('top', ['app/b.json', npm('b')], 'app/.wh..wh..opq', '.wh.app'))).toEqual(['b 1.0.0 top app/b.json'])
})

test('what a later layer replaced counts once, and as what it is now', () => {
  const base = layer('base', ['app/a.json', npm('a')])
  expect(inventory(base, layer('top', ['app/a.json', npm('a', '2.0.0')]))).toEqual(['a 2.0.0 top app/a.json'])
  expect(inventory(base, layer('top', 'app/a.json'))).toEqual([])
})

test('a database that is written anew keeps each package with the layer that brought this version', () => {
  const base = layer(
    'base',
    ['etc/os-release', alpine],
    ['lib/apk/db/installed', apk('musl', '1'), apk('zlib', '1'), apk('apk-tools', '1')],
  )
  const middle = layer('middle', ['lib/apk/db/installed', apk('musl', '1'), apk('zlib', '2'), apk('curl', '8')])
  const top = layer('top', ['lib/apk/db/installed', apk('musl', '1'), apk('zlib', '2'), apk('curl', '8'), apk('git', '2')])
  expect(inventory(base, middle, top)).toEqual([
    'curl 8 middle lib/apk/db/installed',
    'git 2 top lib/apk/db/installed',
    'musl 1 base lib/apk/db/installed',
    'zlib 2 middle lib/apk/db/installed',
  ])
})

test('a package that was removed and came back in the same version belongs to the layer that brought it back', () => {
  const base = layer('base', ['etc/os-release', alpine], ['lib/apk/db/installed', apk('curl', '8')])
  const gone = layer('gone', ['lib/apk/db/installed', apk('musl', '1')])
  const back = layer('back', ['lib/apk/db/installed', apk('musl', '1'), apk('curl', '8')])
  expect(inventory(base, gone, back)).toEqual(['curl 8 back lib/apk/db/installed', 'musl 1 gone lib/apk/db/installed'])
})

test('a file below a linked directory replaces the one that the link leads to', () => {
  const base = layer('base', ['etc/os-release', alpine], 'lib -> usr/lib', ['usr/lib/apk/db/installed', apk('musl', '1')])
  const top = layer('top', ['lib/apk/db/installed', apk('musl', '2')])
  expect(inventory(base, top)).toEqual(['musl 2 top usr/lib/apk/db/installed'])
  expect(inventory(base, layer('top', 'lib/.wh.apk'))).toEqual([])
})

test('etc/os-release is followed through links to the file of another layer', () => {
  const base = layer('base', 'etc/os-release -> ../usr/lib/os-release', ['usr/lib/os-release', alpine])
  expect(mergeEvidence([base]).distribution?.id).toBe('alpine')
  const wolfi: Found = { kind: 'distribution', distribution: { id: 'wolfi', version: '', idLike: [] } }
  expect(mergeEvidence([base, layer('top', ['usr/lib/os-release', wolfi])]).distribution?.id).toBe('wolfi')
  expect(mergeEvidence([base, layer('top', ['etc/os-release', wolfi])]).distribution?.id).toBe('wolfi')
})

test('an image without os-release is told by the files that came before it', () => {
  const debian: Found = { kind: 'distribution', distribution: { id: 'debian', version: '7', idLike: [] } }
  const old = layer('base', ['etc/debian_version', debian])
  expect(mergeEvidence([old]).distribution?.id).toBe('debian')
  expect(mergeEvidence([old, layer('top', ['usr/lib/os-release', alpine])]).distribution?.id).toBe('alpine')
})

test('links in a circle end, and the rest is read', () => {
  const circle = layer('base', 'etc -> etc2', 'etc2 -> etc', 'a -> a/a/a', ['etc/os-release', alpine], ['b/package.json', npm('b')])
  expect(inventory(circle)).toEqual(['b 1.0.0 base b/package.json'])
})

test('a package in a hard link to a file that was read counts where it is', () => {
  const base = layer('base', ['store/x.json', npm('x')], 'app/x.json => store/x.json')
  expect(inventory(base, layer('top', '.wh.store'))).toEqual(['x 1.0.0 base app/x.json'])
})

test('packages of a system that no os-release names are a gap', () => {
  expect(mergeEvidence([layer('base', ['lib/apk/db/installed', apk('musl', '1')])]).gaps).toEqual([
    { path: 'lib/apk/db/installed', message: 'image has packages of an operating system and no os-release that says which it is' },
  ])
})

test('a package whose file the system’s package manager owns says so, also below a linked directory', () => {
  const owner: Found = { kind: 'owns', path: 'lib/python3/site-packages/x.dist-info/METADATA' }
  const base = layer('base', 'lib -> usr/lib')
  const files: Entry[] = [
    ['usr/lib/python3/site-packages/x.dist-info/METADATA', npm('x')],
    ['opt/x.dist-info/METADATA', npm('x')],
  ]
  const top = layer('top', ['var/lib/dpkg/info/x.list', owner], ...files)
  expect(mergeEvidence([base, top]).packages.map(({ path, ownedBySystem }) => [path, ownedBySystem])).toEqual([
    ['opt/x.dist-info/METADATA', undefined],
    ['usr/lib/python3/site-packages/x.dist-info/METADATA', true],
  ])
})

test('a file that was written after its owner’s list is not the system’s any more, until the list is written again', () => {
  const path = 'usr/lib/node_modules/npm/package.json'
  const list: Entry = ['var/lib/dpkg/info/npm.list', { kind: 'owns', path }]
  const owned = (...layers: DigestedEvidence[]) =>
    mergeEvidence(layers).packages.map(({ version, ownedBySystem = false }) => `${version} ${ownedBySystem}`)
  const base = layer('base', list, [path, npm('npm', '9')])
  const upgraded = layer('upgraded', [path, npm('npm', '10')])
  expect(owned(base)).toEqual(['9 true'])
  expect(owned(base, upgraded)).toEqual(['10 false'])
  expect(owned(base, upgraded, layer('again', list))).toEqual(['10 true'])
})

test('a gap of a file that was deleted later is none', () => {
  const base = layer('base', ['app/a.json', { kind: 'gap', line: 3, message: 'not JSON' }])
  expect(mergeEvidence([base]).gaps).toEqual([{ layer: 'base', path: 'app/a.json', line: 3, message: 'not JSON' }])
  expect(mergeEvidence([base, layer('top', '.wh.app')]).gaps).toEqual([])
})

describe('a database of packages that a later layer', () => {
  const path = 'lib/apk/db/installed'
  const owns: Found = { kind: 'owns', path: 'usr/bin/curl' }
  const base = layer('base', ['etc/os-release', alpine], [path, apk('musl', '1'), apk('curl', '8'), owns], 'usr/bin/curl')
  const gap = {
    layer: 'base',
    path,
    message: 'was deleted or emptied later, and files of its 2 apk packages are still there: which packages the image has is not known',
  }

  test.each([
    ['deletes is a gap', ['lib/apk/db/.wh.installed']],
    ['deletes with its folder is a gap', ['.wh.lib']],
    ['empties is a gap', [[path, owns]]],
  ] as [string, Entry[]][])('%s', (_, entries) => {
    const { packages, gaps } = mergeEvidence([base, layer('top', ...entries)])
    expect([packages, gaps]).toEqual([[], [gap]])
  })

  test('deletes with all that its packages brought is none', () => {
    expect(mergeEvidence([base, layer('top', '.wh.lib', '.wh.usr')]).gaps).toEqual([])
  })

  test('moves to its new place is none', () => {
    expect(mergeEvidence([base, layer('top', '.wh.lib', [`usr/${path}`, apk('musl', '1'), owns])]).gaps).toEqual([])
  })
})

test('an image of too many entries is a gap, and not an empty inventory alone', () => {
  const layers = [layer('base', ['a/package.json', npm('a')], 'b', 'c'), layer('top', 'd', 'e')]
  expect(mergeEvidence(layers, 5).packages).toHaveLength(1)
  expect(mergeEvidence(layers, 4)).toEqual({ packages: [], gaps: [{ message: 'layers have 5 entries, and at most 4 are merged' }] })
})

test('a package that two databases of one system have is there once', () => {
  const base = layer(
    'base',
    ['etc/os-release', alpine],
    ['lib/apk/db/installed', apk('musl', '1')],
    ['usr/lib/apk/db/installed', apk('musl', '1')],
  )
  expect(inventory(base)).toHaveLength(1)
})

test('software without an ecosystem counts where no system package owns it', () => {
  const jar = (name: string): FoundPackage => ({ kind: 'package', type: 'generic', name, version: '1' })
  const owner: Found = { kind: 'owns', path: 'usr/share/java/known.jar' }
  const base = layer('base', ['var/lib/dpkg/info/x.list', owner], ['usr/share/java/known.jar', jar('known')], ['opt/own.jar', jar('own')])
  expect(inventory(base)).toEqual(['own 1 base opt/own.jar'])
})
