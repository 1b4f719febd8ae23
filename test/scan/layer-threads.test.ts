import { expect, test } from 'vitest'
import type { Image } from '../../src/oci/image.ts'
import type { ImageSource } from '../../src/oci/source.ts'
import type { ImageEvidence } from '../../src/scan/evidence.ts'
import { decodeEvidence } from '../../src/scan/evidence-codec.ts'
import { readLayerEvidence } from '../../src/scan/layer-evidence.ts'
import { createLayerPass } from '../../src/scan/layer-pass.ts'
import { createLayerThreads, type LayerThreads, ThreadError } from '../../src/scan/layer-threads.ts'
import { readEvidence } from '../../src/scan/read-evidence.ts'
import { apkDatabase, osRelease } from '../builders/package-databases.ts'
import { gzippedTar, memoryImage } from './memory-image.ts'

const signal = new AbortController().signal
const mediaType = 'application/vnd.oci.image.layer.v1.tar+gzip'
const layer = gzippedTar({
  'etc/os-release': osRelease({ ID: 'alpine', VERSION_ID: '3.20.3' }),
  'lib/apk/db/installed': apkDatabase({ musl: '1.2.5-r0' }),
  'store/1': JSON.stringify({ name: 'a', version: '1.0.0' }),
  // Asks for the bytes a second time.
  'app/node_modules/a/package.json': { hardlink: 'store/1' },
  noise: Buffer.from(Array.from({ length: 300_000 }, (_, at) => (at * at * 7919) % 251)),
})
const threads = createLayerThreads()

function opener(bytes: Uint8Array, error?: Error) {
  return async function* () {
    for (let start = 0; start < bytes.length; start += 5000) yield bytes.subarray(start, start + 5000)
    if (error) throw error
  }
}

test('a thread finds what is found here, and reads one layer after the other', async () => {
  const here = await readLayerEvidence({ open: opener(layer), mediaType, signal })
  expect(here.files.length).toBe(3)
  for (let times = 0; times < 2; times++) {
    const { version: _, ...there } = { version: '', ...decodeEvidence(await threads.read(opener(layer), mediaType, signal)) }
    expect(there).toEqual(here)
  }
})

test('what the source throws is what the reading throws, also after the last byte', async () => {
  const wrong = new Error('sha256:00 was asked for')
  await expect(threads.read(opener(layer, wrong), mediaType, signal)).rejects.toBe(wrong)
  await expect(threads.read(opener(layer.subarray(0, 9000), wrong), mediaType, signal)).rejects.toBe(wrong)
})

test('a layer that is damaged is an error of the layer, and the next one is read', async () => {
  const error = await threads.read(opener(Buffer.from('<html>')), mediaType, signal).catch((thrown: unknown) => thrown)
  expect(error).toBeInstanceOf(Error)
  expect(error).not.toBeInstanceOf(ThreadError)
  expect(await threads.read(opener(layer), mediaType, signal)).toBeInstanceOf(Uint8Array)
})

test('an endless layer is stopped by the signal', async () => {
  const controller = new AbortController()
  async function* endless() {
    for (let count = 0; ; count++) {
      if (count === 50) controller.abort(new Error('time is up'))
      yield Buffer.alloc(100_000)
    }
  }
  await expect(threads.read(endless, 'application/vnd.oci.image.layer.v1.tar', controller.signal)).rejects.toThrow('time is up')
})

test('a thread that does not start is no gap: the layer is read here', async () => {
  const broken = createLayerThreads(new URL('./nowhere.ts', import.meta.url))
  await expect(broken.read(opener(layer), mediaType, signal)).rejects.toThrow(ThreadError)
  const { image, source } = large(memoryImage([layer]))
  const { packages, gaps } = await readEvidence(image, source, { signal, pass: createLayerPass({ concurrency: 1, threads: broken }) })
  expect([packages.length, gaps]).toEqual([2, []])
})

test('small layers are read here, and large ones by a thread', async () => {
  let asked = 0
  const counted: LayerThreads = {
    read(...all) {
      asked++
      return threads.read(...all)
    },
  }
  const small = memoryImage([layer])
  await readEvidence(small.image, small.source, { signal, pass: createLayerPass({ concurrency: 1, threads: counted }) })
  expect(asked).toBe(0)
  const { image, source } = large(memoryImage([layer]))
  const { packages } = await readEvidence(image, source, { signal, pass: createLayerPass({ concurrency: 1, threads: counted }) })
  expect([asked, packages.length]).toEqual([1, 2])
})

/** The same image that claims to be large, of a source that does not check. */
function large({ image, source }: { image: Image; source: ImageSource }) {
  const sizes = new Map(image.layers.map(({ descriptor }) => [descriptor.digest, descriptor.size]))
  return {
    image: { ...image, layers: image.layers.map((one) => ({ ...one, descriptor: { ...one.descriptor, size: 64 * 1024 * 1024 } })) },
    source: {
      ...source,
      read: (descriptor: Parameters<ImageSource['read']>[0], aborted: AbortSignal) =>
        source.read({ ...descriptor, size: sizes.get(descriptor.digest) ?? 0 }, aborted),
    },
  }
}

/** As they are, but that each is written down. */
function counting(told: string[], inner: LayerThreads = threads): LayerThreads {
  return {
    read(open, type, aborted, kind) {
      told.push(kind ?? 'read')
      return inner.read(open, type, aborted, kind)
    },
    examine(type) {
      told.push(`examine ${type === mediaType ? 'as it is stored' : type}`)
      return inner.examine?.(type) ?? expect.unreachable()
    },
  }
}

const secret = gzippedTar({
  'usr/bin/tool': { content: Buffer.concat([Buffer.from('\x7fELF', 'latin1'), Buffer.alloc(200_000)]), mode: 0o755 },
  'a/x': 'x',
})
const plain = ({ files, ...evidence }: ImageEvidence) => ({ ...evidence, files: [...(files?.all() ?? [])] })

test.each<[string, Parameters<typeof createLayerPass>[0], string[]]>([
  ['here', { concurrency: 1, examiningThreads: counting([]) }, ['examine application/vnd.oci.image.layer.v1.tar']],
  ['in a thread of their own', { concurrency: 1, threads, examiningThreads: threads }, ['examine as it is stored', 'unexamined']],
])('examiners in a thread say what they say here, with packages read %s', async (_, options, expected) => {
  const here = await readEvidence(memoryImage([secret]).image, memoryImage([secret]).source, {
    signal,
    pass: createLayerPass({ concurrency: 1 }),
  })
  const told: string[] = []
  const counted = counting(told)
  const both = { ...options, examiningThreads: counted, ...(options.threads ? { threads: counted } : {}) }
  const { image, source } = large(memoryImage([secret]))
  for (let times = 0; times < 2; times++)
    expect(plain(await readEvidence(image, source, { signal, pass: createLayerPass(both) }))).toEqual(plain(here))
  expect(here.remarks?.length).toBeGreaterThan(0)
  expect(told).toEqual([...expected, ...expected])
})

test('where the examining thread does not start, examiners work here, and a watcher sees each file once all the same', async () => {
  const broken = createLayerThreads(new URL('./nowhere.ts', import.meta.url))
  const seen: string[] = []
  const watch = () => ({ open: ({ path }: { path: string }) => ({ write() {}, end: () => void seen.push(path) }) })
  const { image, source } = large(memoryImage([secret]))
  const { remarks, gaps } = await readEvidence(image, source, {
    signal,
    pass: createLayerPass({ concurrency: 1, examiningThreads: broken, watch }),
  })
  expect([remarks?.map(({ path }) => path), gaps, seen]).toEqual([['usr/bin/tool'], [], ['usr/bin/tool', 'a/x']])
})

test('a thread that is behind holds back who brings it more', async () => {
  const examination = threads.examine?.('application/vnd.oci.image.layer.v1.tar') ?? expect.unreachable()
  const answers: unknown[] = []
  while (!(answers.at(-1) instanceof Promise) && answers.length < 100) answers.push(examination.push([Buffer.alloc(512)]))
  expect(answers.at(-1)).toBeInstanceOf(Promise)
  expect(answers.length).toBeGreaterThan(1)
  await answers.at(-1)
  expect(await examination.end().catch((error: Error) => error.message)).toMatchObject({ remarks: [], gaps: [] })
})

test('a layer that proves wrong is a gap, and the next one is examined', async () => {
  const pass = createLayerPass({ concurrency: 1, examiningThreads: threads })
  const damaged = large(memoryImage([secret.subarray(0, 300)]))
  expect((await readEvidence(damaged.image, damaged.source, { signal, pass })).gaps).toEqual([
    expect.objectContaining({ message: expect.stringMatching(/^layer could not be read: /) }),
  ])
  const { image, source } = large(memoryImage([secret]))
  expect((await readEvidence(image, source, { signal, pass })).remarks?.length).toBeGreaterThan(0)
})
