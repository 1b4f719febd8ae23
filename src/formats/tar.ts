/** The entries of a tar in order, streamed. Headers are read in `tar-header.ts`, `tar-pax.ts` and `tar-sparse.ts`, where the formats are named. */
import { quote } from '../findings.ts'
import { ByteReader, type ByteSource } from './byte-reader.ts'
import { TarError } from './tar-error.ts'
import { blockBytes, HeaderDecoder, isZeroBlock, type TarHeader, text } from './tar-header.ts'
import { applyPax, checkGlobalPax, type PaxRecords, parsePax } from './tar-pax.ts'
import { expandSparse, readOldGnuSparse, readPaxSparse, type SparseFile } from './tar-sparse.ts'

export type TarEntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'character-device' | 'block-device' | 'fifo' | 'other'

export interface TarEntry {
  /** As it is written: may be absolute, may climb. */
  readonly path: string
  readonly type: TarEntryType
  readonly mode: number
  readonly uid: number
  readonly gid: number
  /** Of the file, with the holes of a sparse one. */
  readonly sizeBytes: number
  readonly linkPath: string
  readonly modifiedSeconds: number
  /** The extended attribute `security.capability`, as text: from UTF-8 where its bytes happen to be that. */
  readonly capability?: string
  /** Where the stored body starts in the tar, and how long it is there; differs from `sizeBytes` for sparse files. */
  readonly bodyOffset: number
  readonly bodyBytes: number
}

/** Reads a body to the end or not; pieces are views of larger chunks, valid until the next one is asked for. The first one is as that of a sink. */
export type TarBodyReader = (body: AsyncIterable<Buffer>) => Promise<void>

/** Is given a body without a promise where it has none of its own to wait for: most files are small, and a layer has a hundred thousand of them. */
export interface TarSink {
  /** Pieces as those of a reader. The first has 64 KiB, or the whole file (but of sparse files, in which it may have less). */
  write(piece: Buffer): void | Promise<void>
  /** After the last piece. */
  end(): void | Promise<void>
  /** In place of all pieces, or of `end`: the file is sparse, and larger than the bound. */
  tooLarge(message: string): void
}

/** Called once for an entry, in order; the next entry waits for the reader or the sink. Without one the body is skipped, uncopied. */
export type TarVisitor = (entry: TarEntry) => TarBodyReader | TarSink | undefined

export interface TarBounds {
  readonly maxEntries?: number
  /** Bytes of all sparse files together, with their holes, whose bodies are read. */
  readonly maxSparseBytes?: number
}

/** Extended headers and long names; the same as Go's. */
const maxSpecialBytes = 1024 * 1024
/** Some times the largest layers in use; their names have to fit into memory. */
const defaultMaxEntries = 1_000_000
const defaultMaxSparseBytes = 1024 ** 3
const firstPieceBytes = 64 * 1024

const types: ReadonlyMap<string, TarEntryType> = new Map([
  ['\0', 'file'],
  ['0', 'file'],
  ['1', 'hardlink'],
  ['2', 'symlink'],
  ['3', 'character-device'],
  ['4', 'block-device'],
  ['5', 'directory'],
  ['6', 'fifo'],
  ['7', 'file'],
  ['S', 'file'],
])

/**
 * Throws TarError; `truncated` within a header or a body. As in Go, whose archives are unpacked by runtimes, the end-of-archive blocks and the
 * padding of the last body may be missing (umoci writes such layers). What follows the end-of-archive block is not looked at.
 */
export async function readTar(source: ByteSource, visit: TarVisitor, bounds: TarBounds = {}): Promise<void> {
  const walk = new TarWalk(new ByteReader(source), visit, bounds)
  for (let waiting = walk.run(); waiting; waiting = walk.run()) await waiting
}

/** Goes from entry to entry without a promise while it has all that it needs: a chunk of a layer has some fifty small files. */
class TarWalk {
  readonly #reader: ByteReader
  readonly #visit: TarVisitor
  readonly #headers = new HeaderDecoder()
  readonly #maxEntries: number
  #sparseBytes: number
  #entries = 0
  #pending: Pending = noPending
  #isOver = false

  constructor(
    reader: ByteReader,
    visit: TarVisitor,
    { maxEntries = defaultMaxEntries, maxSparseBytes = defaultMaxSparseBytes }: TarBounds,
  ) {
    this.#reader = reader
    this.#visit = visit
    this.#maxEntries = maxEntries
    this.#sparseBytes = maxSparseBytes
  }

  /** Undefined at the end; it goes on when it is called again after the promise. */
  run(): Promise<void> | undefined {
    const reader = this.#reader
    while (!this.#isOver) {
      if (reader.available < blockBytes) return this.#runSlowly()
      const { chunk, chunkOffset } = reader
      reader.skipNow(blockBytes)
      const waiting = this.#step(chunk, chunkOffset)
      if (waiting) return waiting
    }
    return undefined
  }

  /** One header that is not at hand in one piece. */
  async #runSlowly(): Promise<void> {
    const block = await this.#reader.take(blockBytes)
    this.#isOver = block.length === 0 && this.#entries > 0
    if (this.#isOver) return
    if (block.length < blockBytes) throw new TarError('truncated', `the tar ends within a header, at byte ${this.#reader.position}`)
    await this.#step(block, 0)
  }

  /** The block at `start` was just taken. */
  #step(bytes: Buffer, start: number): Promise<void> | undefined {
    if (bytes[start] === 0 && isZeroBlock(bytes, start)) return this.#end()
    if (++this.#entries > this.#maxEntries) throw new TarError('too-large', `the tar has more than ${this.#maxEntries} entries`)
    const header = this.#headers.decode(bytes, start, this.#reader.position - blockBytes)
    if (this.#pending !== noPending || isSpecial(header.flag) || header.flag === 'S')
      return this.#stepSlowly(header, bytes.subarray(start, start + blockBytes))
    return this.#show(entryOf(header, undefined, this.#reader.position), undefined)
  }

  async #stepSlowly(header: TarHeader, block: Buffer): Promise<void> {
    const [reader, pending] = [this.#reader, this.#pending]
    if (isSpecial(header.flag)) {
      this.#pending = await readSpecial(reader, header, pending)
      return
    }
    this.#pending = noPending
    let sparse = pending === noPending ? undefined : await applyPending(header, pending, reader)
    if (header.flag === 'S') sparse = await readOldGnuSparse(block, reader)
    await this.#show(entryOf(header, sparse, reader.position), sparse)
  }

  #show(entry: TarEntry, sparse: SparseFile | undefined): Promise<void> | undefined {
    const use = this.#visit(entry)
    const waiting = use && entry.type === 'file' ? this.#give(entry, sparse, use) : undefined
    return waiting ? waiting.then(() => this.#skipRest(entry)) : this.#skipRest(entry)
  }

  #give(entry: TarEntry, sparse: SparseFile | undefined, use: TarBodyReader | TarSink): Promise<void> | undefined {
    const left = this.#sparseBytes
    // Whoever reads it: of two that read the same tar, the one with more sinks knows of all files that are too large for the other.
    if (sparse) this.#sparseBytes = Math.max(0, left - sparse.sizeBytes)
    if (typeof use === 'function') return readBody(this.#reader, entry, sparse, use, left)
    if (!sparse) return writeBody(this.#reader, entry, use)
    if (sparse.sizeBytes <= left) return readBody(this.#reader, entry, sparse, (body) => pour(body, use), left)
    use.tooLarge(`is a sparse file of ${sparse.sizeBytes} bytes, which is more than is read`)
    return undefined
  }

  #skipRest({ bodyBytes, bodyOffset, path }: TarEntry): Promise<void> | undefined {
    const body = bodyOffset + bodyBytes - this.#reader.position
    const padding = paddingOf(bodyBytes)
    return this.#reader.skipNow(body + padding) ? undefined : this.#skipSlowly(body, padding, path)
  }

  async #skipSlowly(body: number, padding: number, path: string): Promise<void> {
    if ((await this.#reader.skip(body)) < body) throw truncated(path)
    await this.#reader.skip(padding)
  }

  async #end(): Promise<void> {
    this.#isOver = true
    await checkEnd(this.#reader)
  }
}

function paddingOf(bodyBytes: number): number {
  const over = bodyBytes % blockBytes
  return over === 0 ? 0 : blockBytes - over
}

interface Pending {
  readonly path?: string
  readonly linkPath?: string
  readonly records: PaxRecords
}

const noPending: Pending = { records: [] }

/** `x` and `g` of POSIX, `L` and `K` of GNU. */
function isSpecial(flag: string): boolean {
  return flag === 'x' || flag === 'g' || flag === 'L' || flag === 'K'
}

async function readSpecial(reader: ByteReader, header: TarHeader, pending: Pending): Promise<Pending> {
  if (header.sizeBytes > maxSpecialBytes)
    throw new TarError('too-large', `an extended tar header has ${header.sizeBytes} bytes, more than ${maxSpecialBytes}`)
  // The padding comes along: to skip it may ask for the next chunk, and of this one nothing is left then.
  const sizeBytes = header.sizeBytes + paddingOf(header.sizeBytes)
  const whole = await reader.take(sizeBytes)
  if (whole.length < sizeBytes) throw new TarError('truncated', 'the tar ends within an extended header')
  const body = whole.subarray(0, header.sizeBytes)
  if (header.flag === 'L') return { ...pending, path: text(body, 0, body.length) }
  if (header.flag === 'K') return { ...pending, linkPath: text(body, 0, body.length) }
  const records = parsePax(body)
  if (header.flag !== 'g') return { ...pending, records }
  checkGlobalPax(records)
  // Go forgets what came before it, GNU tar does not.
  if (pending !== noPending) throw new TarError('unsupported', 'a global tar header stands between a file and its extended header')
  return pending
}

/** GNU's long names go before those of POSIX, and the name of a sparse file before both, as in Go. */
async function applyPending(header: TarHeader, pending: Pending, reader: ByteReader): Promise<SparseFile | undefined> {
  applyPax(header, pending.records)
  if (pending.path) header.path = pending.path
  if (pending.linkPath) header.linkPath = pending.linkPath
  const hasBody = types.get(header.flag) === 'file'
  const sparse = hasBody && header.flag !== 'S' ? await readPaxSparse(pending.records, reader, header.sizeBytes) : undefined
  if (sparse?.path !== undefined) header.path = sparse.path
  return sparse
}

function entryOf(header: TarHeader, sparse: SparseFile | undefined, position: number): TarEntry {
  const { path, flag, mode, uid, gid, sizeBytes, linkPath, modifiedSeconds, capability } = header
  const isOldDirectory = flag === '\0' && path.endsWith('/')
  const type = isOldDirectory ? 'directory' : (types.get(flag) ?? 'other')
  const isFile = type === 'file'
  const entry = {
    path,
    type,
    mode,
    uid,
    gid,
    sizeBytes: isFile ? (sparse?.sizeBytes ?? sizeBytes) : 0,
    linkPath,
    modifiedSeconds,
    bodyOffset: position,
    // Links, directories and devices have no body, whatever their size says.
    bodyBytes: isFile || type === 'other' ? sizeBytes - (sparse?.mapBytes ?? 0) : 0,
  }
  return capability === undefined ? entry : { ...entry, capability }
}

/** Nothing to wait for where the whole body is at hand and the sink is quick. */
function writeBody(reader: ByteReader, entry: TarEntry, sink: TarSink): Promise<void> | undefined {
  if (entry.bodyBytes === 0) return sink.end() ?? undefined
  const whole = reader.takeNow(entry.bodyBytes)
  if (!whole) return writePieces(reader, entry, sink)
  const waiting = sink.write(whole)
  return waiting ? waiting.then(() => sink.end()) : (sink.end() ?? undefined)
}

async function writePieces(reader: ByteReader, entry: TarEntry, sink: TarSink): Promise<void> {
  for (let left = entry.bodyBytes; left > 0; ) {
    const piece = await nextPiece(reader, entry, left)
    left -= piece.length
    const waiting = sink.write(piece)
    if (waiting) await waiting
  }
  await sink.end()
}

async function pour(body: AsyncIterable<Buffer>, sink: TarSink): Promise<void> {
  for await (const piece of body) await sink.write(piece)
  await sink.end()
}

/** The first piece of a body is large enough to tell what kind of file it is. Throws where the tar ends. */
async function nextPiece(reader: ByteReader, entry: TarEntry, left: number, limit = left): Promise<Buffer> {
  const first = left === entry.bodyBytes ? Math.min(firstPieceBytes, limit) : 1
  const piece = reader.available < first ? await reader.take(first) : await reader.nextPiece(limit)
  if (!piece || piece.length < first) throw truncated(entry.path)
  return piece
}

async function readBody(
  reader: ByteReader,
  entry: TarEntry,
  sparse: SparseFile | undefined,
  use: TarBodyReader,
  maxSparseBytes: number,
): Promise<void> {
  let left = entry.bodyBytes
  let isOpen = true
  const next = async (limit: number): Promise<Buffer | undefined> => {
    // A body that is kept beyond its reader's end must not eat the next entry.
    if (!isOpen || left === 0) return undefined
    const piece = await nextPiece(reader, entry, left, Math.min(limit, left))
    left -= piece.length
    return piece
  }
  const stored = async function* (): AsyncGenerator<Buffer> {
    for (let piece = await next(left); piece; piece = await next(left)) yield piece
  }
  await use(sparse ? expandSparse(sparse, next, maxSparseBytes) : stored())
  isOpen = false
}

async function checkEnd(reader: ByteReader): Promise<void> {
  const second = reader.takeNow(blockBytes) ?? (await reader.take(blockBytes))
  if (second.length > 0 && second.length < blockBytes) throw new TarError('truncated', 'the tar ends within its end-of-archive blocks')
  if (second.length > 0 && !isZeroBlock(second, 0))
    throw new TarError('malformed', `the tar has an empty block at byte ${reader.position - 2 * blockBytes} between its entries`)
}

function truncated(path: string): TarError {
  return new TarError('truncated', `the tar ends within ${quote(path)}`)
}
