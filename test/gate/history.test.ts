import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { historyStore, type KnownImage } from '../../src/gate/history-store.ts'
import { prepareCheck } from '../../src/gate/prepare.ts'
import { check } from '../../src/gate/run.ts'
import { earlierTags, similarTags } from '../../src/gate/tag-series.ts'
import { createHttp, type HttpClient } from '../../src/http.ts'
import type { EvidenceCache } from '../../src/scan/layer-pass.ts'
import { osvRecord } from '../builders/advisories.ts'
import { imageSeries, minerAndBackDoor, type SeriesImage } from '../builders/image-series.ts'
import { honestProfiles } from '../builders/profile-series.ts'
import { startRegistry, type TestRegistry } from '../builders/registry.ts'
import { type Folder, temporaryFolder } from '../builders/tree.ts'

const record = osvRecord({ id: 'CVE-2024-1', name: 'other', events: ['introduced 0'], ecosystem: 'Alpine:v3.18' })
const series = imageSeries(4, 12, minerAndBackDoor)
const [latest = series[0] as SeriesImage] = series.slice(-1)

let registry: TestRegistry
let http: HttpClient
let folder: Folder
beforeEach(async () => {
  registry = await startRegistry()
  http = createHttp({ sleep: async () => {} })
  folder = temporaryFolder({ 'advisories/1.json': JSON.stringify(record) })
  for (const { tag, image } of series) registry.push('shop', tag, image)
})
afterEach(async () => {
  http.close()
  await registry.close()
  folder[Symbol.dispose]()
})

async function judged(reference: string, options: object, policy = 'failOn: high\n'): Promise<Report> {
  const pod = `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: '${registry.host}/${reference}' }] }\n`
  folder.write({ 'tree/pod.yaml': pod, 'tree/.portcullis.yaml': policy })
  const host = { http, environment: {}, now: new Date('2026-01-01'), signal: AbortSignal.timeout(30_000) }
  const call = { advisories: [`${folder.path}/advisories`], checks: 'images', ...options }
  return (await check(await prepareCheck(`${folder.path}/tree`, call, host))).report
}
const told = ({ notes = [] }: Report) =>
  notes.filter((note) => /anomaly|earlier images/u.test(note)).map((note) => note.replace(registry.host, 'HOST'))
const lists = () => registry.seen.filter(({ path }) => path.includes('/tags/list')).length
const scored = (report: Report) => report.subjects[0]?.anomaly
const cache = () => ({ cache: `${folder.path}/cache` })

describe('the history of an image', () => {
  test('is asked for nowhere without a word or a cache', async () => {
    const report = await judged(`shop:${latest.tag}`, {})
    expect({ lists: lists(), anomaly: scored(report), notes: told(report) }).toEqual({ lists: 0, anomaly: undefined, notes: [] })
  })

  test.each([
    ['the call', { anomaly: true }, 'failOn: high\n'],
    ['the policy', {}, 'anomaly: { history: registry }\n'],
  ])('is read from the registry where %s says so', async (_, options, policy) => {
    const report = await judged(`shop:${latest.tag}`, options, policy)
    expect({ lists: lists(), anomaly: scored(report)?.is_anomaly, history: scored(report)?.history }).toEqual({
      lists: 1,
      anomaly: true,
      history: 11,
    })
  })

  test('is as long as the policy says, the newest first', async () => {
    const report = await judged(`shop:${latest.tag}`, {}, 'anomaly: { history: registry, images: 9 }\n')
    const manifests = new Set(registry.seen.flatMap(({ path }) => /manifests\/(1\.\d+\.0)$/u.exec(path)?.[1] ?? []))
    expect({ history: scored(report)?.history, oldest: manifests.has('1.2.0'), older: manifests.has('1.1.0') }).toEqual({
      history: 9,
      oldest: true,
      older: false,
    })
  })

  test('is not looked at where the policy turns it off', async () => {
    const report = await judged(`shop:${latest.tag}`, cache(), "anomaly: { history: 'off' }\n")
    const again = await judged(`shop:${latest.tag}`, cache())
    expect([scored(report), scored(again)]).toEqual([undefined, undefined])
  })

  test('that is too short is told, and is no gap', async () => {
    const report = await judged('shop:1.3.0', { anomaly: true })
    expect({ anomaly: scored(report), notes: told(report) }).toEqual({
      anomaly: undefined,
      notes: ['HOST/shop:1.3.0: no anomaly score: 3 earlier images are known, and 8 are needed to tell what is usual'],
    })
    expect(report.gaps.filter(({ message }) => message.includes('earlier'))).toEqual([])
  })

  test.each([
    [
      'whose tags are not listed',
      `shop:${latest.tag}`,
      () => {
        registry.tagsApi = false
      },
      /its earlier images are not known: the tags of .* 404/u,
    ],
    [
      'of a tag that is no version',
      'shop:latest',
      () => registry.push('shop', 'latest', latest.image),
      /none is known: its tag is no version, and no other has its form/u,
    ],
    [
      'of which some are gone',
      `shop:${latest.tag}`,
      () => {
        for (const { image } of series.slice(2, 6)) registry.blobs.delete(image.layers[0]?.digest ?? '')
      },
      /4 of 11 are left out, for they could not be read: 1\.2\.0: layer could not be read/u,
    ],
  ])('%s leaves out what it must, which is a note', async (_, reference, spoil, note) => {
    spoil()
    const report = await judged(reference, { anomaly: true })
    expect({
      anomaly: scored(report),
      notes: told(report).join('\n'),
      gaps: report.gaps.filter(({ message }) => /layer|tags/u.test(message)),
    }).toEqual({
      anomaly: undefined,
      notes: expect.stringMatching(note),
      gaps: [],
    })
  })

  test('of a tag that moves is what the cache has seen it name', async () => {
    const scores = []
    for (const { image } of series) {
      registry.push('shop', 'latest', image)
      scores.push(scored(await judged('shop:latest', { ...cache(), anomaly: true })))
    }
    expect(scores.slice(-2).map((anomaly) => [anomaly?.history, anomaly?.is_anomaly])).toEqual([
      [10, false],
      [11, true],
    ])
  })

  test('is by the time that images were made where tags are no versions', async () => {
    const tagOf = (image: SeriesImage['image']) => `sha-${image.descriptor.digest.slice(7, 17)}`
    for (const { image } of series) registry.push('shop', tagOf(image), image)
    const scores = []
    for (const index of [11, 9, 5])
      scores.push(scored(await judged(`shop:${tagOf(series[index]?.image ?? latest.image)}`, { anomaly: true })))
    expect(scores.map((anomaly) => anomaly && [anomaly.history, anomaly.is_anomaly])).toEqual([[11, true], [9, false], undefined])
  })

  test('is not read where its layers are too many bytes', async () => {
    const large = (image: SeriesImage['image'], bytes: number) => {
      const text = Buffer.from(image.blobs.get(image.descriptor.digest) ?? []).toString()
      return Buffer.from(text.replace(/("layers":\[\{"mediaType":"[^"]*","digest":"[^"]*","size":)\d+/u, `$1${bytes}`))
    }
    for (const [index, { tag, image }] of series.slice(0, -1).entries())
      registry.pushManifest('shop', tag, image.descriptor.mediaType, large(image, 600_000_000 + index))
    const report = await judged(`shop:${latest.tag}`, { anomaly: true })
    const blobs = new Set(series.slice(0, -1).flatMap(({ image }) => image.layers.map(({ digest }) => digest)))
    for (const { digest } of latest.image.layers) blobs.delete(digest)
    expect({
      notes: told(report)[1],
      read: registry.seen.filter(({ path }) => blobs.has(path.slice(path.lastIndexOf('/') + 1) as `sha256:${string}`)).length,
    }).toEqual({ notes: expect.stringMatching(/11 are left out: layers of more than 2 GB would be read for them/u), read: 0 })
  })

  test('has images that many tags name once', async () => {
    for (let patch = 1; patch < 20; patch++) registry.push('shop', `1.2.${patch}`, series[2]?.image ?? latest.image)
    expect(scored(await judged('shop:1.6.0', { anomaly: true }))).toBeUndefined()
  })

  test('is not asked for where the image itself cannot be read as a whole, which a note says', async () => {
    registry.blobs.delete(latest.image.layers.at(-1)?.digest ?? '')
    const report = await judged(`shop:${latest.tag}`, { anomaly: true })
    expect({ lists: lists(), notes: told(report) }).toEqual({
      lists: 0,
      notes: [`HOST/shop:${latest.tag}: no anomaly score: the image could not be read as a whole`],
    })
  })

  test('does not hold an image against itself under an earlier tag', async () => {
    registry.push('shop', '1.10.5', latest.image)
    expect(scored(await judged(`shop:${latest.tag}`, { anomaly: true }))).toMatchObject({ is_anomaly: true, history: 11 })
  })

  test('grows from run to run in a cache, and is there without a registry that lists tags', async () => {
    registry.tagsApi = false
    const scores = []
    for (const { tag } of series) scores.push(scored(await judged(`shop:${tag}`, cache())))
    expect(scores.map((anomaly) => anomaly?.history)).toEqual([...Array.from({ length: 8 }, () => undefined), 8, 9, 10, 11])
    expect(scores.map((anomaly) => anomaly?.is_anomaly)).toEqual([...Array.from({ length: 8 }, () => undefined), false, false, false, true])
  })

  test('in a cache is by the time that images were made where tags are no versions', async () => {
    for (const { image } of series) registry.push('shop', `build-${image.descriptor.digest.slice(7, 15)}`, image)
    const scores = []
    for (const { image } of series) scores.push(scored(await judged(`shop:build-${image.descriptor.digest.slice(7, 15)}`, cache())))
    expect(scores.map((anomaly) => anomaly?.history).slice(-2)).toEqual([10, 11])
    // The last again: it is not earlier than itself.
    expect(scored(await judged(`shop:build-${latest.image.descriptor.digest.slice(7, 15)}`, cache()))?.history).toBe(11)
    // The sixth again: what came after it is not earlier.
    expect(scored(await judged(`shop:build-${series[5]?.image.descriptor.digest.slice(7, 15)}`, cache()))).toBeUndefined()
  })
})

test('a strange image that the base has already is an existing finding, and the next strange one is new', async () => {
  const { memoryTree } = await import('../builders/tree.ts')
  const pod = (tag: string) =>
    `apiVersion: v1\nkind: Pod\nmetadata: { name: a }\nspec: { containers: [{ name: a, image: '${registry.host}/shop:${tag}' }] }\n`
  const host = { http, environment: {}, now: new Date('2026-01-01'), signal: AbortSignal.timeout(30_000) }
  const states = []
  for (const base of [latest.tag, '1.10.0']) {
    folder.write({ 'tree/pod.yaml': pod(latest.tag) })
    const call = { advisories: [`${folder.path}/advisories`], checks: 'images', anomaly: true }
    const request = await prepareCheck(`${folder.path}/tree`, call, { ...host, baseTree: memoryTree({ 'pod.yaml': pod(base) }) })
    const { findings } = (await check(request)).report
    states.push(findings.filter(({ rule }) => rule === 'image/anomaly').map(({ state }) => state))
  }
  expect(states).toEqual([['existing'], ['new']])
  // Twice, and each time once for both images.
  const asked = registry.seen.filter(({ path, method }) => method === 'GET' && path.endsWith('/manifests/1.5.0'))
  expect(asked.length).toBe(2)
})

describe('the store of profiles', () => {
  const memoryCache = (): EvidenceCache & { readonly entries: Map<string, Uint8Array> } => {
    const entries = new Map<string, Uint8Array>()
    return { entries, read: async (key) => entries.get(key), write: async (key, bytes) => void entries.set(key, bytes) }
  }
  const [profile] = honestProfiles(1, 1)
  if (!profile) throw new Error('no profile')
  const known = (index: number): KnownImage => ({ digest: `sha256:${index}`, tag: `${index}`, seen: index })

  test('gives back what it was given, without what may be secret', async () => {
    const store = historyStore(memoryCache())
    const environment = [{ name: 'TOKEN', valueDigest: 'abc' }]
    await store.keep({ ...profile, environment, entrypoint: ['app', '--token', 'x'], command: ['y'] })
    expect(await store.profile(profile.digest)).toEqual({ ...profile, environment: [{ name: 'TOKEN' }], entrypoint: [], command: [] })
  })

  test('keeps nothing of an image that was not read as a whole', async () => {
    const cache = memoryCache()
    await historyStore(cache).keep({ ...profile, isWhole: false })
    expect(cache.entries.size).toBe(0)
  })

  test('believes no entry of another shape, of another image, or that unpacks without end', async () => {
    const { zstdCompressSync } = await import('node:zlib')
    const cache = memoryCache()
    const store = historyStore(cache)
    await store.keep(profile)
    const [key = ''] = cache.entries.keys()
    const bytesOf = (value: unknown) => zstdCompressSync(JSON.stringify(value))
    const lies: Uint8Array[] = [
      Buffer.from('no entry'),
      bytesOf([]),
      bytesOf({ ...profile, digest: 'sha256:other' }),
      bytesOf({ ...profile, sizeBytes: -1 }),
      bytesOf({ ...profile, files: { ...profile.files, binaries: [{ path: 'x', layer: '', entropy: Number.MAX_VALUE }] } }),
      bytesOf({ ...profile, isWhole: false }),
      zstdCompressSync(Buffer.alloc(64 * 1024 * 1024, 0x20)),
    ]
    for (const lie of lies) {
      cache.entries.set(key, lie)
      expect(await store.profile(profile.digest)).toBeUndefined()
    }
  })

  test('remembers each image once, of many at once, and the newest of too many', async () => {
    const store = historyStore(memoryCache())
    await Promise.all([1, 2, 3, 2, 1].map((index) => store.remember('a', known(index))))
    expect((await store.known('a')).map(({ seen }) => seen)).toEqual([1, 2, 3])
    for (let index = 4; index <= 210; index++) await store.remember('a', known(index))
    const all = await store.known('a')
    expect([all.length, all[0]?.seen, all.at(-1)?.seen]).toEqual([200, 11, 210])
  })

  test('keeps repositories apart, and has nothing for a list that lies', async () => {
    const cache = memoryCache()
    const store = historyStore(cache)
    await store.remember('a', known(1))
    for (const key of cache.entries.keys()) cache.entries.set(key, Buffer.from('{"a":1}'))
    expect([await store.known('a'), await store.known('b')]).toEqual([[], []])
  })
})

test.each<[string, string[], number, string[]]>([
  ['1.10.0', ['1.9.0', '1.10.0', '1.2.0', '2.0.0', '0.9.0', 'latest', '1.9'], 10, ['0.9.0', '1.2.0', '1.9.0']],
  ['1.10.0', ['1.9.0', '1.2.0', '0.9.0'], 2, ['1.2.0', '1.9.0']],
  ['v2-alpine', ['v1-alpine', 'v1', '1-alpine', 'v3-alpine', 'v1-alpine3.20'], 10, ['v1-alpine']],
  ['20240513', ['20240512', '20230101', '1'], 10, ['1', '20230101', '20240512']],
  ['latest', ['1', '2'], 10, []],
  ['2', ['1'], 0, []],
])('the earlier tags of %s among %j, at most %i, are %j', (tag, all, limit, expected) => {
  expect(earlierTags(tag, all, limit)).toEqual(expected)
})

test.each<[string, string[], string[]]>([
  ['sha-1f3a9c2', ['sha-1f3a9c2', 'sha-aaaa111', 'sha-facade0', 'latest', 'sha-xyz', '1.2.3'], ['sha-aaaa111', 'sha-facade0']],
  ['main-20250102T1200', ['main-20250101T0900', 'dev-20250101T0900', 'main'], ['main-20250101T0900']],
  ['latest', ['latest', 'stable'], []],
])('tags of the form of %s among %j are %j', (tag, all, expected) => {
  expect(similarTags(tag, all)).toEqual(expected)
})
