import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createCache } from '../../src/oci/cache.ts'

let directory: string
let now: number
beforeEach(async () => {
  directory = path.join(await mkdtemp(path.join(tmpdir(), 'cache-')), 'evidence')
  now = 1_700_000_000_000
})
afterEach(() => rm(path.dirname(directory), { recursive: true }))

const open = (maxBytes?: number) => createCache(directory, { clock: () => now, ...(maxBytes === undefined ? {} : { maxBytes }) })
const text = async (key: string, cache = open()) => {
  const bytes = await cache.read(key)
  return bytes && Buffer.from(bytes).toString()
}
const onlyFile = async () => path.join(directory, (await readdir(directory))[0] ?? '')

test('an entry is read by the next run', async () => {
  await open().write('layer/sha256:a', Buffer.from('evidence'))
  expect(await text('layer/sha256:a')).toBe('evidence')
  expect(await text('layer/sha256:b')).toBeUndefined()
})

test('a key with a path in it stays in the directory', async () => {
  await open().write('../../outside', Buffer.from('x'))
  expect(await readdir(path.dirname(directory))).toEqual(['evidence'])
  expect(await text('../../outside')).toBe('x')
})

describe('is read anew, and thrown away,', () => {
  test.each<[string, (entry: Buffer) => Uint8Array]>([
    ['an entry that was cut short', (entry) => entry.subarray(0, -1)],
    ['an entry with another byte', (entry) => Buffer.from(entry.map((byte, index) => (index === entry.length - 1 ? byte ^ 1 : byte)))],
    ['an entry that is empty', () => Buffer.alloc(0)],
    ['an entry of another format', (entry) => Buffer.from(entry.toString().replace('/v1 ', '/v2 '))],
    ['something that is no entry', () => Buffer.alloc(5000, 'x')],
  ])('%s', async (_, damage) => {
    await open().write('key', Buffer.from('evidence'))
    const file = await onlyFile()
    await writeFile(file, damage(await readFile(file)))
    expect(await text('key')).toBeUndefined()
    expect(await readdir(directory)).toEqual([])
    await open().write('key', Buffer.from('again'))
    expect(await text('key')).toBe('again')
  })

  test('an entry of another key', async () => {
    await open().write('one', Buffer.from('evidence'))
    const one = await onlyFile()
    await open().write('two', Buffer.from('other'))
    const two = (await readdir(directory)).map((name) => path.join(directory, name)).find((name) => name !== one) ?? ''
    await writeFile(two, await readFile(one))
    expect(await text('two')).toBeUndefined()
  })
})

describe('the bound', () => {
  test('evicts what was used longest ago', async () => {
    const cache = open(10_000)
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h']) {
      now += 1000
      await cache.write(key, Buffer.alloc(1000, key))
    }
    now += 1000
    await cache.read('a')
    now += 1000
    await cache.write('i', Buffer.alloc(1000, 'i'))
    const kept = await Promise.all(['a', 'b', 'h', 'i'].map(async (key) => (await cache.read(key)) !== undefined))
    expect(kept).toEqual([true, false, true, true])
  })

  test('holds for what earlier runs left', async () => {
    for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', 'j']) await open(1e6).write(key, Buffer.alloc(1000))
    now += 1000
    await open(8500).write('new', Buffer.alloc(10))
    expect((await readdir(directory)).length).toBeLessThan(8)
    expect(await open().read('new')).toBeDefined()
  })

  test('does not take an entry that would push out the rest', async () => {
    await open(10_000).write('a', Buffer.alloc(2000))
    expect(await open(10_000).read('a')).toBeUndefined()
  })

  test('removes what a killed run left half written, after a day', async () => {
    const cache = open()
    await cache.write('a', Buffer.from('x'))
    await writeFile(path.join(directory, 'abc.part'), 'half')
    now = Date.now() + 2 * 86_400_000
    await open().write('b', Buffer.from('y'))
    expect((await readdir(directory)).filter((name) => name.endsWith('.part'))).toEqual([])
  })
})

test('a directory that cannot be written costs time alone', async () => {
  await writeFile(directory, 'a file in its place')
  await open().write('a', Buffer.from('x'))
  expect(await open().read('a')).toBeUndefined()
})
