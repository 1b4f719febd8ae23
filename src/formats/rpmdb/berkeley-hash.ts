/** Berkeley DB hash files, `Packages` of RPM before 4.16, as their pages lie. Berkeley DB, `src/dbinc/db_page.h` */
import type { RpmRecord } from './rpmdb.ts'

const hashMagic = 0x061561
const pageHeaderBytes = 26
const pageTypes = { hashUnsorted: 2, overflow: 7, hash: 13 } as const
const itemTypes = { keyData: 1, offPage: 3 } as const

export function isBerkeleyHash(bytes: Buffer): boolean {
  return bytes.length >= 512 && (bytes.readUInt32LE(12) === hashMagic || bytes.readUInt32BE(12) === hashMagic)
}

/** Throws RangeError for a page size that is none. */
export function* readBerkeleyHash(bytes: Buffer): Generator<RpmRecord> {
  const file = new PagedFile(bytes)
  const lastPage = file.u32(32)
  for (let page = 1; page <= lastPage; page++) {
    const start = page * file.pageBytes
    if (start + file.pageBytes > bytes.length) {
      yield { fault: `page ${page} of ${lastPage} is beyond the end of the file` }
      return
    }
    const type = bytes[start + 25]
    if (type === pageTypes.hash || type === pageTypes.hashUnsorted) yield* readHashPage(file, page)
  }
}

/** The byte order of the machine that wrote it. */
class PagedFile {
  readonly bytes: Buffer
  readonly pageBytes: number
  /** Pages are used once: what items take together is no more than the file, however often they are pointed at. */
  itemBytesLeft: number
  readonly #little: boolean

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.itemBytesLeft = bytes.length
    this.#little = bytes.readUInt32LE(12) === hashMagic
    this.pageBytes = this.u32(20)
    const size = this.pageBytes
    if (size < 512 || size > 65_536 || (size & (size - 1)) !== 0) throw new RangeError(`Berkeley DB has pages of ${size} bytes`)
  }

  u32(offset: number): number {
    return this.#little ? this.bytes.readUInt32LE(offset) : this.bytes.readUInt32BE(offset)
  }

  u16(offset: number): number {
    return this.#little ? this.bytes.readUInt16LE(offset) : this.bytes.readUInt16BE(offset)
  }
}

/** Items come in pairs, a key and its data; the index grows from the page's head, the items from its end. */
function* readHashPage(file: PagedFile, page: number): Generator<RpmRecord> {
  const start = page * file.pageBytes
  const entries = file.u16(start + 20)
  if (pageHeaderBytes + entries * 2 > file.pageBytes) return yield { fault: `page ${page} has ${entries} items, more than it can hold` }
  const place = (item: number) => file.u16(start + pageHeaderBytes + item * 2)
  for (let item = 1; item < entries; item += 2) {
    const [from, end] = [place(item), place(item - 1)]
    if (from < pageHeaderBytes || from >= end || end > file.pageBytes) yield { fault: `item ${item} of page ${page} lies outside of it` }
    else if (file.bytes[start + from] === itemTypes.offPage) {
      if (end - from < 12) yield { fault: `item ${item} of page ${page} is cut short` }
      else yield readOverflow(file, file.u32(start + from + 4), file.u32(start + from + 8))
    } else if (file.bytes[start + from] === itemTypes.keyData) {
      const keyEnd = item >= 2 ? place(item - 2) : file.pageBytes
      // Key 0 is a counter of packages and not one of them.
      if (!isCounter(file.bytes.subarray(start + end + 1, start + keyEnd)))
        yield { header: file.bytes.subarray(start + from + 1, start + end) }
    } else yield { fault: `item ${item} of page ${page} is of an unknown type` }
  }
}

function isCounter(key: Uint8Array): boolean {
  return key.every((byte) => byte === 0)
}

/** A chain of pages; `length` is the item's whole length. */
function readOverflow(file: PagedFile, first: number, length: number): RpmRecord {
  file.itemBytesLeft -= length
  if (file.itemBytesLeft < 0) return { fault: `item at page ${first} claims ${length} bytes, more than the file has left` }
  const header = Buffer.alloc(length)
  let filled = 0
  // Each page gives at least a byte or ends the loop, so that a circle ends too.
  for (let page = first; page !== 0 && filled < length; ) {
    const start = page * file.pageBytes
    if (start + file.pageBytes > file.bytes.length) return { fault: `overflow page ${page} is beyond the end of the file` }
    const size = file.u16(start + 22)
    if (file.bytes[start + 25] !== pageTypes.overflow || size === 0 || size > file.pageBytes - pageHeaderBytes) {
      return { fault: `page ${page} is no overflow page` }
    }
    filled += file.bytes.copy(header, filled, start + pageHeaderBytes, start + pageHeaderBytes + size)
    page = file.u32(start + 16)
  }
  return filled === length ? { header } : { fault: `item at page ${first} has ${filled} bytes, and ${length} were expected` }
}
