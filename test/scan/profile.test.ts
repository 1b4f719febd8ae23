import { describe, expect, test } from 'vitest'
import type { Package } from '../../src/findings.ts'
import type { Image } from '../../src/oci/image.ts'
import type { EntryType } from '../../src/oci/layer.ts'
import { fileProfile, fileProfileLimits } from '../../src/scan/file-profile.ts'
import type { ImageFile, ImageFiles } from '../../src/scan/image-files.ts'
import { networkServices } from '../../src/scan/network-services.ts'
import { profileOf, userOf } from '../../src/scan/profile.ts'

const file = (path: string, mode: number, type: EntryType = 'file', sizeBytes = 10): ImageFile => ({
  path,
  type,
  mode,
  uid: 0,
  gid: 0,
  sizeBytes,
  layer: 'sha256:l',
})
const filesOf = (files: readonly ImageFile[], owned: readonly string[] = []): ImageFiles =>
  ({ all: () => files, find: () => undefined, isOwned: (path: string) => owned.includes(path) }) as unknown as ImageFiles
const executable = (path: string, isRemoved = false) => ({ kind: 'executable', path, entropy: 6, layer: 'sha256:l', isRemoved })
const package_ = (type: string, name: string, path: string): Package => ({
  ...{ type, name, path, version: '1', purl: `pkg:${type}/${name}@1`, source: name, sourceVersion: '1', layer: 'sha256:l' },
})

describe('the files of an image', () => {
  test('that are setuid or setgid are listed where they can be run, with who owns them', () => {
    const files = [
      file('usr/bin/su', 0o4755),
      file('usr/bin/wall', 0o2755),
      file('usr/bin/back', 0o4111),
      file('data/locked', 0o2644),
      file('home/team', 0o2775, 'directory'),
      file('usr/bin/link', 0o4777, 'symlink'),
      file('usr/bin/hard', 0o4755, 'hardlink'),
    ]
    const { setuid } = fileProfile(filesOf(files, ['usr/bin/su', 'usr/bin/wall']), { packages: [] })
    expect(setuid.map(({ path, isOwned }) => `${path} ${isOwned}`)).toEqual([
      'usr/bin/back false',
      'usr/bin/hard false',
      'usr/bin/su true',
      'usr/bin/wall true',
    ])
  })

  test('that everybody may write to are counted, folders with a sticky bit and links are not', () => {
    const files = [
      file('tmp', 0o1777, 'directory'),
      file('data', 0o777, 'directory'),
      file('etc/passwd', 0o666),
      file('link', 0o777, 'symlink'),
      file('etc/group', 0o644),
    ]
    expect(fileProfile(filesOf(files), { packages: [] })).toMatchObject({ worldWritable: 2, unpackedBytes: 20 })
  })

  test('that are programs are listed where no package owns them and no later layer took them away', () => {
    const paths = ['usr/bin/ls', 'opt/own', 'opt/gone', 'opt/text', 'app/node_modules/sharp/build/sharp.node', 'app/node_modules/evil/x']
    const { binaries } = fileProfile(
      filesOf(
        paths.filter((path) => path !== 'opt/gone').map((path) => file(path, 0o755)),
        ['usr/bin/ls'],
      ),
      {
        packages: [package_('npm', 'sharp', 'app/node_modules/sharp/package.json')],
        remarks: paths.filter((path) => path !== 'opt/text').map((path) => executable(path, path === 'opt/gone')),
      },
    )
    expect(binaries.map(({ path }) => path)).toEqual(['app/node_modules/evil/x', 'opt/own'])
  })

  test.each([
    [
      'pypi',
      'Pillow',
      'usr/lib/python3/site-packages/pillow-11.dist-info/METADATA',
      'usr/lib/python3/site-packages/pillow.libs/libjpeg.so',
      true,
    ],
    ['pypi', 'numpy', 'x/dist-packages/numpy-2.dist-info/METADATA', 'x/dist-packages/numpy/_core.cpython-312-x86_64-linux-gnu.so', true],
    ['pypi', 'numpy', 'x/dist-packages/numpy-2.dist-info/METADATA', 'x/dist-packages/numpyx/core.so', false],
    ['pypi', 'numpy', 'x/dist-packages/numpy-2.dist-info/METADATA', 'usr/bin/numpy', false],
    ['npm', 'app', 'app/package.json', 'app/miner', false],
    ['npm', '@a/b', 'app/node_modules/@a/b/package.json', 'app/node_modules/@a/b/bin/x', true],
    ['npm', '@a/b', 'app/node_modules/@a/b/package.json', 'app/node_modules/@a/c/bin/x', false],
    ['gem', 'ffi', 'usr/lib/ruby/gems/3.3.0/specifications/ffi-1.gemspec', 'usr/lib/ruby/gems/3.3.0/gems/ffi-1/lib/ffi_c.so', true],
    ['gem', 'ffi', 'usr/lib/ruby/gems/3.3.0/specifications/ffi-1.gemspec', 'usr/lib/ruby/gems/3.3.0/gems/ffi-10/x.so', false],
    ['deb', 'x', 'node_modules/x/package.json', 'node_modules/x/y', false],
  ])('%s package %s (%s) brought %s: %j', (type, name, path, binary, isItsOwn) => {
    const { binaries } = fileProfile(filesOf([file(binary, 0o755)]), {
      packages: [package_(type, name, path)],
      remarks: [executable(binary)],
    })
    expect(binaries.length === 0).toBe(isItsOwn)
  })

  test('are bounded, and what is more is counted', () => {
    const many = Array.from({ length: fileProfileLimits.binaries + 7 }, (_, index) => file(`opt/${index}`, 0o4755))
    const profile = fileProfile(filesOf(many), { packages: [], remarks: many.map(({ path }) => executable(path)) })
    expect([profile.binaries.length, profile.setuid.length, profile.omitted]).toEqual([
      fileProfileLimits.binaries,
      fileProfileLimits.setuid,
      7 + many.length - fileProfileLimits.setuid,
    ])
  })
})

describe('the profile of an image', () => {
  const image = {
    reference: { registry: 'r', repository: 'x', text: 'r/x' },
    digest: 'sha256:1',
    manifestDigest: 'sha256:2',
    platform: { os: 'linux', architecture: 'amd64' },
    config: {
      env: ['TOKEN=hunter2', 'A=1', 'A=2'],
      exposedPorts: ['80', '53/UDP', '80/tcp'],
      labels: new Map(),
      history: [],
      entrypoint: ['/app'],
      user: '0:0',
    },
    layers: [{ descriptor: { mediaType: 'x', digest: 'sha256:l', size: 7 } }],
    annotations: new Map(),
  } as unknown as Image

  test('has no value of a variable', () => {
    const profile = profileOf(image, { packages: [], gaps: [] })
    expect(profile.environment.map(({ name }) => name)).toEqual(['A', 'TOKEN'])
    expect(JSON.stringify(profile)).not.toContain('hunter2')
  })

  test('tells ports, user, size and layers', () => {
    const { ports, user, sizeBytes, layers, isWhole, digest, files } = profileOf(image, { packages: [], gaps: [{ message: 'x' }] })
    expect({ ports, user, sizeBytes, layers, isWhole, digest, files }).toEqual({
      ports: ['53/udp', '80/tcp'],
      user: '',
      sizeBytes: 7,
      layers: ['sha256:l'],
      isWhole: false,
      digest: 'sha256:2',
      files: undefined,
    })
  })

  test.each([
    ['', ''],
    ['root', ''],
    ['0', ''],
    ['00:1000', ''],
    ['root:root', ''],
    ['1000', '1000'],
    ['rooted', 'rooted'],
    ['10', '10'],
  ])('takes user %j for %j', (user, expected) => {
    expect(userOf(user)).toBe(expected)
  })
})

test('network services are known by the names that distributions give them, not by those of clients and of other ecosystems', () => {
  const names = [
    'openssh-server',
    'openssh-client',
    'postgresql-16',
    'postgresql16-client',
    'php8.3-fpm',
    'nginx',
    'libpq5',
    'apache2',
    'bind9-dnsutils',
  ]
  const packages = [...names.map((name) => ({ type: 'deb', name })), { type: 'npm', name: 'redis' }]
  expect(networkServices(packages)).toEqual(['apache2', 'nginx', 'openssh-server', 'php8.3-fpm', 'postgresql-16'])
})
