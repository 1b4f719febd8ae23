import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { ByteReader, byteSource } from '../../src/formats/byte-reader.ts'
import { giveBack, givenBack, lend, takeMemory } from '../../src/formats/lent-bytes.ts'
import { directoryFiles } from '../../src/oci/directory-files.ts'
import { readLayer } from '../../src/oci/layer.ts'
import { random as randomNumbers } from '../builders/random.ts'
import { buildTar, padded, paxHeader, tarEnd, tarEntry, tarHeader } from '../builders/tar.ts'
import { temporaryFolder } from '../builders/tree.ts'

async function* each(chunks: readonly Uint8Array[]): AsyncGenerator<Uint8Array> {
  yield* chunks
}

/** Chunks of a random length of their own memory, some of them cut in two. */
function* lentPieces(bytes: Uint8Array, random: () => number, longest: number): Generator<Uint8Array> {
  for (let start = 0; start < bytes.length; ) {
    const chunk = lend(Uint8Array.from(bytes.subarray(start, start + 1 + Math.floor(random() * longest))))
    start += chunk.length
    const cut = Math.floor(random() * chunk.length)
    if (cut > 0) yield chunk.subarray(0, cut)
    yield chunk.subarray(cut)
  }
}

describe('what is lent', () => {
  test('is empty once it is given back', () => {
    const chunk = lend(new Uint8Array(1000))
    const view = chunk.subarray(10, 20)
    giveBack(view)
    expect([chunk.length, view.length]).toEqual([0, 0])
  })

  test('is not touched where nobody lent it', () => {
    const chunk = new Uint8Array(1000)
    giveBack(chunk)
    expect(chunk.length).toBe(1000)
  })

  test('goes back chunk by chunk, the last one too', async () => {
    const chunks = [lend(new Uint8Array(10)), new Uint8Array(11), lend(new Uint8Array(12))]
    const lengths: number[][] = []
    for await (const _ of givenBack(each(chunks))) lengths.push(chunks.map(({ length }) => length))
    expect(lengths).toEqual([
      [10, 11, 12],
      [0, 11, 12],
      [0, 11, 12],
    ])
    expect(chunks.map(({ length }) => length)).toEqual([0, 11, 0])
  })

  test('stays while chunks of the same memory follow each other', async () => {
    const memory = lend(new Uint8Array(100))
    const chunks = [memory.subarray(0, 40), memory.subarray(40, 100), lend(new Uint8Array(1))]
    const lengths: number[] = []
    for await (const _ of givenBack(each(chunks))) lengths.push(memory.length)
    expect(lengths).toEqual([100, 100, 0])
  })

  test('is shown when it was read, the chunks of one memory together, and what is taken is not given back', async () => {
    const [first, last] = [lend(new Uint8Array(100)), lend(new Uint8Array(7))]
    const foreign = Buffer.from('not lent')
    const chunks = [first.subarray(0, 40), first.subarray(40, 100), foreign.subarray(0, 3), foreign.subarray(3), last]
    const shown: number[][] = []
    const taken: ArrayBuffer[] = []
    for await (const _ of givenBack(each(chunks), (spent) => {
      shown.push(spent.map(({ length }) => length))
      const memory = spent[0]?.length === 7 ? takeMemory(spent[0]) : undefined
      if (memory) taken.push(memory)
    }));
    expect(shown).toEqual([[40, 60], [3], [5], [7]])
    expect([first.length, foreign.toString(), last.length]).toEqual([0, 'not lent', 7])
    expect(taken).toEqual([last.buffer])
  })

  test('waits for whoever it is shown to', async () => {
    const order: string[] = []
    const told = async function* () {
      for (const name of ['first', 'second']) {
        order.push(name)
        yield lend(new Uint8Array(1))
      }
    }
    for await (const _ of givenBack(told(), async () => {
      await new Promise((resolve) => setTimeout(resolve, 5))
      order.push('shown')
    }))
      order.push('read')
    expect(order).toEqual(['first', 'read', 'second', 'shown', 'read', 'shown'])
  })

  test('stays with a reader that stops', async () => {
    const chunk = lend(new Uint8Array(10))
    for await (const _ of givenBack(each([chunk]))) break
    expect(chunk.length).toBe(10)
  })
})

describe('readers of what is lent', () => {
  test('take bytes that lie in several chunks as one', async () => {
    const random = randomNumbers(7)
    const bytes = Uint8Array.from({ length: 50_000 }, () => Math.floor(random() * 256))
    const reader = new ByteReader(byteSource(givenBack(each([...lentPieces(bytes, random, 300)]))))
    const taken: Buffer[] = []
    while (reader.position < bytes.length) {
      const step = Math.floor(random() * 1000)
      taken.push(Buffer.from(random() < 0.5 ? await reader.take(step) : ((await reader.nextPiece(step)) ?? [])))
    }
    expect(Buffer.concat(taken).equals(bytes)).toBe(true)
    expect((await reader.take(1)).length).toBe(0)
    expect(await reader.skip(5)).toBe(0)
  })

  test.each(['sink', 'reader'])('see every file of a layer whole, as a %s', async (kind) => {
    const random = randomNumbers(11)
    const files = Object.fromEntries(
      Array.from({ length: 60 }, (_, index) => [
        `usr/lib/${index}-${'n'.repeat(Math.floor(random() * 200))}`,
        Buffer.from(Array.from({ length: Math.floor(random() ** 4 * 200_000) }, () => Math.floor(random() * 256))),
      ]),
    )
    const found: Record<string, Buffer> = {}
    await readLayer(each([...lentPieces(buildTar(files), random, 90_000)]), 'application/vnd.oci.image.layer.v1.tar', ({ path: name }) => {
      const pieces: Buffer[] = []
      const end = () => {
        found[name] = Buffer.concat(pieces)
      }
      if (kind === 'sink') return { write: (piece) => void pieces.push(Buffer.from(piece)), end, tooLarge: () => {} }
      return async (body) => {
        for await (const piece of body) pieces.push(Buffer.from(piece))
        end()
      }
    })
    expect(Object.keys(found)).toEqual(Object.keys(files))
    for (const [name, bytes] of Object.entries(files)) expect(found[name]?.equals(bytes), name).toBe(true)
  })

  test.each([
    ['POSIX', paxHeader({ path: 'lib/apk/db/installed' })],
    ['GNU', Buffer.concat([tarHeader({ path: '././@LongLink', flag: 'L', sizeBytes: 20 }), padded('lib/apk/db/installed')])],
  ])('have the long name of %s wherever the chunks end', async (_, long) => {
    const tar = Buffer.concat([long, tarEntry('readme', 'P:musl\n'), tarEnd()])
    for (let cut = 1; cut < long.length; cut++) {
      const chunks = [tar.subarray(0, cut), tar.subarray(cut)].map((part) => lend(Uint8Array.from(part)))
      const paths: string[] = []
      await readLayer(each(chunks), 'application/vnd.oci.image.layer.v1.tar', ({ path }) => void paths.push(path))
      expect(paths, `cut at ${cut}`).toEqual(['lib/apk/db/installed'])
    }
  })
})

test('memory of a stored layer and of what it unpacks to is given back while it is read', async () => {
  const random = randomNumbers(3)
  const noise = Buffer.from(Array.from({ length: 24 * 1024 * 1024 }, () => Math.floor(random() * 256)))
  using folder = temporaryFolder({ layer: zlib.gzipSync(buildTar({ noise }), { level: 1 }) })
  const stored: Uint8Array[] = []
  const chunks = async function* () {
    for await (const chunk of directoryFiles(folder.path).read('layer', new AbortController().signal)) {
      stored.push(chunk)
      yield chunk
    }
  }
  const unpacked: Uint8Array[] = []
  let most = 0
  await readLayer(chunks(), 'application/vnd.oci.image.layer.v1.tar+gzip', () => undefined, {
    onSpent(chunks) {
      unpacked.push(...chunks)
      most = Math.max(
        most,
        [...stored, ...unpacked].reduce((sum, { byteLength }) => sum + byteLength, 0),
      )
    },
  })
  expect(stored.length).toBeGreaterThan(5)
  expect(unpacked.length).toBeGreaterThan(5)
  expect([...stored, ...unpacked].every(({ byteLength }) => byteLength === 0)).toBe(true)
  // Of each side what is worked on, and what is asked for in advance.
  expect(most).toBeLessThan(12 * 1024 * 1024)
})
