import zlib from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { RegistryError } from '../../src/oci/errors.ts'
import { type LayerEntry, type LayerOptions, normalisePath, readLayer } from '../../src/oci/layer.ts'
import { buildTar, padded, tarEnd, tarEntry, tarHeader } from '../builders/tar.ts'

const plain = 'application/vnd.oci.image.layer.v1.tar'
const tar = buildTar({ 'etc/os-release': 'ID=test\n', 'usr/bin/tool': 'x'.repeat(300_000) })

async function* chunked(bytes: Uint8Array, chunkBytes = 65_536): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes)
}

async function read(
  bytes: Uint8Array,
  mediaType: string,
  options: LayerOptions & { chunkBytes?: number } = {},
): Promise<Map<string, string>> {
  const found = new Map<string, string>()
  await readLayer(
    chunked(bytes, options.chunkBytes),
    mediaType,
    (entry) => async (body) => {
      let text = ''
      for await (const piece of body) text += Buffer.from(piece).toString('latin1')
      found.set(entry.path, text)
    },
    options,
  )
  return found
}

async function failure(bytes: Uint8Array, mediaType: string, options: LayerOptions = {}): Promise<RegistryError> {
  const error = await read(bytes, mediaType, options).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof RegistryError)) throw new Error(`expected a RegistryError, got ${error}`)
  return error
}

async function entries(bytes: Uint8Array, options: LayerOptions = {}): Promise<LayerEntry[]> {
  const found: LayerEntry[] = []
  await readLayer(chunked(bytes), plain, (entry) => void found.push(entry), options)
  return found
}

const expected = new Map([
  ['etc/os-release', 'ID=test\n'],
  ['usr/bin/tool', 'x'.repeat(300_000)],
])
const half = tar.length >> 1
const skippable = Buffer.from([0x50, 0x2a, 0x4d, 0x18, 4, 0, 0, 0, 1, 2, 3, 4])
const noise = Buffer.from(Array.from({ length: 3_000_000 }, (_, index) => (index * 2_654_435_761) >>> 13))
const large = buildTar({ noise })

describe('what stands behind the end of a gzip stream', () => {
  const packed = zlib.gzipSync(tar)
  /** A source that finds out at its end that its bytes are the wrong ones, as the one that checks digests does. */
  const wrong = async function* (bytes: Uint8Array, chunkBytes: number) {
    yield* chunked(bytes, chunkBytes)
    throw new RegistryError('digest-mismatch', 'other bytes came')
  }
  const steps = [1_000_000, packed.length, packed.length - 1, packed.length + 1, 64, 7]

  test('zeros are filling, and the source is read to its end all the same', async () => {
    const filled = Buffer.concat([packed, Buffer.alloc(3000)])
    for (const chunkBytes of steps) {
      expect(await read(filled, `${plain}+gzip`, { chunkBytes }), `${chunkBytes}`).toEqual(expected)
      await expect(
        readLayer(wrong(filled, chunkBytes), `${plain}+gzip`, () => undefined),
        `${chunkBytes}`,
      ).rejects.toThrow('other bytes came')
    }
  })

  test('members that follow each other are read wherever chunks end', async () => {
    const members = [tar.subarray(0, 700), tar.subarray(700, half), new Uint8Array(0), tar.subarray(half)].map((part) =>
      zlib.gzipSync(part),
    )
    const bytes = Buffer.concat(members)
    for (const chunkBytes of [...steps, members[0]?.length ?? 0, ...Array.from({ length: 40 }, (_, index) => 41 + index)])
      expect(await read(bytes, `${plain}+gzip`, { chunkBytes }), `${chunkBytes}`).toEqual(expected)
  })

  test.each([
    ['another member behind filling', Buffer.concat([packed, Buffer.alloc(600), zlib.gzipSync('hidden')])],
    ['a byte behind filling', Buffer.concat([packed, Buffer.alloc(600), Buffer.from([1])])],
  ])('%s is an error', async (_, bytes) => {
    for (const chunkBytes of steps) {
      const error = await read(bytes, `${plain}+gzip`, { chunkBytes }).then(
        () => undefined,
        (thrown: unknown) => thrown,
      )
      expect(error, `${chunkBytes}`).toMatchObject({ code: 'malformed' })
    }
  })
})

describe('compression', () => {
  test.each<[string, string, Uint8Array]>([
    ['none', plain, tar],
    ['none, Docker', 'application/vnd.docker.image.rootfs.diff.tar', tar],
    ['gzip', `${plain}+gzip`, zlib.gzipSync(tar)],
    ['gzip, Docker', 'application/vnd.docker.image.rootfs.diff.tar.gzip', zlib.gzipSync(tar)],
    ['gzip in two members', `${plain}+gzip`, Buffer.concat([zlib.gzipSync(tar.subarray(0, half)), zlib.gzipSync(tar.subarray(half))])],
    ['zstd', `${plain}+zstd`, zlib.zstdCompressSync(tar)],
    [
      'zstd in two frames',
      `${plain}+zstd`,
      Buffer.concat([zlib.zstdCompressSync(tar.subarray(0, half)), zlib.zstdCompressSync(tar.subarray(half))]),
    ],
    [
      'zstd:chunked',
      `${plain}+zstd`,
      Buffer.concat([
        skippable,
        zlib.zstdCompressSync(tar.subarray(0, half)),
        skippable,
        zlib.zstdCompressSync(tar.subarray(half)),
        skippable,
      ]),
    ],
  ])('%s gives the files that were packed', async (_, mediaType, bytes) => {
    expect(await read(bytes, mediaType)).toEqual(expected)
    expect(await read(bytes, mediaType, { chunkBytes: 1000 })).toEqual(expected)
  })

  test.each<[string, (bytes: Uint8Array) => Uint8Array]>([
    ['gzip', (bytes) => zlib.gzipSync(bytes, { level: 1 })],
    ['zstd', (bytes) => zlib.zstdCompressSync(bytes)],
    ['zstd with a checksum', (bytes) => zlib.zstdCompressSync(bytes, { params: { [zlib.constants.ZSTD_c_checksumFlag]: 1 } })],
  ])('a %s stream of several chunks gives the file that was packed', async (name, pack) => {
    const found = await read(pack(large), `${plain}+${name.split(' ')[0]}`, { maxRatio: 1e9 })
    expect(Buffer.from(found.get('noise') ?? '', 'latin1').equals(noise)).toBe(true)
  })

  test.each<[string, string, Uint8Array]>([
    ['gzip', `${plain}+gzip`, zlib.gzipSync(tar)],
    ['second gzip member', `${plain}+gzip`, Buffer.concat([zlib.gzipSync(tar), zlib.gzipSync(Buffer.alloc(2000))])],
    ['zstd', `${plain}+zstd`, zlib.zstdCompressSync(tar)],
    ['second zstd frame', `${plain}+zstd`, Buffer.concat([zlib.zstdCompressSync(tar), zlib.zstdCompressSync(Buffer.alloc(2000))])],
    ['large zstd', `${plain}+zstd`, zlib.zstdCompressSync(large)],
  ])('a %s stream that is cut short is malformed', async (_, mediaType, bytes) => {
    for (const missing of [1, 7, 12]) expect((await failure(bytes.subarray(0, bytes.length - missing), mediaType)).code).toBe('malformed')
  })

  test('a gzip stream with a wrong checksum is malformed', async () => {
    const bytes = zlib.gzipSync(tar)
    bytes.writeUInt32LE(0, bytes.length - 8)
    expect((await failure(bytes, `${plain}+gzip`)).code).toBe('malformed')
  })

  test.each([`${plain}+gzip`, `${plain}+zstd`])('bytes that are not of %s are malformed', async (mediaType) => {
    expect((await failure(Buffer.from('<html>not a layer</html>'), mediaType)).code).toBe('malformed')
    expect((await failure(Buffer.alloc(0), mediaType)).code).toBe('malformed')
  })

  test.each(['more of it', 'mo'])('%j after the last zstd frame is malformed', async (text) => {
    const rest = Buffer.from(text)
    expect((await failure(Buffer.concat([zlib.zstdCompressSync(tar), rest]), `${plain}+zstd`)).code).toBe('malformed')
  })
})

describe('bounds', () => {
  const bomb = Buffer.concat([tarHeader({ path: 'zeros', sizeBytes: 64 * 1024 * 1024 }), Buffer.alloc(64 * 1024 * 1024), tarEnd()])
  test.each<[string, Uint8Array]>([
    ['gzip', zlib.gzipSync(bomb)],
    ['zstd', zlib.zstdCompressSync(bomb)],
  ])('a %s layer that unpacks beyond its bound is too large', async (name, bytes) => {
    expect((await failure(bytes, `${plain}+${name}`, { maxUnpackedBytes: 10_000_000 })).code).toBe('too-large')
  })

  test('a layer that unpacks to many times its size is too large', async () => {
    const error = await failure(zlib.zstdCompressSync(bomb), `${plain}+zstd`, { maxRatio: 250, ratioFromBytes: 1_000_000 })
    expect(`${error.code}: ${error.message}`).toMatch(/^too-large: the layer unpacks to more than 250 times its \d+ bytes/)
  })

  test('what comes after the end of the tar counts too', async () => {
    const bytes = zlib.gzipSync(Buffer.concat([tar, Buffer.alloc(10_000_000)]))
    expect((await failure(bytes, `${plain}+gzip`, { maxUnpackedBytes: 5_000_000 })).code).toBe('too-large')
  })

  test('more entries than the bound are too large', async () => {
    expect((await failure(tar, plain, { maxEntries: 1 })).message).toBe('the layer cannot be read: the tar has more than 1 entries')
  })

  test('a truncated tar in a whole gzip stream is malformed', async () => {
    const error = await failure(zlib.gzipSync(tar.subarray(0, 518)), `${plain}+gzip`)
    expect(`${error.code}: ${error.message}`).toMatch(/^malformed: the layer cannot be read: the tar ends/)
  })
})

describe('names', () => {
  const climbing = Buffer.concat([tarEntry('a', ''), tarEntry('../../etc/passwd', 'x'), tarEntry('b', ''), tarEnd()])

  test('a name that climbs out is a gap, and the rest is read', async () => {
    const gaps: [string, string][] = []
    const found = await entries(climbing, { onGap: (...gap) => void gaps.push(gap) })
    expect(found.map(({ path }) => path)).toEqual(['a', 'b'])
    expect(gaps).toEqual([['../../etc/passwd', 'climbs out of the root']])
  })

  test('a name that climbs out ends the layer where nobody listens for gaps', async () => {
    expect((await failure(climbing, plain)).message).toBe('"../../etc/passwd" climbs out of the root')
  })

  test('a hard link that climbs out and a type that is not known are gaps', async () => {
    const gaps: string[] = []
    const odd = Buffer.concat([
      tarEntry('h', { hardlink: '../x' }),
      tarHeader({ path: 'v', flag: 'V', sizeBytes: 3 }),
      padded('abc'),
      tarEntry('b', ''),
      tarEnd(),
    ])
    const found = await entries(odd, { onGap: (path, message) => void gaps.push(`${path} ${message}`) })
    expect(found.map(({ path }) => path)).toEqual(['b'])
    expect(gaps).toEqual(['h links to "../x", which is not below the root', 'v has a type that is not known'])
  })

  test('a name longer than Linux opens is a gap', async () => {
    const gaps: string[] = []
    await entries(buildTar({ [`${'d/'.repeat(2048)}f`]: '' }), { onGap: (_, message) => void gaps.push(message) })
    expect(gaps).toEqual(['has a name of more than 4096 characters'])
  })

  test('names are normalised, and the root is no entry', async () => {
    const found = await entries(
      buildTar({
        './': { directory: true },
        './a//b/./c': '',
        '/d/e/': { directory: true },
        'f/../g': '',
        h: { hardlink: './a/b/c' },
        s: { symlink: '/../x' },
      }),
    )
    expect(found.map(({ path, linkPath }) => (linkPath === undefined ? path : [path, linkPath]))).toEqual([
      'a/b/c',
      'd/e',
      'g',
      ['h', 'a/b/c'],
      ['s', '/../x'],
    ])
  })

  test.each([
    ['a', 'a'],
    ['.', ''],
    ['a/..', ''],
    ['..', undefined],
    ['a/../..', undefined],
    ['/..', undefined],
    ['.wh.a', '.wh.a'],
    ['a/..b/c..', 'a/..b/c..'],
  ])('%s is normalised to %s', (path, normalised) => {
    expect(normalisePath(path)).toBe(normalised)
  })
})

describe('media types', () => {
  test.each(['application/vnd.oci.image.layer.nondistributable.v1.tar+gzip', 'application/vnd.docker.image.rootfs.foreign.diff.tar.gzip'])(
    '%s is a foreign layer, and nothing is asked for',
    async (mediaType) => {
      let asked = false
      const bytes = (async function* () {
        asked = true
        yield tar
      })()
      await expect(readLayer(bytes, mediaType, () => undefined)).rejects.toMatchObject({ code: 'unsupported' })
      expect(asked).toBe(false)
    },
  )

  test('a media type that is no layer is unsupported', async () => {
    expect((await failure(tar, 'application/vnd.in-toto+json')).message).toBe(
      '"application/vnd.in-toto+json" is not a media type of layers',
    )
  })
})

test('an error of the stream below passes as it is', async () => {
  const wrong = new RegistryError('digest-mismatch', 'wrong')
  const bytes = (async function* () {
    yield zlib.gzipSync(tar)
    throw wrong
  })()
  await expect(readLayer(bytes, `${plain}+gzip`, () => undefined)).rejects.toBe(wrong)
})

test('an error of a reader passes as it is, and the stream below is closed', async () => {
  let closed = false
  const bytes = (async function* () {
    try {
      for (;;) yield zlib.gzipSync(large)
    } finally {
      closed = true
    }
  })()
  const wrong = new Error('reader')
  await expect(
    readLayer(bytes, `${plain}+gzip`, () => async () => {
      throw wrong
    }),
  ).rejects.toBe(wrong)
  await new Promise((resolve) => setTimeout(resolve, 20))
  expect(closed).toBe(true)
})
