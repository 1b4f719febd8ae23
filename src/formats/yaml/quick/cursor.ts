/** Where the quick reader is in the text, and how far the document's bounds are. */
import type { YamlLimits } from '../limits.ts'
import type { YamlNode, YamlPair } from '../node.ts'
import type { Dialect } from '../scalar.ts'
import { byteOrderMark, carriageReturn, dash, dot, hash, newline, notPlain, space, tab } from './characters.ts'
import type { KeyTable } from './key-table.ts'

/** Thrown where the whole reader has to decide; without a trace, since it is no fault. */
export const notForUs = Symbol('not for the quick reader')

export class Cursor {
  readonly text: string
  readonly end: number
  readonly dialect: Dialect
  readonly keys: KeyTable
  /** In front of the next character; between lines, at the first character of a line that has content. */
  at: number
  /** Of the line that `at` begins; -1 at the end of the document. */
  indent = -1
  /** Of the maps that are being read, the inner ones' last. */
  readonly openPairs: YamlPair[] = []
  /** Of the lists. */
  readonly openItems: YamlNode[] = []
  readonly #limits: YamlLimits
  #nodes = 0
  #depth = 0

  constructor(text: string, start: number, end: number, dialect: Dialect, limits: YamlLimits, keys: KeyTable) {
    this.text = text
    this.at = start
    this.end = end
    this.dialect = dialect
    this.keys = keys
    this.#limits = limits
  }

  /** Each value and each key. */
  count(): void {
    this.#nodes++
    if (this.#nodes > this.#limits.nodes) throw notForUs
  }

  enter(): void {
    this.count()
    this.#depth++
    if (this.#depth > this.#limits.depth) throw notForUs
  }

  leave(): void {
    this.#depth--
  }

  /** The items from `start` on, of a list that is read. */
  closeItems(start: number): readonly YamlNode[] {
    const items = this.openItems.slice(start)
    for (let left = items.length; left > 0; left--) this.openItems.pop()
    return items
  }

  /** From the start of a line to the next line with content. */
  nextLine(): void {
    const { text, end } = this
    let at = this.at
    while (at < end) {
      const lineStart = at
      while (text.charCodeAt(at) === space) at++
      if (at >= end) break
      const code = text.charCodeAt(at)
      if (code === hash) {
        at = this.lineEnd(at) + 1
        continue
      }
      if (code === newline) {
        at++
        continue
      }
      if (code === tab || code === carriageReturn || code === byteOrderMark) throw notForUs
      // The marker of a document's end.
      if (code === dot && at === lineStart && text.startsWith('...', at)) throw notForUs
      this.at = at
      this.indent = at - lineStart
      return
    }
    this.at = end
    this.indent = -1
  }

  /** Behind a value: nothing but blanks and perhaps a comment may stand there. Goes to the start of the next line. */
  endLine(): void {
    const { text, end } = this
    let at = this.at
    while (text.charCodeAt(at) === space) at++
    if (at >= end) {
      this.at = end
      return
    }
    const code = text.charCodeAt(at)
    if (code === hash && at > this.at) at = this.lineEnd(at)
    else if (code !== newline) throw notForUs
    this.at = Math.min(at + 1, end)
  }

  /** Whether nothing but a comment follows on this line; `at` is behind the blanks that begin at `from`. */
  isLineRest(from: number): boolean {
    if (this.at >= this.end) return true
    const code = this.text.charCodeAt(this.at)
    return code === newline || (code === hash && this.at > from)
  }

  lineEnd(from: number): number {
    const at = this.text.indexOf('\n', from)
    return at < 0 || at > this.end ? this.end : at
  }

  skipSpaces(): void {
    while (this.text.charCodeAt(this.at) === space) this.at++
  }

  isBlankOrEnd(at: number): boolean {
    if (at >= this.end) return true
    const code = this.text.charCodeAt(at)
    return code === space || code === newline
  }

  /** Whether a list item begins here. */
  isItem(): boolean {
    return this.text.charCodeAt(this.at) === dash && this.isBlankOrEnd(this.at + 1)
  }

  beginsPlain(at: number): boolean {
    const code = this.text.charCodeAt(at)
    return !notPlain.has(code) && (code !== dash || !this.isBlankOrEnd(at + 1))
  }
}
