/** Reads a stream of chunks by the byte: whole blocks, bodies, and gaps that are skipped without copying. */

/** Where chunks come from. A source that can seek skips without reading. */
export interface ByteSource {
  /** The next chunk; undefined at the end. */
  next(): Promise<Uint8Array | undefined>
  /** Skips this many bytes that `next` has not given yet. Going past the end is noticed by the next `next`. */
  skip?(bytes: number): void
}

export function byteSource(chunks: AsyncIterable<Uint8Array>): ByteSource & { close(): Promise<void> } {
  const iterator = chunks[Symbol.asyncIterator]()
  return {
    async next() {
      const result = await iterator.next()
      return result.done ? undefined : result.value
    },
    async close() {
      await iterator.return?.()
    },
  }
}

const nothing = Buffer.alloc(0)
/** Of pieces of several chunks whose memory is used again. */
const keptBytes = 64 * 1024

export class ByteReader {
  readonly #source: ByteSource
  #chunk: Buffer = nothing
  #offset = 0
  #position = 0
  #kept: Buffer = nothing

  constructor(source: ByteSource) {
    this.#source = source
  }

  /** Bytes that were taken or skipped so far. */
  get position(): number {
    return this.#position
  }

  /** What the bytes at hand are part of, for who takes them by `skipNow`; the next one is at `chunkOffset`. */
  get chunk(): Buffer {
    return this.#chunk
  }

  get chunkOffset(): number {
    return this.#offset
  }

  /** A view of the next bytes where they are at hand in one piece, good until more is read; undefined where `take` has to be asked. */
  takeNow(bytes: number): Buffer | undefined {
    const end = this.#offset + bytes
    if (end > this.#chunk.length) return undefined
    const view = this.#chunk.subarray(this.#offset, end)
    this.#offset = end
    this.#position += bytes
    return view
  }

  /** The next bytes, fewer at the end of the stream, good until more is read. `bytes` is bounded by the caller: they are held in memory. */
  async take(bytes: number): Promise<Buffer> {
    if (bytes > 0 && this.available === 0) await this.#fill()
    const whole = this.takeNow(bytes)
    if (whole) return whole
    const copy = this.#copyOf(bytes)
    let size = 0
    while (size < bytes && (this.available > 0 || (await this.#fill()))) {
      const part = this.takeNow(Math.min(bytes - size, this.available))
      if (!part) break
      // The next chunk may come in the same memory.
      copy.set(part, size)
      size += part.length
    }
    return copy.subarray(0, size)
  }

  /** Memory for pieces of several chunks: a large file has one such piece, and most chunks have one at their ends. */
  #copyOf(bytes: number): Buffer {
    if (bytes > keptBytes) return Buffer.allocUnsafeSlow(bytes)
    if (this.#kept.length < bytes) this.#kept = Buffer.allocUnsafeSlow(Math.min(keptBytes, Math.max(2 * bytes, 4096)))
    return this.#kept
  }

  /** True when the bytes were at hand and are skipped; false, with nothing done, where `skip` has to be asked. */
  skipNow(bytes: number): boolean {
    const end = this.#offset + bytes
    if (end > this.#chunk.length) return false
    this.#offset = end
    this.#position += bytes
    return true
  }

  /** How many bytes were skipped: fewer than asked for at the end of the stream. */
  async skip(bytes: number): Promise<number> {
    let missing = bytes
    for (;;) {
      const step = Math.min(missing, this.available)
      this.skipNow(step)
      missing -= step
      if (missing === 0) return bytes
      if (this.#source.skip && missing > 1) {
        // The last byte is read, so that a skip past the end is noticed.
        this.#source.skip(missing - 1)
        this.#position += missing - 1
        missing = 1
      }
      if (!(await this.#fill())) return bytes - missing
    }
  }

  /** Views of the next bytes, piece by piece, each good until more is read; ends early at the end of the stream. */
  async nextPiece(limit: number): Promise<Buffer | undefined> {
    if (this.available === 0 && !(await this.#fill())) return undefined
    return this.takeNow(Math.min(limit, this.available))
  }

  /** Bytes that are at hand in one piece. */
  get available(): number {
    return this.#chunk.length - this.#offset
  }

  async #fill(): Promise<boolean> {
    for (;;) {
      const chunk = await this.#source.next()
      if (chunk === undefined) {
        this.#chunk = nothing
        this.#offset = 0
        return false
      }
      if (chunk.length === 0) continue
      this.#chunk = Buffer.isBuffer(chunk) ? chunk : Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
      this.#offset = 0
      return true
    }
  }
}
