/** Sparse files in a tar: GNU's old form, and the three in extended headers. https://www.gnu.org/software/tar/manual/html_node/Sparse-Formats.html */
import type { ByteReader } from './byte-reader.ts'
import { TarError } from './tar-error.ts'
import { blockBytes, number } from './tar-header.ts'
import type { PaxRecords } from './tar-pax.ts'

export interface SparseFile {
  /** Size with its holes. */
  readonly sizeBytes: number
  /** The pieces that are stored, in order, without overlap. */
  readonly pieces: readonly SparsePiece[]
  /** The name that the file has, where the header's is a stand-in. */
  readonly path?: string
  /** Bytes of the body that the map itself took. */
  readonly mapBytes: number
}

interface SparsePiece {
  readonly offset: number
  readonly length: number
}

const maxPieces = 65_536

/** Reads the extension blocks that follow the header (they are not part of its size). */
export async function readOldGnuSparse(block: Buffer, reader: ByteReader): Promise<SparseFile> {
  const position = reader.position - blockBytes
  const pieces: SparsePiece[] = []
  const sizeBytes = number(block, 483, 12, position)
  let [table, entries, isExtended] = [block.subarray(386), 4, block[482] !== 0]
  for (;;) {
    for (let index = 0; index < entries && table[index * 24] !== 0; index++)
      pieces.push({ offset: number(table, index * 24, 12, position), length: number(table, index * 24 + 12, 12, position) })
    if (pieces.length > maxPieces) throw tooManyPieces()
    if (!isExtended) return checked({ sizeBytes, pieces, mapBytes: 0 })
    table = await reader.take(blockBytes)
    if (table.length < blockBytes) throw new TarError('truncated', 'the tar ends within the map of a sparse file')
    entries = 21
    isExtended = table[504] !== 0
  }
}

/** Undefined for a file that is not sparse. Form 1.0 keeps its map at the start of the body, which is read here. */
export async function readPaxSparse(records: PaxRecords, reader: ByteReader, bodyBytes: number): Promise<SparseFile | undefined> {
  const last = new Map(records)
  const version = `${last.get('GNU.sparse.major') ?? ''}.${last.get('GNU.sparse.minor') ?? ''}`
  const path = last.get('GNU.sparse.name')
  const size = last.get('GNU.sparse.size') || last.get('GNU.sparse.realsize')
  const common = { sizeBytes: size ? decimal(size) : bodyBytes, ...(path ? { path } : {}) }
  if (version === '1.0') return checked({ ...common, ...(await readMap(reader, bodyBytes)) })
  // Form 0.0 repeats its keys, and they go before the map of form 0.1. An empty map is none.
  const repeated = records.filter(([key]) => key === 'GNU.sparse.offset' || key === 'GNU.sparse.numbytes').map(([, value]) => value)
  const map = last.get('GNU.sparse.map')
  const numbers = repeated.length > 0 ? repeated : map ? map.split(',') : []
  if (version === '.' && numbers.length === 0) return undefined
  if (version !== '.' && version !== '0.0' && version !== '0.1')
    throw new TarError('unsupported', 'a file is sparse in a form that is not known')
  return checked({ ...common, pieces: pairs(numbers.map(decimal)), mapBytes: 0 })
}

/** The file with its holes as zeros. `limit` bounds what is yielded: holes cost nothing to claim. */
export async function* expandSparse(
  file: SparseFile,
  next: (limit: number) => Promise<Buffer | undefined>,
  limit: number,
): AsyncGenerator<Buffer> {
  if (file.sizeBytes > limit) throw new TarError('too-large', `a sparse file has ${file.sizeBytes} bytes, more than ${limit}`)
  const zeros = Buffer.alloc(65_536)
  let position = 0
  for (const { offset, length } of [...file.pieces, { offset: file.sizeBytes, length: 0 }]) {
    for (; position < offset; position += Math.min(zeros.length, offset - position)) yield zeros.subarray(0, offset - position)
    for (let missing = length; missing > 0; ) {
      const piece = await next(missing)
      if (!piece) throw new TarError('truncated', 'the tar ends within a sparse file')
      missing -= piece.length
      position += piece.length
      yield piece
    }
  }
}

/** Lines of decimal numbers: how many pieces, then offset and length of each; filled up to a whole block. */
async function readMap(reader: ByteReader, bodyBytes: number): Promise<{ pieces: SparsePiece[]; mapBytes: number }> {
  let read = ''
  let mapBytes = 0
  for (;;) {
    const lines = read.split('\n')
    const count = lines.length > 1 ? decimal(lines[0] ?? '') : 1
    if (count > maxPieces) throw tooManyPieces()
    if (lines.length > 1 && lines.length - 1 >= 1 + 2 * count)
      return { pieces: pairs(lines.slice(1, 1 + 2 * count).map(decimal)), mapBytes }
    if (mapBytes + blockBytes > bodyBytes) throw new TarError('malformed', 'the map of a sparse file is longer than the file')
    const block = await reader.take(blockBytes)
    if (block.length < blockBytes) throw new TarError('truncated', 'the tar ends within the map of a sparse file')
    read += block.toString('latin1')
    mapBytes += blockBytes
    if (mapBytes > maxPieces * 40) throw tooManyPieces()
  }
}

function pairs(numbers: readonly number[]): SparsePiece[] {
  if (numbers.length % 2 !== 0 || numbers.length > 2 * maxPieces)
    throw new TarError('malformed', 'a sparse file has a map that is not of pairs')
  return Array.from({ length: numbers.length / 2 }, (_, index) => ({
    offset: numbers[2 * index] ?? 0,
    length: numbers[2 * index + 1] ?? 0,
  }))
}

function checked(file: SparseFile): SparseFile {
  let end = 0
  for (const { offset, length } of file.pieces) {
    if (offset < end || length < 0 || offset + length > file.sizeBytes)
      throw new TarError('malformed', 'a sparse file has a map that is out of order')
    end = offset + length
  }
  return file
}

function decimal(text: string): number {
  const value = Number(text)
  if (!/^\d{1,16}$/.test(text) || !Number.isSafeInteger(value))
    throw new TarError('malformed', 'a sparse file has a map that is not of numbers')
  return value
}

function tooManyPieces(): TarError {
  return new TarError('too-large', `a sparse file has more than ${maxPieces} pieces`)
}
