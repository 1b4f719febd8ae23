/** RPM databases in their three forms, with the headers that a test wants. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

export interface RpmPackage {
  readonly name: string
  readonly version: string
  readonly release: string
  readonly epoch?: number
  readonly architecture?: string
  readonly source?: string
  readonly module?: string
  readonly files?: readonly string[]
  /** Of the files in their order: hexadecimal, and further columns of the header. */
  readonly digests?: readonly string[]
  readonly digestAlgorithm?: number
  readonly flags?: readonly number[]
  readonly verifyFlags?: readonly number[]
  readonly states?: readonly number[]
  /** Bytes of a description, to make a header long. */
  readonly paddingBytes?: number
}

/** As a database keeps it: index and store, without the magic. */
export function rpmHeader(one: RpmPackage): Buffer {
  const index: Buffer[] = []
  const store: Buffer[] = []
  let size = 0
  const add = (tag: number, type: number, count: number, value: Buffer) => {
    const padding = type === 4 ? (4 - (size % 4)) % 4 : 0
    store.push(Buffer.alloc(padding), value)
    const entry = Buffer.alloc(16)
    for (const [at, field] of [tag, type, size + padding, count].entries()) entry.writeUInt32BE(field, at * 4)
    index.push(entry)
    size += padding + value.length
  }
  const text = (tag: number, value: string | undefined) => value !== undefined && add(tag, 6, 1, Buffer.from(`${value}\0`))
  const integers = (tag: number, values: readonly number[]) => {
    const bytes = Buffer.alloc(values.length * 4)
    for (const [at, value] of values.entries()) bytes.writeUInt32BE(value, at * 4)
    add(tag, 4, values.length, bytes)
  }
  const texts = (tag: number, values: readonly string[]) =>
    add(tag, 8, values.length, Buffer.from(values.map((value) => `${value}\0`).join('')))
  text(1000, one.name)
  text(1001, one.version)
  text(1002, one.release)
  if (one.epoch !== undefined) integers(1003, [one.epoch])
  if (one.paddingBytes) text(1005, 'x'.repeat(one.paddingBytes))
  text(1022, one.architecture ?? 'x86_64')
  text(1044, one.source)
  text(5096, one.module)
  if (one.states) add(1029, 1, one.states.length, Buffer.from(one.states))
  if (one.digests) texts(1035, one.digests)
  if (one.flags) integers(1037, one.flags)
  if (one.verifyFlags) {
    integers(
      1045,
      one.verifyFlags.map((flags) => flags >>> 0),
    )
  }
  if (one.digestAlgorithm !== undefined) integers(5011, [one.digestAlgorithm])
  const files = one.files ?? []
  const folders = [...new Set(files.map((file) => file.slice(0, file.lastIndexOf('/') + 1)))]
  if (files.length > 0) {
    integers(
      1116,
      files.map((file) => folders.indexOf(file.slice(0, file.lastIndexOf('/') + 1))),
    )
    texts(
      1117,
      files.map((file) => file.slice(file.lastIndexOf('/') + 1)),
    )
    texts(1118, folders)
  }
  const head = Buffer.alloc(8)
  head.writeUInt32BE(index.length, 0)
  head.writeUInt32BE(size, 4)
  return Buffer.concat([head, ...index, ...store])
}

export function ndb(headers: readonly Buffer[]): Buffer {
  const slots = Buffer.alloc(4096)
  slots.write('RpmP', 0, 'latin1')
  slots.writeUInt32LE(1, 12)
  for (let slot = 32; slot < slots.length; slot += 16) slots.write('Slot', slot, 'latin1')
  const blobs: Buffer[] = []
  let offset = slots.length
  for (const [number, header] of headers.entries()) {
    const blob = Buffer.alloc(Math.ceil((header.length + 32) / 16) * 16)
    blob.write('BlbS', 0, 'latin1')
    blob.writeUInt32LE(number + 1, 4)
    blob.writeUInt32LE(header.length, 12)
    header.copy(blob, 16)
    const slot = 32 + number * 16
    slots.writeUInt32LE(number + 1, slot + 4)
    slots.writeUInt32LE(offset / 16, slot + 8)
    slots.writeUInt32LE(blob.length / 16, slot + 12)
    blobs.push(blob)
    offset += blob.length
  }
  return Buffer.concat([slots, ...blobs])
}

/** Headers that fit lie on the hash page itself, the others on chains of overflow pages. */
export function berkeleyHash(headers: readonly Buffer[], order: 'little' | 'big' = 'little', pageBytes = 4096): Buffer {
  const u32 = (page: Buffer, value: number, at: number) =>
    order === 'little' ? page.writeUInt32LE(value, at) : page.writeUInt32BE(value, at)
  const u16 = (page: Buffer, value: number, at: number) =>
    order === 'little' ? page.writeUInt16LE(value, at) : page.writeUInt16BE(value, at)
  const meta = Buffer.alloc(pageBytes)
  const hash = Buffer.alloc(pageBytes)
  const pages = [meta, hash]
  u32(meta, 0x061561, 12)
  u32(meta, pageBytes, 20)
  meta[25] = 8
  hash[25] = 13
  let end = pageBytes
  let items = 0
  const place = (item: Buffer) => {
    end -= item.length
    item.copy(hash, end)
    u16(hash, end, 26 + items * 2)
    items++
  }
  const key = (number: number) => {
    const bytes = Buffer.alloc(5, 0)
    bytes[0] = 1
    bytes.writeUInt32LE(number, 1)
    return bytes
  }
  place(key(0))
  place(Buffer.concat([Buffer.of(1), Buffer.alloc(4, 7)]))
  for (const [number, header] of headers.entries()) {
    place(key(number + 1))
    if (header.length < 300) {
      place(Buffer.concat([Buffer.of(1), header]))
      continue
    }
    const item = Buffer.alloc(12)
    item[0] = 3
    u32(item, pages.length, 4)
    u32(item, header.length, 8)
    place(item)
    for (let start = 0; start < header.length; start += pageBytes - 26) {
      const page = Buffer.alloc(pageBytes)
      const part = header.subarray(start, start + pageBytes - 26)
      page[25] = 7
      u16(page, part.length, 22)
      part.copy(page, 26)
      if (start + part.length < header.length) u32(page, pages.length + 1, 16)
      pages.push(page)
    }
  }
  u16(hash, items, 20)
  u32(meta, pages.length - 1, 32)
  return Buffer.concat(pages)
}

/** Made by SQLite itself. */
export function rpmdbSqlite(headers: readonly Buffer[], pageBytes = 4096): Buffer {
  const folder = mkdtempSync(join(tmpdir(), 'rpmdb-'))
  try {
    const file = join(folder, 'rpmdb.sqlite')
    const database = new DatabaseSync(file)
    database.exec(`PRAGMA page_size = ${pageBytes}`)
    database.exec('CREATE TABLE Name (key TEXT NOT NULL, hnum INTEGER NOT NULL)')
    database.exec('CREATE TABLE Packages (hnum INTEGER PRIMARY KEY AUTOINCREMENT, blob BLOB NOT NULL)')
    const insert = database.prepare('INSERT INTO Packages (blob) VALUES (?)')
    database.exec('BEGIN')
    for (const header of headers) insert.run(header)
    database.exec('COMMIT')
    database.close()
    return readFileSync(file)
  } finally {
    rmSync(folder, { recursive: true })
  }
}
