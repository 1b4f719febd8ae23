/** From bytes of a file to lines and columns of an editor. */
import type { Location } from '../../findings.ts'
import { decoderOf, formOf } from './text-form.ts'

export interface Locator {
  readonly lines: readonly string[]
  /** Columns where it is within one line; else the lines are its own. */
  locationOf(found: { readonly start: number; readonly end: number }): Location
}

/** What may still belong to a value, where only its beginning was looked at. */
const belongs = /[\w+/=.~-]/

/** `start` and `end` count as the search does: in the bytes, or in the UTF-8 of what is UTF-16. */
export function locator(file: string, given: Uint8Array): Locator {
  const decoder = decoderOf(formOf(given))
  const bytes = decoder ? decoder(given, true) : given
  const markBytes = bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0
  const text = (from: number, to: number): string => Buffer.from(bytes.buffer, bytes.byteOffset + from, to - from).toString('utf8')
  const starts = [markBytes]
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) starts.push(at + 1)
  const lineAt = (place: number): number => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if ((starts[middle] ?? 0) <= place) low = middle
      else high = middle - 1
    }
    return low
  }
  return {
    lines: text(markBytes, bytes.length).split(/\r?\n/),
    locationOf({ start, end }) {
      const [first, last] = [lineAt(start), lineAt(Math.max(start, end - 1))]
      if (first !== last) return { file, startLine: first + 1, endLine: last + 1 }
      const lineStart = starts[first] ?? 0
      let whole = end
      while (whole < bytes.length && belongs.test(String.fromCharCode(bytes[whole] ?? 0))) whole++
      const startColumn = text(lineStart, start).length + 1
      return { file, startLine: first + 1, endLine: first + 1, startColumn, endColumn: startColumn + text(start, whole).length }
    },
  }
}
