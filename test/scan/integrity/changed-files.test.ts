import { describe, expect, test } from 'vitest'
import { dpkgStatus } from '../../builders/package-databases.ts'
import { apkInstalled, changes, digest, elf, evidenceOf, md5sums, rpmDatabase } from './package-image.ts'

const libc = 'usr/lib/x86_64-linux-gnu/libc.so.6'
const debian = { 'etc/debian_version': '12', ...md5sums('libc6:amd64', { [libc]: elf('good').content }) }

describe('dpkg', () => {
  test('a file that is what its package installed is no change, and another one is', async () => {
    expect(await changes({ ...debian, [libc]: elf('good') })).toEqual([])
    expect(await changes({ ...debian, [libc]: elf('bad') })).toEqual([`${libc} libc6 layer 0 program`])
  })

  test('a later layer that changes the file is named, with or without signs of the distribution', async () => {
    expect(await changes({ ...debian, [libc]: elf('good') }, { [libc]: elf('bad') })).toEqual([`${libc} libc6 layer 1 program`])
    const alien = { 'etc/apk/world': '', [libc]: elf('bad') }
    expect(await changes({ ...debian, [libc]: elf('good') }, alien)).toEqual([`${libc} libc6 layer 1 program`])
  })

  test('an upgrade brings its own list, and the newest one holds', async () => {
    const upgrade = { ...md5sums('libc6:amd64', { [libc]: elf('new').content }), [libc]: elf('new') }
    expect(await changes({ ...debian, [libc]: elf('good') }, upgrade)).toEqual([])
    expect(await changes({ ...debian, [libc]: elf('good') }, upgrade, { [libc]: elf('good') })).toEqual([`${libc} libc6 layer 2 program`])
  })

  test('a file that is missing, or whose package is gone, is no change', async () => {
    const deleted = { 'usr/lib/x86_64-linux-gnu/.wh.libc.so.6': '' }
    expect(await changes({ ...debian, [libc]: elf('good') }, deleted)).toEqual([])
    expect(
      await changes({ ...debian, [libc]: elf('good') }, { 'var/lib/dpkg/info/.wh.libc6:amd64.md5sums': '', [libc]: elf('x') }),
    ).toEqual([])
  })

  describe('whose digests somebody rewrote', () => {
    const status = (version: string) => ({ 'var/lib/dpkg/status': dpkgStatus({ libc6: version }) })
    const base = { ...debian, ...status('2.36-9'), [libc]: elf('good') }
    const forged = md5sums('libc6:amd64', { [libc]: elf('bad').content })
    const found = [`${libc} libc6 layer 1 program`]

    test('together with the file, the first word counts', async () => {
      expect(await changes(base, { [libc]: elf('bad'), ...forged })).toEqual(found)
      expect(await changes(base, { [libc]: elf('bad'), ...forged, ...status('2.36-9') })).toEqual(found)
    })

    test('by deleting them, or by writing none, they count all the same', async () => {
      expect(await changes(base, { [libc]: elf('bad'), 'var/lib/dpkg/info/.wh.libc6:amd64.md5sums': '' })).toEqual(found)
      expect(await changes(base, { [libc]: elf('bad'), 'var/lib/dpkg/info/libc6:amd64.md5sums': '' })).toEqual(found)
      expect(await changes(base, { 'var/lib/dpkg/info/.wh.libc6:amd64.md5sums': '' })).toEqual([])
    })

    test('is told from an upgrade by the version', async () => {
      expect(await changes(base, { [libc]: elf('bad'), ...forged, ...status('2.36-10') })).toEqual([])
      expect(await changes(base, { ...forged, ...status('2.36-10'), [libc]: elf('bad') }, { [libc]: elf('good') })).toEqual([
        `${libc} libc6 layer 2 program`,
      ])
    })
  })

  test('folders that are links are followed, as after a usrmerge', async () => {
    const image = {
      bin: { symlink: 'usr/bin' },
      ...md5sums('coreutils', { 'bin/cat': elf('cat').content, 'bin/ls': elf('ls').content }),
      'usr/bin/cat': elf('cat'),
      'usr/bin/ls': elf('other'),
    }
    expect(await changes(image)).toEqual(['usr/bin/ls coreutils layer 0 program'])
  })

  test('a link in the file’s place is held to what it leads to', async () => {
    const image = { ...md5sums('awk', { 'usr/bin/awk': elf('awk').content }), 'usr/bin/awk': { symlink: 'mawk' } }
    expect(await changes({ ...image, 'usr/bin/mawk': elf('awk') })).toEqual([])
    expect(await changes({ ...image, 'usr/bin/mawk': elf('evil') })).toEqual(['usr/bin/mawk awk layer 0 program'])
    expect(await changes(image)).toEqual([])
  })

  test('a hard link has the digest of its file', async () => {
    const image = {
      ...md5sums('perl', { 'usr/bin/perl5': elf('perl').content }),
      'usr/bin/perl': elf('perl'),
      'usr/bin/perl5': { hardlink: 'usr/bin/perl' },
    }
    expect(await changes(image)).toEqual([])
    expect(await changes({ ...image, 'usr/bin/perl': elf('evil') })).toEqual(['usr/bin/perl5 perl layer 0 program'])
  })

  test('configuration and what Python compiles may change', async () => {
    const status = dpkgStatus({ base: '1' }).replace('\n\n', '\nConffiles:\n /etc/profile 0123456789abcdef0123456789abcdef\n\n')
    const image = {
      'var/lib/dpkg/status': status,
      ...md5sums('base', { 'etc/profile': 'a', 'usr/lib/python3/a.pyc': 'b', 'etc/rc': 'c' }),
      'etc/profile': 'x',
      'usr/lib/python3/a.pyc': 'y',
      'etc/rc': 'z',
    }
    expect(await changes(image)).toEqual(['etc/rc base layer 0 data'])
  })

  test('of a file that was diverted, that of its own package is where the diversion says, and that of the other in its place', async () => {
    const image = {
      'var/lib/dpkg/diversions': '/usr/bin/sh\n/usr/bin/sh.distrib\ndash\n/sbin/initctl\n/sbin/initctl.distrib\n:\n',
      ...md5sums('bash', { 'usr/bin/sh': elf('bash').content }),
      ...md5sums('dash', { 'usr/bin/sh': elf('dash').content }),
      ...md5sums('upstart', { 'sbin/initctl': elf('initctl').content }),
      'usr/bin/sh': elf('dash'),
      'usr/bin/sh.distrib': elf('bash'),
      'sbin/initctl': '#!/bin/sh\n',
      'sbin/initctl.distrib': elf('initctl'),
    }
    expect(await changes(image)).toEqual([])
    expect(await changes({ ...image, 'usr/bin/sh': elf('bash'), 'usr/bin/sh.distrib': elf('evil') })).toEqual([
      'usr/bin/sh dash layer 0 program',
      'usr/bin/sh.distrib bash layer 0 program',
    ])
  })

  describe('that somebody wants to be passed by', () => {
    const image = { 'var/lib/dpkg/status': dpkgStatus({ libc6: '1', other: '1' }), ...debian, [libc]: elf('good') }
    const found = [`${libc} libc6 layer 1 program`]

    test('by a diversion is found in its place', async () => {
      const diversion = { 'var/lib/dpkg/diversions': `/${libc}\n/${libc}.distrib\nother\n` }
      expect(await changes(image, { ...diversion, [libc]: elf('bad') })).toEqual(found)
      expect(await changes(image, { ...diversion, [libc]: elf('bad'), [`${libc}.distrib`]: elf('good') })).toEqual(found)
      expect(await changes(image, { ...diversion, ...md5sums('other', { [libc]: elf('own').content }), [libc]: elf('own') })).toEqual([])
    })

    test('by calling a program configuration is found all the same', async () => {
      const status = dpkgStatus({ libc6: '1', other: '1' }).replace('\n\n', `\nConffiles:\n /${libc} 0123456789abcdef0123456789abcdef\n\n`)
      expect(await changes(image, { 'var/lib/dpkg/status': status, [libc]: elf('bad') })).toEqual(found)
    })

    test('by the list of a package that is not installed is found all the same', async () => {
      const list = (name: string) => md5sums(name, { [libc]: elf('bad').content })
      expect(await changes(image, { ...list('nobody'), [libc]: elf('bad') })).toEqual(found)
      expect(await changes(image, { ...list('other'), [libc]: elf('bad') })).toEqual([])
    })
  })

  test('a file that two packages have is right for one of them', async () => {
    const image = { ...md5sums('a:amd64', { 'usr/bin/x': elf('1').content }), ...md5sums('b', { 'usr/bin/x': elf('2').content }) }
    expect(await changes({ ...image, 'usr/bin/x': elf('2') })).toEqual([])
    expect(await changes({ ...image, 'usr/bin/x': elf('1') })).toEqual([])
    expect(await changes({ ...image, 'usr/bin/x': elf('3') })).toHaveLength(1)
  })

  test('digests beside the records of distroless images count as well', async () => {
    const record = `${digest('md5', elf('good').content)}  ./usr/bin/openssl\n`
    expect(await changes({ 'var/lib/dpkg/status.d/openssl.md5sums': record, 'usr/bin/openssl': elf('bad') })).toEqual([
      'usr/bin/openssl openssl layer 0 program',
    ])
  })

  test.each([
    ['usr/sbin/tool', { content: '#!/bin/sh\n', mode: 0o755 }, 'program'],
    ['usr/lib/git-core/git-x', { content: '#!/bin/sh\n', mode: 0o755 }, 'module'],
    ['usr/lib/x/y.so.1', { content: '\x7fELF', mode: 0o644 }, 'program'],
    ['usr/lib/python3/x.py', 'import os', 'module'],
    ['usr/share/doc/x/README', 'x', 'document'],
    ['usr/share/zoneinfo/UTC', 'x', 'data'],
    ['usr/share/big', { content: Buffer.alloc(250_000) }, 'data'],
    ['usr/lib/big.so', { content: Buffer.concat([Buffer.from('\x7fELF'), Buffer.alloc(300_000)]) }, 'program'],
    ['usr/lib/big.jar', { content: Buffer.alloc(300_000) }, 'module'],
    ['usr/share/empty', '', 'data'],
  ])('%s is told by its place, its mode and its beginning', async (path, file, kind) => {
    expect(await changes({ ...md5sums('x', { [path]: 'something else' }), [path]: file })).toEqual([`${path} x layer 0 ${kind}`])
  })

  test('large files, which come in pieces, and empty ones have their digests', async () => {
    const large = elf('x'.repeat(3_000_000))
    const installed = md5sums('x', { 'usr/a': large.content, 'usr/b': '' })
    expect(await changes({ ...installed, 'usr/a': large, 'usr/b': '' })).toEqual([])
    expect(await changes({ ...installed, 'usr/a': elf('x'.repeat(2_999_999)), 'usr/b': '' })).toHaveLength(1)
  })
})

test('large files that are no code are not compared', async () => {
  const large = 'x'.repeat(300_000)
  expect(await changes({ ...md5sums('x', { 'usr/share/icons': 'y' }), 'usr/share/icons': large })).toEqual([])
})

describe('apk', () => {
  test('a digest that was rewritten in the same version is held to the first one', async () => {
    const musl = 'lib/ld-musl-x86_64.so.1'
    const sum = (content: string) => `Q1${digest('sha1', content, 'base64')}`
    const base = { ...apkInstalled('musl', { [musl]: sum(elf('good').content) }), [musl]: elf('good') }
    const forged = { ...apkInstalled('musl', { [musl]: sum(elf('bad').content) }), [musl]: elf('bad') }
    expect(await changes(base, forged)).toEqual([`${musl} musl layer 1 program`])
  })

  const q1 = (content: string) => `Q1${digest('sha1', content, 'base64')}`

  test('a program is held to its SHA-1, and a link to where it leads', async () => {
    const image = {
      ...apkInstalled('busybox', { 'bin/busybox': q1(elf('ok').content), 'usr/lib/a.so': q1('a.so.1') }),
      'usr/lib/a.so': { symlink: 'a.so.1' },
      'usr/lib/a.so.1': elf('library'),
    }
    expect(await changes({ ...image, 'bin/busybox': elf('ok') })).toEqual([])
    expect(await changes({ ...image, 'bin/busybox': elf('bad') })).toEqual(['bin/busybox busybox layer 0 program'])
  })

  test('what apk leaves alone below etc/ is no change', async () => {
    expect(await changes({ ...apkInstalled('base', { 'etc/motd': q1('a') }), 'etc/motd': 'b' })).toEqual([])
  })

  test.each([
    ['Q2 and all of it', '', (sha256: string) => `Q2${sha256}`],
    [
      'a SHA-1’s length and the rest',
      '',
      (sha256: string) => {
        const bytes = Buffer.from(sha256, 'base64')
        return `Q1${bytes.subarray(0, 20).toString('base64')}${bytes.subarray(20).toString('base64')}`
      },
    ],
    ['a SHA-1’s length and a flag', 'f:S\n', (sha256: string) => `Q1${Buffer.from(sha256, 'base64').subarray(0, 20).toString('base64')}`],
  ])('a SHA-256 of version 3 is read as %s', async (_, more, written) => {
    const image = {
      'etc/alpine-release': '3.23',
      ...apkInstalled('musl', { 'lib/ld-musl-x86_64.so.1': written(digest('sha256', elf('ok').content, 'base64')) }, more),
    }
    expect(await changes({ ...image, 'lib/ld-musl-x86_64.so.1': elf('ok') })).toEqual([])
    expect(await changes({ ...image, 'lib/ld-musl-x86_64.so.1': elf('bad') })).toEqual(['lib/ld-musl-x86_64.so.1 musl layer 0 program'])
  })
})

describe('rpm', () => {
  const sshd = { name: 'openssh-server', version: '9', release: '1', files: ['/usr/sbin/sshd', '/etc/ssh/sshd_config'] }
  const digests = [digest('sha256', elf('ok').content), digest('sha256', 'config')]

  test('a program is held to its digest, and configuration is not', async () => {
    const image = { ...rpmDatabase({ ...sshd, digests, digestAlgorithm: 8, flags: [0, 17] }), 'etc/ssh/sshd_config': 'other' }
    expect(await changes({ ...image, 'usr/sbin/sshd': elf('ok') })).toEqual([])
    expect(await changes({ ...image, 'usr/sbin/sshd': elf('bad') })).toEqual(['usr/sbin/sshd openssh-server layer 0 program'])
  })

  test('what the package says is not to be verified, or another package put there, is not', async () => {
    const bad = { 'usr/sbin/sshd': elf('bad'), 'etc/ssh/sshd_config': 'config' }
    const image = (more: object) => ({ ...rpmDatabase({ ...sshd, digests, digestAlgorithm: 8, ...more }), ...bad })
    expect(await changes(image({}))).toHaveLength(1)
    expect(await changes(image({ verifyFlags: [0xffffffff & ~1, 0xffffffff] }))).toEqual([])
    expect(await changes(image({ states: [1, 0] }))).toEqual([])
    expect(await changes(image({ digestAlgorithm: 10 }))).toEqual([])
  })

  test('MD5, the algorithm of headers that name none, is read', async () => {
    const old = rpmDatabase({ ...sshd, files: ['/usr/sbin/sshd'], digests: [digest('md5', elf('ok').content)] })
    expect(await changes(old, { 'usr/sbin/sshd': elf('bad') })).toEqual(['usr/sbin/sshd openssh-server layer 1 program'])
    expect(await changes(old, { 'usr/sbin/sshd': elf('ok') })).toEqual([])
  })
})

test('a program whose layer looks like one of another distribution is unknown, and not taken for right', async () => {
  const image = await evidenceOf(
    {
      ...apkInstalled('busybox', {
        'bin/busybox': `Q1${digest('sha1', 'x', 'base64')}`,
        'usr/share/x': `Q1${digest('sha1', 'x', 'base64')}`,
      }),
    },
    { 'etc/debian_version': '12', 'bin/busybox': elf('bad'), 'usr/share/x': 'bad' },
  )
  expect(image.files?.integrity?.()).toEqual({ changed: [], unknown: ['bin/busybox'] })
})
