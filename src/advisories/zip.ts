/** Records in a zip, one after the other. The file is never held whole. */
import { type FileHandle, open } from 'node:fs/promises'
import { crc32, inflateRawSync } from 'node:zlib'
import { type Entry, fromRandomAccessReaderPromise, RandomAccessReader, type ZipFile } from 'yauzl'
import { quote } from '../findings.ts'
import { AdvisoryError } from './errors.ts'

/** Where the bytes of an entry lie. */
export interface ZipEntry {
  readonly name: string
  readonly offset: number
  readonly compressedBytes: number
  readonly sizeBytes: number
  readonly method: number
  readonly crc32: number
}

/** The largest public records have some 10 MB. */
export const maxRecordBytes = 32 * 1024 * 1024
const maxZipEntries = 4_000_000
const windowBytes = 1024 * 1024

export interface OpenZip {
  /** Files, in the order of the zip's directory. Throws AdvisoryError `unreadable-source` where the directory is damaged or cut short. */
  entries(): AsyncIterable<ZipEntry>
  /** Throws AdvisoryError `unreadable-source` where the entry is damaged, encrypted or larger than `maxRecordBytes`. */
  read(entry: ZipEntry): Promise<Buffer>
  close(): Promise<void>
}

/** Throws AdvisoryError `unreadable-source` for what is no zip. The caller closes it. */
export async function openZip(path: string): Promise<OpenZip> {
  const file = await open(path)
  try {
    const { size } = await file.stat()
    const zip = await fromRandomAccessReaderPromise(new DirectoryReader(new FileWindow(file, size)), size, {
      lazyEntries: true,
      autoClose: false,
    })
    const data = new FileWindow(file, size)
    return { entries: () => listEntries(zip, path), read: (entry) => readEntry(data, entry, path), close: () => file.close() }
  } catch (cause) {
    await file.close()
    throw unreadable(path, cause)
  }
}

async function* listEntries(zip: ZipFile, path: string): AsyncIterable<ZipEntry> {
  if (zip.entryCount > maxZipEntries) throw unreadable(path, `it has ${zip.entryCount} entries, at most ${maxZipEntries} are read`)
  try {
    for await (const entry of zip.eachEntry()) {
      if (!entry.fileName.endsWith('/')) yield locate(entry)
    }
  } catch (cause) {
    throw unreadable(path, cause)
  }
}

function locate(entry: Entry): ZipEntry {
  return {
    name: entry.fileName,
    offset: entry.relativeOffsetOfLocalHeader,
    compressedBytes: entry.compressedSize,
    sizeBytes: entry.uncompressedSize,
    // A method that no reader has, for what is encrypted.
    method: entry.isEncrypted() ? -1 : entry.compressionMethod,
    crc32: entry.crc32,
  }
}

async function readEntry(data: FileWindow, entry: ZipEntry, path: string): Promise<Buffer> {
  const fail = (message: string, cause?: unknown): AdvisoryError =>
    new AdvisoryError('unreadable-source', `${path}: entry ${quote(entry.name)} ${message}`, { cause })
  if (entry.method !== 0 && entry.method !== 8) throw fail('is encrypted or compressed in a way that is not read')
  if (entry.sizeBytes > maxRecordBytes || entry.compressedBytes > maxRecordBytes)
    throw fail(`has ${entry.sizeBytes} bytes, at most ${maxRecordBytes} are read`)
  try {
    // APPNOTE 4.3.7: 30 bytes, then name and extra field, whose lengths may differ from those in the directory.
    const header = await data.readAt(entry.offset, 30)
    if (header.readUInt32LE(0) !== 0x04034b50) throw new Error('no local file header where the directory says')
    const start = entry.offset + 30 + header.readUInt16LE(26) + header.readUInt16LE(28)
    const stored = await data.readAt(start, entry.compressedBytes)
    const bytes = entry.method === 0 ? Buffer.from(stored) : inflateRawSync(stored, { maxOutputLength: Math.max(1, entry.sizeBytes) })
    if (crc32(bytes) !== entry.crc32) throw new Error('checksum does not fit')
    return bytes
  } catch (cause) {
    throw fail(`cannot be read: ${messageOf(cause)}`, cause)
  }
}

/** Reads a mebibyte at a time, since entries are small and lie side by side. */
class FileWindow {
  private readonly file: FileHandle
  private readonly size: number
  private bytes = Buffer.alloc(0)
  private start = 0
  constructor(file: FileHandle, size: number) {
    this.file = file
    this.size = size
  }

  /** A view that is valid until the next call. */
  async readAt(position: number, length: number): Promise<Buffer> {
    if (position < 0 || position + length > this.size) throw new Error(`it ends at ${this.size} bytes, ${position + length} were expected`)
    const from = position - this.start
    if (from < 0 || from + length > this.bytes.length) {
      const buffer = Buffer.allocUnsafe(Math.min(Math.max(length, windowBytes), this.size - position))
      const { bytesRead } = await this.file.read(buffer, 0, buffer.length, position)
      if (bytesRead < length) throw new Error(`it ended at ${position + bytesRead} bytes, ${position + length} were expected`)
      this.bytes = buffer.subarray(0, bytesRead)
      this.start = position
    }
    return this.bytes.subarray(position - this.start, position - this.start + length)
  }
}

/** Reads the zip's directory, which lies at its end, through a window of its own. */
class DirectoryReader extends RandomAccessReader {
  private readonly window: FileWindow
  constructor(window: FileWindow) {
    super()
    this.window = window
  }

  override read(buffer: Buffer, offset: number, length: number, position: number, callback: (error: Error | null) => void): void {
    this.window.readAt(position, length).then(
      (bytes) => {
        bytes.copy(buffer, offset)
        callback(null)
      },
      (error) => callback(error instanceof Error ? error : new Error(String(error))),
    )
  }
}

function unreadable(path: string, cause: unknown): AdvisoryError {
  if (cause instanceof AdvisoryError) return cause
  return new AdvisoryError('unreadable-source', `zip ${path} cannot be read: ${messageOf(cause)}`, { cause })
}

function messageOf(cause: unknown): string {
  return quote(cause instanceof Error ? cause.message : String(cause), 200).slice(1, -1)
}
