import { describe, expect, test } from 'vitest'
import { driftListLimit, driftOf } from '../../src/gate/drift.ts'
import { coverSecrets } from '../../src/gate/drift-cover.ts'
import { replacements } from '../../src/gate/drift-pairs.ts'
import type { ImageProfile } from '../../src/scan/profile.ts'

const from = { reference: 'shop:1.4', digest: 'sha256:a' }
const profile = (some: Partial<ImageProfile> = {}): ImageProfile => ({
  digest: 'sha256:1',
  packages: [{ type: 'apk', name: 'musl', version: '1.2.5-r0' }],
  networkServices: [],
  files: { setuid: [], binaries: [], worldWritable: 0, unpackedBytes: 10, omitted: 0 },
  ports: ['8080/tcp'],
  user: 'app',
  entrypoint: ['/srv/app'],
  command: ['serve'],
  environment: [{ name: 'PATH', valueDigest: 'a' }],
  sizeBytes: 100,
  layers: ['l1', 'l2'],
  isWhole: true,
  ...some,
})
const changed = (before: Partial<ImageProfile>, after: Partial<ImageProfile>) =>
  driftOf(from, profile(before), profile({ digest: 'sha256:2', ...after }))
const package_ = (name: string, version: string, type = 'apk') => ({ type, name, version })
const file = (path: string) => ({ path, isOwned: false, layer: 'l1', entropy: 6 })
const files = (some: Partial<NonNullable<ImageProfile['files']>>) => ({
  files: { setuid: [], binaries: [], worldWritable: 0, unpackedBytes: 10, omitted: 0, ...some },
})

describe('what changed between two images', () => {
  test('is nothing where they are one', () => {
    expect(driftOf(from, profile(), profile())).toBeUndefined()
  })

  test('has no key for what stayed the same', () => {
    expect(changed({}, {})).toEqual({ from })
  })

  test.each<[string, Partial<ImageProfile>, Partial<ImageProfile>, object]>([
    [
      'packages added, removed and changed',
      { packages: [package_('curl', '8'), package_('musl', '1'), package_('gone', '1')] },
      { packages: [package_('curl', '9'), package_('musl', '1'), package_('come', '1')] },
      {
        packages: {
          added: [package_('come', '1')],
          removed: [package_('gone', '1')],
          changed: [{ type: 'apk', name: 'curl', from: '8', to: '9' }],
        },
      },
    ],
    [
      'a package of which there are two versions now',
      { packages: [package_('left', '1', 'npm')] },
      { packages: [package_('left', '1', 'npm'), package_('left', '2', 'npm')] },
      { packages: { added: [], removed: [], changed: [{ type: 'npm', name: 'left', from: '1', to: '1, 2' }] } },
    ],
    [
      'packages of one name and two types',
      { packages: [package_('redis', '5', 'npm')] },
      { packages: [package_('redis', '7', 'apk')] },
      { packages: { added: [package_('redis', '7')], removed: [package_('redis', '5', 'npm')], changed: [] } },
    ],
    [
      'setuid files',
      files({ setuid: [file('bin/su')] }),
      files({ setuid: [file('bin/x')] }),
      { setuid: { added: ['bin/x'], removed: ['bin/su'] } },
    ],
    [
      'binaries, not those whose path has another version in it',
      files({ binaries: [file('opt/jdk-21.0.3/bin/java')] }),
      files({ binaries: [file('opt/jdk-21.0.4/bin/java'), file('opt/miner')] }),
      { binaries: { added: ['opt/miner'], removed: [] } },
    ],
    [
      'a binary beside one of another version',
      files({ binaries: [file('usr/bin/python3.11')] }),
      files({ binaries: [file('usr/bin/python3.11'), file('usr/bin/python3.12')] }),
      { binaries: { added: ['usr/bin/python3.12'], removed: [] } },
    ],
    [
      'nothing of a store whose paths have digests',
      files({ binaries: [file(`nix/store/${'0a1b2c3d'.repeat(4)}-openssl-3.3.1/lib/libssl.so`), file('srv/app.3fa9c1b2.so')] }),
      files({ binaries: [file(`nix/store/${'z9y8x7w6'.repeat(4)}-openssl-3.3.2/lib/libssl.so`), file('srv/app.99aabbcc.so')] }),
      {},
    ],
    [
      'the last of three of another version, where two were there',
      files({ binaries: [file('opt/x1'), file('opt/x2')] }),
      files({ binaries: [file('opt/x3'), file('opt/x4'), file('opt/x5')] }),
      { binaries: { added: ['opt/x5'], removed: [] } },
    ],
    ['ports', { ports: ['80/tcp', '81/tcp'] }, { ports: ['80/tcp', '82/tcp'] }, { ports: { added: ['82/tcp'], removed: ['81/tcp'] } }],
    ['services', {}, { networkServices: ['dropbear'] }, { networkServices: { added: ['dropbear'], removed: [] } }],
    ['a user that is root now', { user: '1000' }, { user: '' }, { user: { from: '1000', to: 'root' } }],
    [
      'another command',
      {},
      { command: ['serve', '--debug'] },
      { entrypoint: { from: ['/srv/app', 'serve'], to: ['/srv/app', 'serve', '--debug'] } },
    ],
    ['the same command in the other field', {}, { entrypoint: ['/srv/app', 'serve'], command: [] }, {}],
    [
      'variables, without their values',
      {
        environment: [
          { name: 'A', valueDigest: '1' },
          { name: 'B', valueDigest: '1' },
        ],
      },
      {
        environment: [
          { name: 'A', valueDigest: '2' },
          { name: 'C', valueDigest: '1' },
        ],
      },
      { environment: { added: ['C'], removed: ['B'], changed: ['A'] } },
    ],
    [
      'size and layers',
      {},
      { sizeBytes: 200, layers: ['l1', 'l3', 'l4'] },
      { sizeBytes: { from: 100, to: 200 }, layers: { from: 2, to: 3, shared: 1 } },
    ],
  ])('tells %s', (_, before, after, expected) => {
    expect(changed(before, after)).toEqual({ from, ...expected })
  })

  test('says nothing of files where the layers of one were not read', () => {
    const { files: _, ...without } = profile()
    expect(driftOf(from, without, profile({ digest: 'sha256:2', ...files({ setuid: [file('x')] }) }))).toEqual({ from })
  })

  test('is bounded, and what is cut off is counted', () => {
    const many = Array.from({ length: driftListLimit + 20 }, (_, index) => package_(`p${index}`, '1'))
    const paths = many.map(({ name }) => file(`opt/${name.replaceAll(/\d/gu, (digit) => 'abcdefghij'.charAt(Number(digit)))}`))
    const drift = changed({}, { packages: [...profile().packages, ...many], ...files({ setuid: paths, binaries: paths }) })
    expect([drift?.packages, drift?.setuid, drift?.binaries].map((list) => [list?.added.length, list?.omitted])).toEqual([
      [driftListLimit, 20],
      [driftListLimit, 20],
      [driftListLimit, 20],
    ])
  })

  test('cuts names that are too long', () => {
    const drift = changed({}, { ports: ['8080/tcp', 'x'.repeat(100_000)], command: ['y'.repeat(100_000)] })
    expect(JSON.stringify(drift).length).toBeLessThan(5000)
  })
})

describe('a command line', () => {
  test.each([
    [
      ['app', '--password', 'hunter2', '--port', '80'],
      ['app', '--password', '…', '--port', '80'],
    ],
    [
      ['app', '--db-password=hunter2'],
      ['app', '--db-password=…'],
    ],
    [
      ['sh', '-c', 'API_KEY=abc exec app'],
      ['sh', '-c', 'API_KEY=… exec app'],
    ],
    [
      ['sh', '-c', 'curl -H "Authorization: Bearer abc.def" x'],
      ['sh', '-c', 'curl -H "Authorization: … abc.def" x'],
    ],
    [
      ['psql', 'postgres://app:hunter2@db/shop'],
      ['psql', 'postgres://app:…@db/shop'],
    ],
    [
      ['app', 'ghp_16C7e42F292c6912E7710c838347Ae178B4a'],
      ['app', '…'],
    ],
    [
      ['/usr/local/bin/docker-entrypoint.sh', 'node', 'dist/index.js'],
      ['/usr/local/bin/docker-entrypoint.sh', 'node', 'dist/index.js'],
    ],
  ])('%j is shown as %j', (words, shown) => {
    expect(coverSecrets(words)).toEqual(shown)
  })
})

describe('which image became which', () => {
  const use = (user: string, reference: string, role: 'container' | 'base' = 'container') => ({ user, reference, role })
  test.each<[string, ReturnType<typeof use>[], ReturnType<typeof use>[], [string, string][]]>([
    ['the same place', [use('a', 'shop:1')], [use('a', 'shop:2')], [['shop:2', 'shop:1']]],
    ['another repository in the same place', [use('a', 'nginx:1')], [use('a', 'caddy:2')], [['caddy:2', 'nginx:1']]],
    [
      'containers that changed places',
      [use('a', 'shop:1'), use('a', 'db:1')],
      [use('a', 'db:2'), use('a', 'shop:2')],
      [
        ['db:2', 'db:1'],
        ['shop:2', 'shop:1'],
      ],
    ],
    ['a container that was added beside', [use('a', 'shop:1')], [use('a', 'shop:1'), use('a', 'proxy:1')], []],
    ['nothing that both have', [use('a', 'shop:1'), use('b', 'shop:2')], [use('a', 'shop:2'), use('b', 'shop:2')], [['shop:2', 'shop:1']]],
    [
      'the first place of several',
      [use('a', 'shop:1'), use('b', 'shop:2')],
      [use('a', 'shop:3'), use('b', 'shop:3')],
      [['shop:3', 'shop:1']],
    ],
    ['an object that was renamed', [use('a', 'shop:1')], [use('b', 'shop:2')], [['shop:2', 'shop:1']]],
    ['no guess among several of a repository elsewhere', [use('a', 'shop:1'), use('a', 'shop:2')], [use('b', 'shop:3')], []],
    ['no guess among other repositories of unequal number', [use('a', 'x:1'), use('a', 'y:1')], [use('a', 'z:1')], []],
    [
      'one that became two',
      [use('a', 'shop:1')],
      [use('a', 'shop:2'), use('a', 'shop:3')],
      [
        ['shop:2', 'shop:1'],
        ['shop:3', 'shop:1'],
      ],
    ],
    ['a base is no container', [use('Dockerfile', 'node:20', 'base')], [use('Dockerfile', 'node:22')], [['node:22', 'node:20']]],
    [
      'by digest',
      [use('a', 'r.io:5000/shop@sha256:1')],
      [use('a', 'r.io:5000/shop:2@sha256:2')],
      [['r.io:5000/shop:2@sha256:2', 'r.io:5000/shop@sha256:1']],
    ],
  ])('%s', (_, before, after, expected) => {
    expect([...replacements(before, after)].sort()).toEqual(expected.sort())
  })
})
