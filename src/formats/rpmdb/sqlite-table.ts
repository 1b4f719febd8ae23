/**
 * The rows of one table of a SQLite file in memory. `node:sqlite` opens paths alone, and nothing of an image is written to disk.
 * https://www.sqlite.org/fileformat2.html
 */
import { parseRecord, type SqliteValue, slice, varint } from './sqlite-record.ts'

export type SqliteRow = { readonly id: bigint; readonly values: readonly SqliteValue[] } | { readonly fault: string }

const magic = 'SQLite format 3\0'

export function isSqlite(bytes: Buffer): boolean {
  return bytes.length >= 512 && bytes.toString('latin1', 0, 16) === magic
}

/** Throws RangeError where the file's head or its schema cannot be read, or it has no such table. A damaged page or row is a fault. */
export function* readSqliteTable(bytes: Buffer, table: string): Generator<SqliteRow> {
  const file = new SqliteFile(bytes)
  // 2.6: the schema is a table of type, name, tbl_name, rootpage, sql whose root is page 1.
  for (const row of file.rows(1)) {
    if ('fault' in row) throw new RangeError(`schema of the database is damaged: ${row.fault}`)
    const [type, name, , root] = row.values
    if (type === 'table' && name === table) return yield* file.rows(Number(root))
  }
  throw new RangeError(`database has no table ${table}`)
}

class SqliteFile {
  readonly #bytes: Buffer
  readonly #pageBytes: number
  /** Without the bytes at each page's end that are kept for extensions. */
  readonly #usable: number
  /** Pages are used once: what rows take together is no more than the file, however often its cells are pointed at. */
  #payloadBytesLeft: number

  constructor(bytes: Buffer) {
    this.#bytes = bytes
    this.#payloadBytesLeft = bytes.length
    const size = bytes.readUInt16BE(16)
    this.#pageBytes = size === 1 ? 65_536 : size
    if (this.#pageBytes < 512 || (this.#pageBytes & (this.#pageBytes - 1)) !== 0)
      throw new RangeError(`database has pages of ${size} bytes`)
    this.#usable = this.#pageBytes - bytes.readUInt8(20)
    if (this.#usable < 480) throw new RangeError(`database has ${this.#usable} usable bytes a page`)
    // 1.3.7: the count of pages is good only where the two change counters agree.
    const pages = bytes.readUInt32BE(28)
    if (bytes.readUInt32BE(24) === bytes.readUInt32BE(92) && pages * this.#pageBytes > bytes.length)
      throw new RangeError(`database has ${bytes.length} bytes, and ${pages} pages of ${this.#pageBytes} were expected`)
    if (bytes.readUInt32BE(56) > 1) throw new RangeError('database is in UTF-16, and UTF-8 was expected')
  }

  /** 1.6: a table's b-tree, left to right. Pages are visited once, so that a circle ends. */
  *rows(root: number): Generator<SqliteRow> {
    const seen = new Set<number>()
    const stack = [root]
    for (let page = stack.pop(); page !== undefined; page = stack.pop()) {
      if (seen.has(page)) {
        yield { fault: `page ${page} comes twice` }
        continue
      }
      seen.add(page)
      try {
        const children = yield* this.#page(page)
        stack.push(...children.reverse())
      } catch (error) {
        if (!(error instanceof RangeError)) throw error
        yield { fault: `page ${page}: ${error.message}` }
      }
    }
  }

  /** The rows of a leaf; of an interior page the children. */
  *#page(number: number): Generator<SqliteRow, number[]> {
    const page = this.#content(number)
    const header = number === 1 ? 100 : 0
    const type = page.readUInt8(header)
    const cells = page.readUInt16BE(header + 3)
    if (type === 0x05) {
      const children: number[] = []
      for (let cell = 0; cell < cells; cell++) children.push(page.readUInt32BE(page.readUInt16BE(header + 12 + cell * 2)))
      return [...children, page.readUInt32BE(header + 8)]
    }
    if (type !== 0x0d) throw new RangeError(`type ${type} is not of a table's b-tree`)
    for (let cell = 0; cell < cells; cell++) yield this.#row(page, number, cell, page.readUInt16BE(header + 8 + cell * 2))
    return []
  }

  #row(page: Buffer, number: number, cell: number, offset: number): SqliteRow {
    try {
      const [size, afterSize] = varint(page, offset)
      const [id, start] = varint(page, afterSize)
      return { id, values: parseRecord(this.#payload(page, start, Number(size))) }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error
      return { fault: `cell ${cell} of page ${number}: ${error.message}` }
    }
  }

  /** 1.6: what does not fit into the cell is on a chain of overflow pages. */
  #payload(page: Buffer, start: number, size: number): Buffer {
    this.#payloadBytesLeft -= size
    if (this.#payloadBytesLeft < 0) throw new RangeError(`payload of ${size} bytes, more than the file has left`)
    const usable = this.#usable
    if (size <= usable - 35) return slice(page, start, size)
    const minimum = Math.floor(((usable - 12) * 32) / 255) - 23
    const fitting = minimum + ((size - minimum) % (usable - 4))
    const local = fitting <= usable - 35 ? fitting : minimum
    const payload = Buffer.alloc(size)
    let filled = slice(page, start, local).copy(payload)
    // Every page but the last is full: a circle ends when the payload is.
    for (let next = page.readUInt32BE(start + local); filled < size; ) {
      const overflow = this.#content(next)
      filled += overflow.copy(payload, filled, 4, Math.min(usable, 4 + size - filled))
      next = overflow.readUInt32BE(0)
    }
    return payload
  }

  #content(number: number): Buffer {
    const start = (number - 1) * this.#pageBytes
    if (number < 1 || start + this.#pageBytes > this.#bytes.length) throw new RangeError(`page ${number} is beyond the end of the file`)
    return this.#bytes.subarray(start, start + this.#usable)
  }
}
