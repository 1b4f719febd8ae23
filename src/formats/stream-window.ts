/** Looks for patterns in a stream that is not held: every position is looked at once, with the bytes that follow it. */

export interface WindowScanner {
  /**
   * Positions `from` to `to` (exclusive) of `window` are new; at least 64 bytes follow each of them, but at the stream's end.
   * `offset` is the place of the window's first byte in the stream, `fresh` the index of the first byte that no earlier window had.
   */
  scan(window: Buffer, offset: number, from: number, to: number, fresh: number): void
}

const lookahead = 64
const blockBytes = 64 * 1024

/** The same bytes in pieces of 64 KiB or more, but for the last one. */
export async function* inBlocks(body: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  let parts: Uint8Array[] = []
  let size = 0
  for await (const chunk of body) {
    const missing = size === 0 ? 0 : Math.min(blockBytes - size, chunk.length)
    const rest = chunk.subarray(missing)
    if (missing > 0) {
      parts.push(Buffer.from(chunk.subarray(0, missing)))
      size += missing
    }
    if (size === blockBytes) {
      yield Buffer.concat(parts, size)
      parts = []
      size = 0
    }
    if (rest.length >= blockBytes) yield rest
    // The giver may use a chunk's memory again.
    else if (rest.length > 0) {
      parts.push(Buffer.from(rest))
      size += rest.length
    }
  }
  if (size > 0) yield Buffer.concat(parts, size)
}

/** Of pieces that `inBlocks` gives; `enough` ends the reading early. */
export async function scanStream(
  blocks: AsyncIterable<Uint8Array>,
  scanners: readonly WindowScanner[],
  enough: () => boolean,
): Promise<void> {
  let carry = Buffer.alloc(0)
  let offset = 0
  for await (const piece of blocks) {
    const block = Buffer.from(piece.buffer, piece.byteOffset, piece.length)
    // Blocks are looked at where they lie; a small window bridges the end of one and the beginning of the next.
    const head = carry.length > 0 ? Math.min(2 * lookahead, block.length) : 0
    const bridge = Buffer.concat([carry, block.subarray(0, head)])
    const to = Math.max(block.length - lookahead, 0)
    for (const scanner of scanners) {
      if (head > 0) scanner.scan(bridge, offset - carry.length, 0, carry.length, carry.length)
      scanner.scan(block, offset, 0, to, head)
    }
    if (enough()) return
    carry = Buffer.from(block.subarray(to))
    offset += block.length
  }
  for (const scanner of scanners) scanner.scan(carry, offset - carry.length, 0, carry.length, carry.length)
}

/** Indexes of the pattern at positions `from` to `to`. */
export function* occurrences(window: Buffer, pattern: Buffer, from: number, to: number): Generator<number> {
  for (let at = window.indexOf(pattern, from); at >= 0 && at < to; at = window.indexOf(pattern, at + 1)) yield at
}

/** Grows from a place in the stream until `take` says that it is complete. */
export class StreamCapture {
  readonly #parts: Buffer[]
  readonly #limitBytes: number
  #size: number

  constructor(first: Buffer, limitBytes: number) {
    // A copy: the window it is cut from would be held for a few bytes.
    this.#parts = [Buffer.from(first)]
    this.#size = first.length
    this.#limitBytes = limitBytes
  }

  get size(): number {
    return this.#size
  }

  /** False when the capture is full. */
  append(bytes: Buffer): boolean {
    const room = this.#limitBytes - this.#size
    if (room <= 0) return false
    const part = Buffer.from(bytes.subarray(0, room))
    this.#parts.push(part)
    this.#size += part.length
    return true
  }

  bytes(): Buffer {
    const whole = Buffer.concat(this.#parts)
    this.#parts.splice(0, this.#parts.length, whole)
    return whole
  }
}
