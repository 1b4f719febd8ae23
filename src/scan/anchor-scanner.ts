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

const shared: { scan?: Exports } = {}

export function createAnchorScanner(windows: readonly AnchorWindow[]): AnchorScanner {
  const scan = instance()
  const tables = scan.memory.grow(Math.ceil(tablesBytes / pageBytes)) * pageBytes
  fill(new Uint8Array(scan.memory.buffer, tables, tablesBytes), windows)
  return {
    scan(bytes, from, to, inTexts, onPlace) {
      const last = to - windowBytes + 1
      for (let block = from; block < last; block += blockBytes) {
        const end = Math.min(last, block + blockBytes)
        const data = new Uint8Array(scan.memory.buffer, dataPlace)
        data.set(bytes.subarray(block, Math.min(to, end + behindBytes)))
        const places: number[] = []
        for (let at = dataPlace; at < dataPlace + end - block; at = scan.next.value) {
          const out = scan[inTexts ? 'findInTexts' : 'find'](at, dataPlace + end - block, tables, 0)
          if (out > 0) places.push(...new Uint32Array(scan.memory.buffer, 0, out / Uint32Array.BYTES_PER_ELEMENT))
        }
        // Now, since another search may use the memory.
        for (const place of places) onPlace(block + place - dataPlace)
      }
    },
  }
}

function instance(): Exports {
  shared.scan ??= new WebAssembly.Instance(new WebAssembly.Module(Buffer.from(anchorScan, 'base64'))).exports as Exports
  return shared.scan
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
