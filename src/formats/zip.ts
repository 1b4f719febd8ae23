/** Chosen members of a zip in memory. APPNOTE.TXT: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT */
import { crc32, inflateRawSync } from 'node:zlib'
import { type Entry, fromBufferPromise } from 'yauzl'
import { quote } from '../findings.ts'

export interface ZipMember {
  readonly name: string
  readonly bytes: Buffer
}

/** What all members of one file, and of the zips within it, may take together. It is spent as members are read. */
export interface ZipBudget {
  entries: number
  unpackedBytes: number
}

export type ZipResult = { readonly member: ZipMember } | { readonly fault: string }

const localHeaderBytes = 30

/**
 * Only members that `wanted` names are unpacked. A member that cannot be read is a fault, and the next is still read. Throws Error for what is no zip
 * or has a damaged directory, and RangeError when the budget is spent.
 */
export async function* readZip(
  bytes: Buffer,
  wanted: (name: string, sizeBytes: number) => boolean,
  budget: ZipBudget,
): AsyncGenerator<ZipResult> {
  const zip = await fromBufferPromise(bytes, { lazyEntries: true })
  budget.entries -= zip.entryCount
  if (budget.entries < 0) throw new RangeError('zip has too many entries')
  for await (const entry of zip.eachEntry()) {
    const { fileName: name, uncompressedSize } = entry
    if (name.endsWith('/') || !wanted(name, uncompressedSize)) continue
    budget.unpackedBytes -= uncompressedSize
    if (budget.unpackedBytes < 0) throw new RangeError('zip unpacks to too many bytes')
    const result = unpack(bytes, entry)
    yield typeof result === 'string' ? { fault: `member ${quote(name)} ${result}` } : { member: { name, bytes: result } }
  }
}

/** A clause where it cannot be read. */
function unpack(bytes: Buffer, entry: Entry): Buffer | string {
  const { relativeOffsetOfLocalHeader: header, compressedSize, uncompressedSize, compressionMethod: method } = entry
  if (entry.isEncrypted()) return 'is encrypted'
  if (header + localHeaderBytes > bytes.length || bytes.readUInt32LE(header) !== 0x04034b50) return 'is not where the directory says'
  const start = header + localHeaderBytes + bytes.readUInt16LE(header + 26) + bytes.readUInt16LE(header + 28)
  if (start + compressedSize > bytes.length) return 'is cut short'
  const stored = bytes.subarray(start, start + compressedSize)
  if (method !== 0 && method !== 8) return `is compressed by method ${method}, which is not read`
  try {
    const content = method === 0 ? stored : inflateRawSync(stored, { maxOutputLength: Math.max(uncompressedSize, 1) })
    if (content.length !== uncompressedSize) return `has ${content.length} bytes, and ${uncompressedSize} were expected`
    return crc32(content) === entry.crc32 ? content : 'does not have its checksum'
  } catch (error) {
    return `is damaged: ${error instanceof Error ? error.message : String(error)}`
  }
}
