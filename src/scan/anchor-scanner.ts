/** Runs `anchor-scan.wat`: one instance in a thread, with tables for each set of texts in its memory, which is as its text says. */
import { anchorScan } from './anchor-scan.ts'

/** Four bytes of a text; of any case are its letters, which are small then. */
export interface AnchorWindow {
  readonly bytes: Uint8Array
  readonly anyCase: boolean
}

/** Of each text so many bytes are looked for at first. */
export const windowBytes = 4

export interface AnchorScanner {
  /**
   * Calls with places in order, within `from` and `to`, at which a window may stand, and with all at which one does; `inTexts`, only with some of those
   * that are in no text of `leastText` bytes, nor at `from`.
   */
  scan(bytes: Uint8Array, from: number, to: number, inTexts: boolean, onPlace: (place: number) => void): void
}

interface Exports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number }
  readonly next: { readonly value: number }
  find(from: number, to: number, tables: number, out: number): number
  findInTexts(from: number, to: number, tables: number, out: number): number
}

/** TypeScript has its types with those of browsers alone. https://webassembly.github.io/spec/js-api/ */
declare const WebAssembly: {
  readonly Module: new (bytes: Uint8Array) => object
  readonly Instance: new (module: object) => { readonly exports: unknown }
}

const pageBytes = 65_536
const dataPlace = pageBytes
/** What lies behind it in memory is not what lies behind it in the file: so much is copied with it. */
const blockBytes = 1024 * 1024
const behindBytes = 256
const tablesBytes = 40_960
const windowsOffset = 32_768

interface Instance {
  readonly scan: Exports
  /** Of all its memory, as it is now: memory that grows is another one. */
  readonly data: Uint8Array
  readonly places: Uint32Array
}

const shared: { scan?: Exports; instance?: Instance } = {}

export function createAnchorScanner(windows: readonly AnchorWindow[]): AnchorScanner {
  const tables = addTables(windows)
  return {
    scan(bytes, from, to, inTexts, onPlace) {
      const last = to - windowBytes + 1
      for (let block = from; block < last; block += blockBytes) {
        const end = Math.min(last, block + blockBytes)
        const found = placesIn(bytes.subarray(block, Math.min(to, end + behindBytes)), end - block, inTexts, tables)
        // Now, since another search may use the memory.
        for (const place of found) onPlace(block + place)
      }
    },
  }
}

const none: readonly number[] = []

/** Of the windows that begin in the first `count` bytes. */
function placesIn(bytes: Uint8Array, count: number, inTexts: boolean, tables: number): readonly number[] {
  const { scan, data, places } = instance()
  data.set(bytes, dataPlace)
  let found: number[] | undefined
  for (let at = dataPlace; at < dataPlace + count; at = scan.next.value) {
    const out = inTexts ? scan.findInTexts(at, dataPlace + count, tables, 0) : scan.find(at, dataPlace + count, tables, 0)
    if (out === 0) continue
    found ??= []
    for (let index = 0; index < out / Uint32Array.BYTES_PER_ELEMENT; index++) found.push((places[index] ?? 0) - dataPlace)
  }
  return found ?? none
}

function instance(): Instance {
  shared.scan ??= new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(anchorScan, 'base64'))).exports as Exports
  const { buffer } = shared.scan.memory
  shared.instance ??= { scan: shared.scan, data: new Uint8Array(buffer), places: new Uint32Array(buffer) }
  return shared.instance
}

/** The place of the tables. */
function addTables(windows: readonly AnchorWindow[]): number {
  const tables = instance().scan.memory.grow(Math.ceil(tablesBytes / pageBytes)) * pageBytes
  delete shared.instance
  fill(instance().data.subarray(tables, tables + tablesBytes), windows)
  return tables
}

function fill(tables: Uint8Array, windows: readonly AnchorWindow[]): void {
  for (const { bytes, anyCase } of windows) {
    for (let at = 0; at + 1 < windowBytes; at++)
      for (const left of spellings(bytes[at] ?? 0, anyCase))
        for (const right of spellings(bytes[at + 1] ?? 0, anyCase)) set(tables, left | (right << 8), 1 << at)
    const hash = Math.imul(windowKey(bytes, 0), 0x9e3779b1) >>> 16
    set(tables, windowsOffset + (hash >> 3), 1 << (hash & 7))
  }
}

function set(tables: Uint8Array, at: number, bit: number): void {
  tables[at] = (tables[at] ?? 0) | bit
}

function spellings(byte: number, anyCase: boolean): readonly number[] {
  return anyCase && byte >= 0x61 && byte <= 0x7a ? [byte, byte - 0x20] : [byte]
}

/** Of four bytes, whatever the case of letters; some that are no letters fall together, and are told apart later. */
export function windowKey(bytes: Uint8Array, at: number): number {
  const low = (bytes[at] as number) | ((bytes[at + 1] as number) << 8)
  return low | ((bytes[at + 2] as number) << 16) | ((bytes[at + 3] as number) << 24) | 0x20202020
}
