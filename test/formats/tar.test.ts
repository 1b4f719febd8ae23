import { describe, expect, test } from 'vitest'
import { byteSource } from '../../src/formats/byte-reader.ts'
import { readTar, type TarBounds, type TarEntry, type TarSink } from '../../src/formats/tar.ts'
import { TarError } from '../../src/formats/tar-error.ts'
import { buildTar, padded, paxHeader, tarEnd, tarEntry, tarHeader } from '../builders/tar.ts'

interface Found {
  readonly entry: TarEntry
  readonly content: string | undefined
}

async function* chunked(tar: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < tar.length; start += chunkBytes) yield tar.subarray(start, start + chunkBytes)
}

/** In chunks of `chunkBytes`, so that blocks lie across their borders. */
async function read(
  tar: Uint8Array,
  options: { chunkBytes?: number; wants?: (entry: TarEntry) => boolean; bounds?: TarBounds } = {},
): Promise<Found[]> {
  const { chunkBytes = 700, wants = () => true } = options
  const found: { entry: TarEntry; content: string | undefined }[] = []
  await readTar(
    byteSource(chunked(tar, chunkBytes)),
    (entry) => {
      const one: { entry: TarEntry; content: string | undefined } = { entry, content: undefined }
      found.push(one)
      if (!wants(entry)) return undefined
      return async (body) => {
        one.content = ''
        for await (const piece of body) one.content += piece.toString('latin1')
      }
    },
    options.bounds,
  )
  return found
}

const contents = async (tar: Uint8Array, chunkBytes?: number) =>
  Object.fromEntries((await read(tar, chunkBytes === undefined ? {} : { chunkBytes })).map(({ entry, content }) => [entry.path, content]))

async function failure(tar: Uint8Array, bounds: TarBounds = {}): Promise<string> {
  const error = await read(tar, { bounds }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof TarError)) throw new Error(`expected a TarError, got ${error}`)
  return `${error.code}: ${error.message}`
}

const old = (path: string, content: string, raw: Record<number, string | Uint8Array>): Buffer =>
  Buffer.concat([tarHeader({ path, sizeBytes: content.length, raw }), padded(content), tarEnd()])

describe('entries', () => {
  test.each([1, 511, 512, 513, 100_000])('come out the same in chunks of %i bytes', async (chunkBytes) => {
    const tar = buildTar({ 'a/b': 'x'.repeat(1000), c: '', 'd/e': 'y'.repeat(512), f: 'z' })
    expect(await contents(tar, chunkBytes)).toEqual({ 'a/b': 'x'.repeat(1000), c: '', 'd/e': 'y'.repeat(512), f: 'z' })
  })

  test('have their type, mode, owner, time and link', async () => {
    const tar = buildTar({
      d: { directory: true, mode: 0o1777 },
      f: { content: 'x', mode: 0o4755, uid: 1000, gid: 50, modifiedSeconds: 1_700_000_000 },
      s: { symlink: '../x' },
      h: { hardlink: 'f' },
    })
    const found = (await read(tar)).map(({ entry: { path, type, mode, uid, gid, sizeBytes, linkPath, modifiedSeconds } }) => [
      path,
      type,
      mode,
      uid,
      gid,
      sizeBytes,
      linkPath,
      modifiedSeconds,
    ])
    expect(found).toEqual([
      ['d', 'directory', 0o1777, 0, 0, 0, '', 0],
      ['f', 'file', 0o4755, 1000, 50, 1, '', 1_700_000_000],
      ['s', 'symlink', 0o644, 0, 0, 0, '../x', 0],
      ['h', 'hardlink', 0o644, 0, 0, 0, 'f', 0],
    ])
  })

  test('that nobody reads are skipped', async () => {
    const tar = buildTar({ a: 'x'.repeat(5000), b: 'y', c: 'z'.repeat(600) })
    const found = await read(tar, { wants: ({ path }) => path === 'b' })
    expect(found.map(({ entry, content }) => [entry.path, content])).toEqual([
      ['a', undefined],
      ['b', 'y'],
      ['c', undefined],
    ])
  })

  test('that are read in part do not shift the next one', async () => {
    const tar = buildTar({ a: 'x'.repeat(5000), b: 'y' })
    const names: string[] = []
    await readTar(byteSource(chunked(tar, 600)), ({ path }) => {
      names.push(path)
      return async (body) => {
        for await (const _ of body) break
      }
    })
    expect(names).toEqual(['a', 'b'])
  })

  test('a body that is kept beyond its reader gives nothing of the next entry', async () => {
    const kept: AsyncIterator<Buffer>[] = []
    const tar = buildTar({ a: 'x'.repeat(2000), b: 'y'.repeat(2000) })
    await readTar(byteSource(chunked(tar, tar.length)), () => async (body) => void kept.push(body[Symbol.asyncIterator]()))
    expect(await Promise.all(kept.map((body) => body.next()))).toEqual([
      { done: true, value: undefined },
      { done: true, value: undefined },
    ])
  })

  test('a file whose name ends in a slash is a directory in tars of before POSIX, and a file in others', async () => {
    const [found] = await read(Buffer.concat([tarHeader({ path: 'a/', flag: '\0', sizeBytes: 512 }), tarEnd()]))
    expect([found?.entry.type, found?.entry.bodyBytes]).toEqual(['directory', 0])
    expect(await contents(Buffer.concat([tarHeader({ path: 'lib/apk/db/installed/', sizeBytes: 1 }), padded('x'), tarEnd()]))).toEqual({
      'lib/apk/db/installed/': 'x',
    })
  })

  test('a link has no body, whatever its size says', async () => {
    const tar = Buffer.concat([tarHeader({ path: 'h', flag: '1', sizeBytes: 512, linkPath: 'x' }), tarEntry('b', 'y'), tarEnd()])
    expect(await contents(tar)).toEqual({ h: undefined, b: 'y' })
  })
})

describe('names', () => {
  test('a prefix of ustar goes before the name', async () => {
    expect(Object.keys(await contents(old('c', '', { 345: 'a/b' })))).toEqual(['a/b/c'])
  })

  test('what GNU tar keeps in the place of the prefix is none', async () => {
    expect(Object.keys(await contents(old('c', '', { 257: 'ustar  \0', 345: '12345' })))).toEqual(['c'])
  })

  test('a prefix that Go wrote there before 1.8 is one', async () => {
    expect(Object.keys(await contents(old('installed', '', { 257: 'ustar  \0', 345: 'lib/apk/db' })))).toEqual(['lib/apk/db/installed'])
    expect(Object.keys(await contents(old('c', '', { 257: 'ustar  \0', 345: '00000000001\0lib' })))).toEqual(['00000000001/c'])
  })

  test('of star are shorter, since two times stand behind them', async () => {
    expect(Object.keys(await contents(old('c', '', { 345: 'p'.repeat(131), 476: '12345', 508: 'tar\0' })))).toEqual([
      `${'p'.repeat(131)}/c`,
    ])
  })

  test('long names of GNU tar and of POSIX', async () => {
    const name = `${'d/'.repeat(100)}f`
    const gnu = Buffer.concat([
      tarHeader({ path: '././@LongLink', flag: 'L', sizeBytes: name.length + 1 }),
      padded(`${name}\0`),
      tarEntry('short', 'x'),
      tarEnd(),
    ])
    expect(await contents(gnu)).toEqual({ [name]: 'x' })
    expect(await contents(buildTar({ [name]: 'x' }))).toEqual({ [name]: 'x' })
  })

  test('a line end in a value starts no other record', async () => {
    const tar = Buffer.concat([paxHeader({ comment: 'x\n20 path=lib/other\n' }), tarEntry('etc/real', 'x'), tarEnd()])
    expect(await contents(tar)).toEqual({ 'etc/real': 'x' })
  })

  test('an extended header that says nothing leaves what the header says', async () => {
    const tar = Buffer.concat([paxHeader({ path: '', size: '' }), tarEntry('real', 'x'), tarEnd()])
    expect(await contents(tar)).toEqual({ real: 'x' })
  })

  test('an extended header is for the next file, over the long name between them too', async () => {
    const tar = Buffer.concat([
      paxHeader({ size: '3' }),
      tarHeader({ path: '././@LongLink', flag: 'L', sizeBytes: 5 }),
      padded('name\0'),
      tarHeader({ path: 'x', sizeBytes: 0 }),
      padded('abc'),
      tarEntry('next', 'y'),
      tarEnd(),
    ])
    expect(await contents(tar)).toEqual({ name: 'abc', next: 'y' })
  })

  test('bytes that are not UTF-8 stay apart', async () => {
    const tar = Buffer.concat([
      tarHeader({ path: '', raw: { 0: Uint8Array.of(0x61, 0xff) } }),
      tarHeader({ path: '', raw: { 0: Uint8Array.of(0x61, 0xfe) } }),
      tarEnd(),
    ])
    expect(Object.keys(await contents(tar))).toEqual(['a\xff', 'a\xfe'])
  })
})

describe('numbers', () => {
  test('base 256 for sizes beyond octal, and extended headers, are read', async () => {
    const tar = old('a', 'hello', { 124: Uint8Array.of(0x80, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 5) })
    expect(await contents(tar)).toEqual({ a: 'hello' })
  })

  test('a negative size is malformed', async () => {
    expect(await failure(old('a', '', { 124: Buffer.alloc(12, 0xff) }))).toMatch(/^malformed: .*negative size/)
  })

  test('a size beyond 2^53 is too large', async () => {
    expect(await failure(old('a', '', { 124: Uint8Array.of(0x80, 0, 0, 0, 0x7f, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff) }))).toMatch(
      /^too-large/,
    )
    expect(await failure(Buffer.concat([paxHeader({ size: '99999999999999999999' }), tarEntry('a', ''), tarEnd()]))).toMatch(/^malformed/)
  })

  test('a claimed size that the tar does not have is truncated', async () => {
    expect(await failure(Buffer.concat([paxHeader({ size: '9000000000000000' }), tarEntry('a', 'x'), tarEnd()]))).toMatch(
      /^truncated: the tar ends within "a"/,
    )
  })

  test('a checksum of signed bytes, as old writers make it, is right too', async () => {
    const header = tarHeader({ path: '\u00ff'.repeat(5) })
    const high = header.subarray(0, 100).filter((byte) => byte > 127).length
    const sum = Number.parseInt(header.toString('latin1', 148, 154), 8) - 256 * high
    header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148)
    expect(Object.keys(await contents(Buffer.concat([header, tarEnd()])))).toEqual(['\u00ff'.repeat(5)])
    header.write(`${(sum + 1).toString(8).padStart(6, '0')}\0 `, 148)
    expect(await failure(Buffer.concat([header, tarEnd()]))).toMatch(/wrong checksum/)
  })

  test('a header of the highest bytes has the sum that its writer computed', async () => {
    const raw = { 0: Buffer.alloc(100, 0xff), 157: Buffer.alloc(100, 0xff), 265: Buffer.alloc(247, 0xff) }
    expect((await read(Buffer.concat([tarHeader({ path: '', raw }), tarEnd()]))).length).toBe(1)
  })

  test('a number that is not octal is malformed', async () => {
    expect(await failure(old('a', '', { 124: '00000000009\0' }))).toMatch(/^malformed/)
  })
})

describe('sparse files', () => {
  const map = 'ab\0\0\0\0cd'
  test.each(['0.0', '0.1', '1.0'])('of form %s have their holes as zeros', async (form) => {
    const [major = '', minor = ''] = form.split('.')
    const common = { 'GNU.sparse.major': major, 'GNU.sparse.minor': minor, 'GNU.sparse.name': 'real' }
    const stored = 'abcd'
    const sizes = form === '1.0' ? { 'GNU.sparse.realsize': '8' } : { 'GNU.sparse.size': '8' }
    const inHeader = form === '0.1' ? { 'GNU.sparse.map': '0,2,6,2' } : {}
    const old = form === '0.0' ? repeated({ ...common, ...sizes }, ['0', '2', '6', '2']) : paxHeader({ ...common, ...sizes, ...inHeader })
    const body = form === '1.0' ? Buffer.concat([padded('2\n0\n2\n6\n2\n'), Buffer.from(stored)]) : Buffer.from(stored)
    const tar = Buffer.concat([
      old,
      tarHeader({ path: 'GNUSparseFile.0/x', sizeBytes: body.length }),
      padded(body),
      tarEntry('next', 'y'),
      tarEnd(),
    ])
    expect(await contents(tar)).toEqual({ real: map, next: 'y' })
  })

  test('of the old form have their holes as zeros, and their extension blocks are no entries', async () => {
    const number = (value: number) => `${value.toString(8).padStart(11, '0')}\0`
    const extension = Buffer.alloc(512)
    extension.write(number(6) + number(2), 0)
    const header = tarHeader({
      path: 'real',
      flag: 'S',
      sizeBytes: 4,
      raw: { 257: 'ustar  \0', 386: number(0) + number(2), 482: '\x01', 483: number(8) },
    })
    expect(await contents(Buffer.concat([header, extension, padded('abcd'), tarEntry('next', 'y'), tarEnd()]))).toEqual({
      real: map,
      next: 'y',
    })
    const skipped = await read(Buffer.concat([header, extension, padded('abcd'), tarEntry('next', 'y'), tarEnd()]), { wants: () => false })
    expect(skipped.map(({ entry }) => [entry.path, entry.sizeBytes])).toEqual([
      ['real', 8],
      ['next', 1],
    ])
  })

  test('are no others: an empty map does not blank a file', async () => {
    const tar = Buffer.concat([paxHeader({ 'GNU.sparse.map': '' }), tarEntry('a', 'content'), tarEnd()])
    expect(await contents(tar)).toEqual({ a: 'content' })
  })

  test('take their size from the record that has one, and the last form that they name', async () => {
    const records = { 'GNU.sparse.size': '', 'GNU.sparse.realsize': '4', 'GNU.sparse.map': '9,9' }
    const tar = Buffer.concat([repeated(records, ['0', '3']), tarEntry('a', 'abc'), tarEnd()])
    expect(await contents(tar)).toEqual({ a: 'abc\0' })
  })

  test('that claim to be huge are too large when they are read', async () => {
    const records = { 'GNU.sparse.major': '0', 'GNU.sparse.minor': '1', 'GNU.sparse.size': '9000000000000000', 'GNU.sparse.map': '0,1' }
    expect(await failure(Buffer.concat([paxHeader(records), tarEntry('a', 'x'), tarEnd()]))).toMatch(/^too-large: a sparse file/)
  })

  test.each(['2,2,0,2', '0,9', '0', '0,x'])('with the map %s are malformed', async (text) => {
    const records = { 'GNU.sparse.major': '0', 'GNU.sparse.minor': '1', 'GNU.sparse.size': '8', 'GNU.sparse.map': text }
    expect(await failure(Buffer.concat([paxHeader(records), tarEntry('a', 'xxxx'), tarEnd()]))).toMatch(/^malformed/)
  })
})

describe('damage', () => {
  const tar = buildTar({ a: 'x'.repeat(600), b: 'y' })
  test.each([0, 100, 512, 700, 1111, 1600, 2048])('a tar that ends after %i bytes is truncated', async (length) => {
    expect(await failure(tar.subarray(0, length))).toMatch(/^truncated/)
  })

  test.each([1112, 1536, 2049, 2560, 3072])('a tar that ends after %i bytes, with a whole body, is read as runtimes do', async (length) => {
    expect(Object.keys(await contents(tar.subarray(0, length)))).toEqual(length < 2000 ? ['a'] : ['a', 'b'])
  })

  test('a wrong checksum is malformed, not an entry less', async () => {
    const damaged = Buffer.from(tar)
    damaged[0] = 0x7a
    expect(await failure(damaged)).toBe('malformed: the tar header at byte 0 has a wrong checksum')
  })

  test('an empty block between entries is malformed', async () => {
    expect(await failure(Buffer.concat([tarEntry('a', 'x'), Buffer.alloc(512), tarEntry('b', 'y'), tarEnd()]))).toMatch(/^malformed/)
  })

  test('a global header between a file and its extended header is refused', async () => {
    const tar = Buffer.concat([paxHeader({ path: 'a' }), paxHeader({ comment: 'x' }, 'g'), tarEntry('b', ''), tarEnd()])
    expect(await failure(tar)).toMatch(/^unsupported/)
  })

  test('a header of Solaris is of a type that is not known, and changes no name', async () => {
    const tar = Buffer.concat([paxHeader({ path: 'other' }, 'X'), tarEntry('b', ''), tarEnd()])
    expect((await read(tar)).map(({ entry: { path, type } }) => [path, type])).toEqual([
      ['PaxHeaders/0', 'other'],
      ['b', 'file'],
    ])
  })

  test('a global header that renames all files is refused, one with a comment is not', async () => {
    expect(await failure(Buffer.concat([paxHeader({ path: 'x' }, 'g'), tarEntry('a', ''), tarEnd()]))).toMatch(/^unsupported/)
    expect(await contents(Buffer.concat([paxHeader({ comment: 'x' }, 'g'), tarEntry('a', ''), tarEnd()]))).toEqual({ a: '' })
  })

  test.each(['99 path=a\n', '5 a=b\n', '0 a=b\n', 'x a=b\n', '6 =ab\n', '12 path=a\0b\n'])(
    'the extended record %j is malformed',
    async (record) => {
      const header = Buffer.concat([tarHeader({ path: 'p', flag: 'x', sizeBytes: record.length }), padded(record)])
      expect(await failure(Buffer.concat([header, tarEntry('a', ''), tarEnd()]))).toMatch(/^malformed/)
    },
  )

  test('an extended header beyond 1 MiB is too large', async () => {
    expect(await failure(Buffer.concat([tarHeader({ path: 'p', flag: 'x', sizeBytes: 1024 * 1024 + 1 }), tarEnd()]))).toMatch(/^too-large/)
  })

  test('more entries than the bound are too large', async () => {
    expect(await failure(tar, { maxEntries: 1 })).toBe('too-large: the tar has more than 1 entries')
  })
})

/** Form 0.0 repeats its keys, which an object cannot. */
function repeated(records: Record<string, string>, numbers: string[]): Buffer {
  const keys = ['GNU.sparse.offset', 'GNU.sparse.numbytes']
  const record = (key: string, value: string): string =>
    paxHeader({ [key]: value })
      .subarray(512)
      .toString()
      .replace(/\0+$/, '')
  const body = [...Object.entries(records), ...numbers.map((value, index) => [keys[index % 2] ?? '', value] as const)]
    .map(([key, value]) => record(key, value))
    .join('')
  return Buffer.concat([tarHeader({ path: 'PaxHeaders/0', flag: 'x', sizeBytes: body.length }), padded(body)])
}

describe('a sink', () => {
  /** Path, sizes of the pieces, `end` or what is too large; `slow` waits before each. */
  async function poured(tar: Uint8Array, chunkBytes: number, { slow = false, bounds = {} }: { slow?: boolean; bounds?: TarBounds } = {}) {
    const told: string[] = []
    const texts = new Map<string, string>()
    const visit = ({ path }: TarEntry): TarSink => {
      texts.set(path, '')
      const tell = async (what: string | Buffer): Promise<void> => {
        if (slow) await new Promise((resolve) => setImmediate(resolve))
        told.push(`${path} ${typeof what === 'string' ? what : what.length}`)
        if (typeof what !== 'string') texts.set(path, texts.get(path) + what.toString('latin1'))
      }
      const quick = (what: string | Buffer): void => void tell(what)
      return {
        write: slow ? tell : quick,
        end: () => (slow ? tell : quick)('end'),
        tooLarge: (message) => void told.push(`${path} ${message}`),
      }
    }
    await readTar(byteSource(chunked(tar, chunkBytes)), visit, bounds)
    return { told, texts: Object.fromEntries(texts) }
  }

  const files = { a: 'x'.repeat(1000), b: '', c: { directory: true as const }, d: 'y'.repeat(150_000), e: 'z' }
  const expected = { a: files.a, b: '', c: '', d: files.d, e: 'z' }

  test.each([1, 700, 70_000, 1_000_000])(
    'is given what a reader is given, in chunks of %i bytes, and is waited for',
    async (chunkBytes) => {
      for (const slow of [false, true]) {
        const { told, texts } = await poured(buildTar(files), chunkBytes, { slow })
        expect(texts).toEqual(expected)
        expect(told.filter((line) => line.endsWith('end'))).toEqual(['a end', 'b end', 'd end', 'e end'])
        expect(told.at(-1)).toBe('e end')
      }
    },
  )

  test('has 64 KiB or the whole file in its first piece, wherever chunks end', async () => {
    const { told } = await poured(buildTar(files), 700)
    expect(told.slice(0, 4)).toEqual(['a 1000', 'a end', 'b end', 'd 65536'])
    expect((await poured(buildTar(files), 1_000_000)).told).toEqual(['a 1000', 'a end', 'b end', 'd 150000', 'd end', 'e 1', 'e end'])
  })

  test('has the holes of a sparse file as zeros, up to a bound for all of them', async () => {
    const sparse = (size: number) =>
      Buffer.concat([
        paxHeader({ 'GNU.sparse.map': '1,2', 'GNU.sparse.size': String(size) }),
        tarHeader({ path: `s${size}`, sizeBytes: 2 }),
        padded('xy'),
      ])
    const tar = Buffer.concat([sparse(5), sparse(100), sparse(4), sparse(3), tarEntry('a', 'x'), tarEnd()])
    const { told, texts } = await poured(tar, 700, { bounds: { maxSparseBytes: 10 } })
    expect(texts.s5).toBe('\0xy\0\0')
    expect(told.filter((line) => line.includes('sparse'))).toEqual([
      's100 is a sparse file of 100 bytes, which is more than is read',
      's4 is a sparse file of 4 bytes, which is more than is read',
      's3 is a sparse file of 3 bytes, which is more than is read',
    ])
    expect(told.slice(-2)).toEqual(['a 1', 'a end'])
  })

  test('and a reader have one bound for their sparse files', async () => {
    const sparse = Buffer.concat([
      paxHeader({ 'GNU.sparse.map': '1,2', 'GNU.sparse.size': '6' }),
      tarHeader({ path: 's', sizeBytes: 2 }),
      padded('xy'),
    ])
    const source = () => byteSource(chunked(Buffer.concat([sparse, sparse, tarEnd()]), 700))
    const told: string[] = []
    const sink: TarSink = { write: () => {}, end: () => void told.push('end'), tooLarge: (message) => void told.push(message) }
    const reader = async (body: AsyncIterable<Buffer>): Promise<void> => {
      for await (const _ of body);
    }
    for (const order of [
      [reader, sink],
      [sink, reader],
    ]) {
      const left = [...order]
      await readTar(source(), () => left.shift(), { maxSparseBytes: 10 }).catch((error: Error) => told.push(error.message))
    }
    expect(told).toEqual(['is a sparse file of 6 bytes, which is more than is read', 'end', 'a sparse file has 6 bytes, more than 4'])
  })

  test('of a body that is cut short has no end', async () => {
    const tar = buildTar({ a: 'x'.repeat(100_000) })
    for (const length of [600, 70_000]) await expect(poured(tar.subarray(0, length), 1000)).rejects.toThrow('the tar ends within "a"')
  })

  test('that fails stops the reading with its error', async () => {
    const write = () => {
      throw new Error('full')
    }
    await expect(readTar(byteSource(chunked(buildTar(files), 700)), () => ({ write, end() {}, tooLarge() {} }))).rejects.toThrow('full')
  })
})
