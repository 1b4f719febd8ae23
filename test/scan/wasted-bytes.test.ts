import { expect, test } from 'vitest'
import { defaultPolicy } from '../../src/policy/read.ts'
import { wastedBytes } from '../../src/scan/wasted-bytes.ts'
import type { TarFiles } from '../builders/tar.ts'
import { evidenceOf } from './integrity/package-image.ts'
import { memoryImage } from './memory-image.ts'

const bytes = (megabytes: number) => Buffer.alloc(megabytes * 1_000_000)

async function judge(...layers: readonly TarFiles[]) {
  const evidence = await evidenceOf(...layers)
  const { image } = memoryImage([])
  const named = layers.map((_, index) => ({
    descriptor: { digest: `layer ${index}`, mediaType: '', size: 0 },
    createdBy: `RUN step ${index}`,
  }))
  return wastedBytes.check({ image: { ...image, layers: named }, evidence, policy: defaultPolicy(), now: new Date(0) }).problems
}

test('layers whose files are deleted or replaced later are named with their figures and their instructions', async () => {
  const problems = await judge(
    { 'var/cache/a': bytes(15), 'app/keep': bytes(10), 'app/changed': bytes(6), small: 'x' },
    { 'tmp/b': bytes(4), 'app/changed': bytes(6), c: bytes(1) },
    { 'var/.wh.cache': '', '.wh.tmp': '' },
  )
  expect(problems.map(({ message }) => message)).toEqual([
    'layer 1 of 3 has 21.0 MB of 31.0 MB that later layers delete or replace (the image 25.0 MB of 42.0 MB), most of it "var/cache/a" (15.0 MB), "app/changed" (6.0 MB)',
    'layer 2 of 3 has 4.0 MB of 11.0 MB that later layers delete or replace (the image 25.0 MB of 42.0 MB), most of it "tmp/b" (4.0 MB)',
  ])
  expect(problems).toMatchObject([
    { rule: 'image/wasted-bytes', severity: 'low', content: { layer: 'layer 0', instruction: 'RUN step 0' }, anchor: 'RUN step 0' },
    { content: { layer: 'layer 1', instruction: 'RUN step 1' } },
  ])
})

test('a file that lives on as a hard link is not wasted', async () => {
  const base = { a: bytes(30), b: { hardlink: 'a' } }
  expect(await judge(base, { '.wh.a': '' })).toEqual([])
  expect(await judge(base, { '.wh.a': '', '.wh.b': '' })).toHaveLength(1)
})

test('a little of a large image, and much of a small one, is no finding', async () => {
  expect(await judge({ gone: bytes(21), stays: bytes(200) }, { '.wh.gone': '' })).toEqual([])
  expect(await judge({ gone: bytes(19) }, { '.wh.gone': '' })).toEqual([])
  expect(await judge({ gone: bytes(21), stays: bytes(180) }, { '.wh.gone': '' })).toHaveLength(1)
})

test('an image whose layers were not read wastes nothing that is known', () => {
  const { image } = memoryImage([])
  expect(wastedBytes.check({ image, evidence: { packages: [], gaps: [] }, policy: defaultPolicy(), now: new Date(0) })).toEqual({
    problems: [],
    gaps: [],
  })
})
