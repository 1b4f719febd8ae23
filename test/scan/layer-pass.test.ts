import { expect, test } from 'vitest'
import type { ImageEvidence } from '../../src/scan/evidence.ts'
import type { FileWatcher } from '../../src/scan/examiner.ts'
import { createLayerPass, type EvidenceCache } from '../../src/scan/layer-pass.ts'
import { readEvidence } from '../../src/scan/read-evidence.ts'
import { apkDatabase, osRelease } from '../builders/package-databases.ts'
import { gzippedTar, memoryImage } from './memory-image.ts'

const signal = new AbortController().signal
const base = (number: number) =>
  gzippedTar({
    'etc/os-release': osRelease({ ID: 'alpine', VERSION_ID: `3.${number}` }),
    'lib/apk/db/installed': apkDatabase({ musl: `1.${number}` }),
  })
const application = (number: number) =>
  gzippedTar({ 'app/node_modules/a/package.json': JSON.stringify({ name: 'a', version: `1.0.${number}` }) })

const plain = ({ files, ...evidence }: ImageEvidence) => ({ ...evidence, files: [...(files?.all() ?? [])] })

function memoryCache(): EvidenceCache & { readonly entries: Map<string, Uint8Array> } {
  const entries = new Map<string, Uint8Array>()
  return {
    entries,
    read: async (key) => entries.get(key),
    async write(key, bytes) {
      entries.set(key, bytes)
    },
  }
}

/** Each sign of the names takes six in JSON, and together they are more than one text can be. */
const unencodable = () => {
  const metadata = `Metadata-Version: 2.1\nName: a${'\u0001'.repeat(15.9 * 1024 * 1024)}\nVersion: 1\n`
  const files = Array.from({ length: 6 }, (_, at) => [`usr/lib/python3/site-packages/a${at}.dist-info/METADATA`, metadata] as const)
  return gzippedTar(Object.fromEntries(files))
}

test('evidence that cannot be encoded is a gap of its own layer, and of no image that needs its room, with a cache and without', async () => {
  const hostile = memoryImage([unencodable(), application(1)])
  const entries = Array.from({ length: 6000 }, (_, at) => [`${at}${'a'.repeat(3000)}`, ''] as const)
  const other = memoryImage([gzippedTar(Object.fromEntries(entries)), application(2)])
  for (const cache of [undefined, memoryCache()]) {
    const pass = createLayerPass({ concurrency: 1, packagesAlone: true, ...(cache && { cache }) })
    const read = ({ image, source }: typeof hostile) => readEvidence(image, source, { signal, pass })
    const [first, second] = [await read(hostile), await read(other)]
    expect([first.packages.length, second.packages.length, second.gaps]).toEqual([1, 1, []])
    expect(first.gaps).toEqual([{ layer: hostile.digests[0], message: expect.stringMatching(/^layer could not be read: /) }])
  }
}, 60_000)

test('of 300 services of 60 images on 5 bases every layer is read once', async () => {
  const images = Array.from({ length: 60 }, (_, at) => memoryImage([base(at % 5), application(at)]))
  const services = Array.from({ length: 300 }, (_, at) => images[at % 60] ?? memoryImage([]))
  const pass = createLayerPass({ concurrency: 4 })
  const all = await Promise.all(services.map(({ image, source }) => readEvidence(image, source, { signal, pass })))
  expect(all.map(({ packages }) => packages.length)).toEqual(Array(300).fill(2))
  expect(pass.counts()).toEqual({ read: 65, cached: 0, shared: 535 })
  expect(images.flatMap(({ reads }) => [...reads.values()]).reduce((sum, count) => sum + count, 0)).toBe(65)
})

test('the same evidence comes from the cache, and no byte is read', async () => {
  const cache = memoryCache()
  const first = memoryImage([base(1), application(1)])
  const evidence = plain(await readEvidence(first.image, first.source, { signal, pass: createLayerPass({ concurrency: 2, cache }) }))
  const second = memoryImage([base(1), application(1)])
  const pass = createLayerPass({ concurrency: 2, cache })
  expect(plain(await readEvidence(second.image, second.source, { signal, pass }))).toEqual(evidence)
  expect(second.reads.size).toBe(0)
  expect(pass.counts()).toEqual({ read: 0, cached: 2, shared: 0 })
})

test.each([
  ['without a cache', undefined],
  ['with one', memoryCache()],
])('whoever asks again is told the same, %s, and nothing is read again', async (_, cache) => {
  const { image, source, reads } = memoryImage([base(1), application(1)])
  const pass = createLayerPass({ concurrency: 2, ...(cache && { cache }) })
  const asked = async () => plain(await readEvidence(image, source, { signal, pass }))
  const first = await asked()
  expect([await asked(), await asked()]).toEqual([first, first])
  expect([...reads.values()]).toEqual([1, 1])
  expect(cache?.entries.size ?? 2).toBe(2)
})

test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
  ['is cut short', (bytes) => bytes.subarray(0, bytes.length / 2)],
  ['is empty', () => Buffer.alloc(0)],
  ['is of something else', () => Buffer.from('{"version":"portcullis.layer-evidence/1"}')],
])('an entry of the cache that %s is read anew', async (_, damage) => {
  const cache = memoryCache()
  const { image, source } = memoryImage([base(1)])
  const evidence = plain(await readEvidence(image, source, { signal, pass: createLayerPass({ concurrency: 2, cache }) }))
  for (const [key, bytes] of cache.entries) cache.entries.set(key, damage(bytes))
  const pass = createLayerPass({ concurrency: 2, cache })
  expect(plain(await readEvidence(image, source, { signal, pass }))).toEqual(evidence)
  expect(pass.counts()).toEqual({ read: 1, cached: 0, shared: 0 })
})

test('a layer that could not be read is not kept', async () => {
  const cache = memoryCache()
  const { image, source } = memoryImage([{ bytes: Buffer.from('<html>'), mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' }])
  const { gaps } = await readEvidence(image, source, { signal, pass: createLayerPass({ concurrency: 2, cache }) })
  expect(gaps).toHaveLength(1)
  expect(cache.entries.size).toBe(0)
})

test('no more layers are read at the same time than are allowed', async () => {
  const { image, source } = memoryImage(Array.from({ length: 10 }, (_, at) => application(at)))
  let [open, most] = [0, 0]
  const counted: typeof source = {
    ...source,
    async *read(descriptor, aborted) {
      most = Math.max(most, ++open)
      yield* source.read(descriptor, aborted)
      open--
    },
  }
  await readEvidence(image, counted, { signal, pass: createLayerPass({ concurrency: 3 }) })
  expect([open, most]).toEqual([0, 3])
})

test('whoever shows progress is told of every byte', async () => {
  const { image, source } = memoryImage([base(1), application(1)])
  const read = new Map<string, number>()
  const pass = createLayerPass({ concurrency: 2, progress: ({ digest }, bytes) => read.set(digest, bytes) })
  await readEvidence(image, source, { signal, pass })
  expect([...read].sort()).toEqual(image.layers.map(({ descriptor }) => [descriptor.digest, descriptor.size]).sort())
})

/** Writes down what it is given, a promise at a time. */
function watcher(seen: string[]): FileWatcher {
  return {
    open({ path }) {
      let text = ''
      return {
        async write(piece) {
          await new Promise((resolve) => setImmediate(resolve))
          text += Buffer.from(piece).toString()
        },
        end: () => void seen.push(`${path}: ${text}`),
      }
    },
  }
}

const watched = gzippedTar({ a: 'one', b: { symlink: 'a' }, 'app/package.json': '{"name":"x","version":"1"}', c: '' })

test('a watcher sees every regular file of every distinct layer once, those that a format reads too', async () => {
  const seen: string[] = []
  const pass = createLayerPass({ concurrency: 2, watch: () => watcher(seen) })
  const { image, source, reads } = memoryImage([watched])
  for (let times = 0; times < 2; times++) await readEvidence(image, source, { signal, pass })
  expect(seen).toEqual(['a: one', 'app/package.json: {"name":"x","version":"1"}', 'c: '])
  expect([...reads.values()]).toEqual([1])
})

test('a layer whose evidence a cache has is read for its watcher, and only for one', async () => {
  const cache = memoryCache()
  const { image, source, reads, digests } = memoryImage([watched, base(1)])
  const evidence = plain(await readEvidence(image, source, { signal, pass: createLayerPass({ concurrency: 2, cache }) }))
  const seen: string[] = []
  const watch = ({ descriptor }: { descriptor: { digest: string } }) => (descriptor.digest === digests[0] ? watcher(seen) : undefined)
  const again = await readEvidence(image, source, { signal, pass: createLayerPass({ concurrency: 2, cache, watch }) })
  expect(plain(again)).toEqual(evidence)
  expect(seen).toHaveLength(3)
  expect([...reads.values()]).toEqual([2, 1])
})

test('what a watcher throws leaves the layer unread, and nothing is kept of it', async () => {
  const cache = memoryCache()
  const { image, source } = memoryImage([watched])
  const watch = (): FileWatcher => ({ open: () => ({ write: () => Promise.reject(new Error('no answer')), end() {} }) })
  const pass = () => createLayerPass({ concurrency: 2, cache, watch })
  const fresh = await readEvidence(image, source, { signal, pass: pass() })
  expect([fresh.gaps, cache.entries.size]).toEqual([[expect.objectContaining({ message: 'layer could not be read: no answer' })], 0])
  await readEvidence(image, source, { signal, pass: createLayerPass({ concurrency: 2, cache }) })
  const { gaps, packages } = await readEvidence(image, source, { signal, pass: pass() })
  expect(gaps).toEqual([expect.objectContaining({ message: 'layer could not be read again: no answer' })])
  expect(packages).toHaveLength(fresh.packages.length)
})

test('where packages alone are wanted, no file is examined, watched or digested, and evidence of everything does as well', async () => {
  const cache = memoryCache()
  const seen: string[] = []
  const layer = gzippedTar({
    'etc/os-release': osRelease({ ID: 'alpine' }),
    'lib/apk/db/installed': apkDatabase({ musl: '1' }),
    'usr/bin/x': 'x',
  })
  const { image, source, reads, digests } = memoryImage([layer])
  const read = async (packagesAlone: boolean) =>
    readEvidence(image, source, { signal, pass: createLayerPass({ concurrency: 1, cache, packagesAlone, watch: () => watcher(seen) }) })
  const alone = await read(true)
  expect([alone.packages.length, alone.gaps, seen]).toEqual([1, [], []])
  const whole = await read(false)
  expect(whole.packages).toEqual(alone.packages)
  expect([seen.length, reads.get(digests[0] ?? '')]).toEqual([3, 2])
  // From the cache now, either of them.
  await read(true)
  for (const key of [...cache.entries.keys()].filter((one) => one.includes('packages alone'))) cache.entries.delete(key)
  await read(true)
  expect(reads.get(digests[0] ?? '')).toBe(2)
})
