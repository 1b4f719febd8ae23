import { expect, test } from 'vitest'
import { defaultPolicy } from '../../../src/policy/read.ts'
import { packageIntegrity } from '../../../src/scan/integrity/check.ts'
import type { TarFiles } from '../../builders/tar.ts'
import { memoryImage } from '../memory-image.ts'
import { elf, evidenceOf, md5sums } from './package-image.ts'

async function judge(...layers: readonly TarFiles[]) {
  const evidence = await evidenceOf(...layers)
  const { image } = memoryImage([])
  const named = layers.map((_, index) => ({
    descriptor: { digest: `layer ${index}`, mediaType: '', size: 0 },
    createdBy: `RUN step ${index}`,
  }))
  return packageIntegrity.check({ image: { ...image, layers: named }, evidence, policy: defaultPolicy(), now: new Date(0) })
}

const base = md5sums('openssh-server', { 'usr/sbin/sshd': elf('ok').content })

test('a changed sshd is a high finding at its file, with the instruction that changed it', async () => {
  const { problems, gaps } = await judge({ ...base, 'usr/sbin/sshd': elf('ok') }, { 'usr/sbin/sshd': elf('bad') })
  expect(gaps).toEqual([])
  expect(problems).toMatchObject([
    {
      rule: 'image/package-file-changed',
      check: 'image-config',
      severity: 'high',
      message: '"usr/sbin/sshd" is not the file that package "openssh-server" installed',
      content: { path: 'usr/sbin/sshd', layer: 'layer 1', instruction: 'RUN step 1' },
      anchor: 'usr/sbin/sshd',
    },
  ])
})

test('other files have one finding a package: medium for modules, low for the rest', async () => {
  const { problems } = await judge({
    ...md5sums('npm', { 'usr/lib/a.js': '', 'usr/lib/b.js': '', 'usr/share/doc/npm/x': '' }),
    ...md5sums('tzdata', {
      'usr/share/zoneinfo/1': '',
      'usr/share/zoneinfo/2': '',
      'usr/share/zoneinfo/3': '',
      'usr/share/zoneinfo/4': '',
    }),
    'usr/lib/a.js': 'x',
    'usr/lib/b.js': 'x',
    'usr/share/doc/npm/x': 'x',
    ...Object.fromEntries([1, 2, 3, 4].map((number) => [`usr/share/zoneinfo/${number}`, 'x'])),
  })
  expect(problems.map(({ rule, severity, message }) => `${rule} ${severity} ${message}`)).toEqual([
    'image/package-data-changed medium 2 files differ from what package "npm" installed: "usr/lib/a.js", "usr/lib/b.js"',
    'image/package-data-changed low 1 file differs from what package "npm" installed: "usr/share/doc/npm/x"',
    'image/package-data-changed low 4 files differ from what package "tzdata" installed: "usr/share/zoneinfo/1", "usr/share/zoneinfo/2", "usr/share/zoneinfo/3" and 1 more',
  ])
})

test('of many changed programs the first have findings of their own, and the others are counted in one', async () => {
  const paths = Array.from({ length: 60 }, (_, index) => `usr/bin/p${String(index).padStart(2, '0')}`)
  const installed = md5sums('coreutils', Object.fromEntries(paths.map((path) => [path, 'ok'])))
  const { problems } = await judge({ ...installed, ...Object.fromEntries(paths.map((path) => [path, elf('bad')])) })
  expect(problems).toHaveLength(51)
  expect(problems.at(-1)).toMatchObject({
    severity: 'high',
    message: '10 files differ from what package "coreutils" installed: "usr/bin/p50", "usr/bin/p51", "usr/bin/p52" and 7 more',
  })
})

test('programs that could not be compared are a gap', async () => {
  const { problems, gaps } = await judge(base, { 'etc/alpine-release': '3', 'usr/sbin/sshd': elf('bad') })
  expect(problems).toEqual([])
  expect(gaps).toEqual([
    '1 program of packages could not be compared, for it lies where packages have none, or the layer looks like one of another distribution: "usr/sbin/sshd"',
  ])
})

test('an image whose layers were not read has nothing to compare', () => {
  const { image } = memoryImage([])
  expect(packageIntegrity.check({ image, evidence: { packages: [], gaps: [] }, policy: defaultPolicy(), now: new Date(0) })).toEqual({
    problems: [],
    gaps: [],
  })
})
