/** RPM headers as a database keeps them (without the magic): an index of tags over a store of values, big-endian. https://rpm.org/docs/latest/manual/format_header.html */

export interface RpmHeader {
  /** The first string of a tag of type STRING, STRING_ARRAY or I18NSTRING; undefined where it is not there. */
  string(tag: number): string | undefined
  strings(tag: number): string[]
  /** Of type INT32. */
  integers(tag: number): number[]
  /** Of type CHAR or INT8. */
  bytes(tag: number): Uint8Array
}

interface IndexEntry {
  readonly type: number
  readonly offset: number
  readonly count: number
}

const types = { char: 1, int8: 2, int32: 4, string: 6, stringArray: 8, i18nString: 9 } as const

/** Throws RangeError for a header that is cut short or points outside itself; values are read, and checked, when they are asked for. */
export function parseRpmHeader(bytes: Uint8Array): RpmHeader {
  const blob = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length)
  if (blob.length < 8) throw new RangeError(`header has ${blob.length} bytes`)
  const count = blob.readUInt32BE(0)
  const storeBytes = blob.readUInt32BE(4)
  const storeStart = 8 + count * 16
  if (storeStart + storeBytes > blob.length)
    throw new RangeError(`header has ${blob.length} bytes, and its index says ${storeStart + storeBytes}`)
  const store = blob.subarray(storeStart, storeStart + storeBytes)
  const index = new Map<number, IndexEntry>()
  for (let at = 8; at < storeStart; at += 16) {
    const entry = { type: blob.readUInt32BE(at + 4), offset: blob.readUInt32BE(at + 8), count: blob.readUInt32BE(at + 12) }
    index.set(blob.readUInt32BE(at), entry)
  }
  const strings = (tag: number, most: number): string[] => readStrings(store, index.get(tag), most)
  return {
    string: (tag) => strings(tag, 1)[0],
    strings: (tag) => strings(tag, Number.POSITIVE_INFINITY),
    integers: (tag) => readIntegers(store, index.get(tag)),
    bytes: (tag) => readBytes(store, index.get(tag)),
  }
}

function readStrings(store: Buffer, entry: IndexEntry | undefined, most: number): string[] {
  if (!entry || (entry.type !== types.string && entry.type !== types.stringArray && entry.type !== types.i18nString)) return []
  const values: string[] = []
  let start = entry.offset
  // Each value takes a byte at least, so that a count larger than the store ends in the error.
  for (let left = Math.min(entry.count, most); left > 0; left--) {
    const end = store.indexOf(0, start)
    if (end < 0) throw new RangeError('string of the header has no end')
    values.push(store.toString('utf8', start, end))
    start = end + 1
  }
  return values
}

function readIntegers(store: Buffer, entry: IndexEntry | undefined): number[] {
  if (entry?.type !== types.int32) return []
  if (entry.offset + entry.count * 4 > store.length) throw new RangeError('integers of the header go beyond its end')
  return Array.from({ length: entry.count }, (_, index) => store.readUInt32BE(entry.offset + index * 4))
}

function readBytes(store: Buffer, entry: IndexEntry | undefined): Uint8Array {
  if (entry?.type !== types.char && entry?.type !== types.int8) return new Uint8Array()
  if (entry.offset + entry.count > store.length) throw new RangeError('bytes of the header go beyond its end')
  return store.subarray(entry.offset, entry.offset + entry.count)
}
