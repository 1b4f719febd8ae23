/** The dependency list that cargo-auditable links into programs: zlib-compressed JSON in a section of its own. https://github.com/rust-secure-code/cargo-auditable/blob/master/PARSING.md */
import { constants, inflateSync } from 'node:zlib'
import { occurrences, StreamCapture, type WindowScanner } from './stream-window.ts'

export interface RustCrate {
  readonly name: string
  readonly version: string
  /** `crates.io`, `git`, `local`, `registry` or another. */
  readonly source: string
}

/** The section's name is at the file's end, after the section itself: it is told by what it holds instead. RFC 1950 2.2 */
const zlibMethod = Buffer.of(0x78)
const zlibFlags: ReadonlySet<number | undefined> = new Set([0x01, 0x5e, 0x9c, 0xda])
/** Every program has it that the Rust compiler made, in a text of its standard library: the path of its source. */
const compilerMark = Buffer.from('rustc')
const documentStart = /^\{\s*"/
const limitBytes = 8 * 1024 * 1024
/** As the format's description advises. */
const unpackedLimitBytes = 32 * 1024 * 1024

/** Feed it the whole stream, then ask for `result`. */
export class RustAuditDataScanner implements WindowScanner {
  #isRust = false
  #capture: StreamCapture | undefined
  #crates: readonly RustCrate[] | undefined
  #fault: string | undefined

  get isDone(): boolean {
    return this.#crates !== undefined
  }

  scan(window: Buffer, _offset: number, from: number, to: number, fresh: number): void {
    if (this.#crates) return
    this.#isRust ||= window.includes(compilerMark)
    if (!this.#isRust) return
    if (this.#capture) {
      if (this.#capture.append(window.subarray(fresh))) this.#tryUnpack(this.#capture)
      else this.#capture = undefined
    }
    for (const at of occurrences(window, zlibMethod, from, to)) {
      if (!zlibFlags.has(window[at + 1]) || !looksLikeDocument(window.subarray(at, at + 64))) continue
      this.#capture = new StreamCapture(window.subarray(at), limitBytes)
      this.#tryUnpack(this.#capture)
      if (this.#crates) return
    }
  }

  /** Undefined for what carries no such list. Throws RangeError for one that cannot be read. */
  result(): readonly RustCrate[] | undefined {
    if (this.#crates) return this.#crates
    if (this.#fault !== undefined) throw new RangeError(this.#fault)
    return undefined
  }

  #tryUnpack(capture: StreamCapture): void {
    let text: string
    try {
      text = inflateSync(capture.bytes(), { maxOutputLength: unpackedLimitBytes }).toString('utf8')
    } catch (error) {
      // More of it may come.
      if ((error as NodeJS.ErrnoException).code !== 'Z_BUF_ERROR') this.#capture = undefined
      return
    }
    this.#capture = undefined
    // Any other JSON that a program carries has no list of packages.
    if (!text.includes('"packages"')) return
    try {
      this.#crates = parseCrates(JSON.parse(text))
    } catch (error) {
      this.#fault = `Rust dependency list cannot be read: ${error instanceof Error ? error.message : String(error)}`
    }
  }
}

/** What it unpacks to begins as an object does. Errors are dear, so what cannot be a compressed block is sorted out before. */
function looksLikeDocument(bytes: Buffer): boolean {
  if (!isBlockStart(bytes)) return false
  try {
    return documentStart.test(inflateSync(bytes, { finishFlush: constants.Z_SYNC_FLUSH }).toString('latin1', 0, 64))
  } catch {
    // Not zlib: two bytes that only look like its header.
    return false
  }
}

/** A first block that is compressed by a code that can be. RFC 1951 3.2.3, 3.2.7 */
function isBlockStart(bytes: Buffer): boolean {
  let bit = 16
  const take = (count: number): number => {
    let value = 0
    for (let index = 0; index < count; index++, bit++) value |= (((bytes[bit >> 3] ?? 0) >> (bit & 7)) & 1) << index
    return value
  }
  take(1)
  const type = take(2)
  // The fixed code of `{`, which is written from its highest bit on. RFC 1951 3.2.6
  if (type === 1) return take(8) === 0b11010101
  if (type !== 2) return false
  const [literals, distances, lengths] = [take(5), take(5), take(4) + 4]
  if (literals > 29 || distances > 29) return false
  // A code is complete: each length takes its share of 128. 3.2.2
  let share = 0
  for (let index = 0; index < lengths; index++) {
    const length = take(3)
    if (length > 0) share += 128 >> length
  }
  return share === 128
}

/** Build dependencies are not in the program. Throws for what is no such list. */
function parseCrates(document: unknown): RustCrate[] {
  const list = (document as { packages?: unknown } | null)?.packages
  if (!Array.isArray(list)) throw new TypeError('it has no packages')
  return list.flatMap((one: unknown) => {
    const { name, version, source, kind } = (one ?? {}) as Record<string, unknown>
    if (typeof name !== 'string' || typeof version !== 'string') throw new TypeError('a package has no name or version')
    return kind === 'build' ? [] : [{ name, version, source: typeof source === 'string' ? source : 'unknown' }]
  })
}
