/**
 * Reads the YAML that nearly all manifests are written in, ten times as fast as a whole reader: block maps and lists, scalars on one
 * line, literal blocks, flow collections on one line. Whatever else is in a document makes it give up, and the whole reader decides;
 * a test holds that both give the same nodes wherever this one gives any.
 */
import type { YamlLimits } from './limits.ts'
import type { ListNode, MapNode, ScalarNode, YamlNode, YamlPair } from './node.ts'
import { type Dialect, keyText } from './scalar.ts'

/** Thrown inside only; without a trace, since it is no fault. */
const notForUs = Symbol('not for the quick reader')

/** The document in `text` from `start` to `end`; `{}` for one without content, undefined where the whole reader has to decide. */
export function readQuickly(
  text: string,
  start: number,
  end: number,
  dialect: Dialect,
  limits: YamlLimits,
): { readonly root?: YamlNode } | undefined {
  const reader = new QuickReader(text, start, end, dialect, limits)
  try {
    return reader.document()
  } catch (error) {
    if (error === notForUs) return undefined
    throw error
  }
}

const newline = 0x0a
const space = 0x20
const tab = 0x09
const hash = 0x23
const dash = 0x2d
const colon = 0x3a
const comma = 0x2c
const dot = 0x2e
const doubleQuote = 0x22
const singleQuote = 0x27
const openBracket = 0x5b
const closeBracket = 0x5d
const openBrace = 0x7b
const closeBrace = 0x7d
const bar = 0x7c
const byteOrderMark = 0xfeff

/** What a plain scalar does not begin with here: indicators, and those that may begin one in some places only. YAML 1.2.2 section 5.3 */
const notPlain = new Uint8Array(128)
for (const character of '?:,[]{}#&*!|>\'"%@`\t\n\r ') notPlain[character.charCodeAt(0)] = 1

class QuickReader {
  readonly #text: string
  readonly #end: number
  readonly #dialect: Dialect
  readonly #limits: YamlLimits
  /** In front of the next character; between lines, at the first character of a line that has content. */
  #at: number
  /** Of the line that `#at` begins; -1 at the end of the document. */
  #indent = -1
  /** Whether a flow collection may go over several lines. */
  #mayBreak = false
  #nodes = 0
  #depth = 0

  constructor(text: string, start: number, end: number, dialect: Dialect, limits: YamlLimits) {
    this.#text = text
    this.#at = start
    this.#end = end
    this.#dialect = dialect
    this.#limits = limits
  }

  document(): { readonly root?: YamlNode } {
    if (this.#text.startsWith('---', this.#at)) {
      this.#at += 3
      this.#endLine()
    }
    this.#nextLine()
    if (this.#indent < 0) return {}
    const root = this.#root()
    if (this.#indent >= 0) throw notForUs
    return { root }
  }

  #root(): YamlNode {
    const code = this.#text.charCodeAt(this.#at)
    if (code !== openBracket && code !== openBrace) return this.#block()
    // JSON: nothing is above it whose indentation its lines would have to respect.
    this.#mayBreak = true
    const root = this.#flow()
    this.#endLine()
    this.#nextLine()
    return root
  }

  /** From the start of a line to the next line with content. */
  #nextLine(): void {
    const text = this.#text
    let at = this.#at
    while (at < this.#end) {
      const lineStart = at
      while (text.charCodeAt(at) === space) at++
      if (at >= this.#end) break
      const code = text.charCodeAt(at)
      if (code === hash) {
        at = this.#lineEnd(at) + 1
        continue
      }
      if (code === newline) {
        at++
        continue
      }
      if (code === tab || code === 0x0d || code === byteOrderMark) throw notForUs
      // The marker of a document's end.
      if (code === dot && at === lineStart && text.startsWith('...', at)) throw notForUs
      this.#at = at
      this.#indent = at - lineStart
      return
    }
    this.#at = this.#end
    this.#indent = -1
  }

  /** Behind a value: nothing but blanks and perhaps a comment may stand there. Goes to the start of the next line. */
  #endLine(): void {
    const text = this.#text
    const from = this.#at
    let at = from
    while (text.charCodeAt(at) === space) at++
    if (at >= this.#end) {
      this.#at = this.#end
      return
    }
    const code = text.charCodeAt(at)
    if (code === hash && at > from) at = this.#lineEnd(at)
    else if (code !== newline) throw notForUs
    this.#at = Math.min(at + 1, this.#end)
  }

  #lineEnd(from: number): number {
    const at = this.#text.indexOf('\n', from)
    return at < 0 || at > this.#end ? this.#end : at
  }

  #isBlankOrEnd(at: number): boolean {
    if (at >= this.#end) return true
    const code = this.#text.charCodeAt(at)
    return code === space || code === newline
  }

  #count(): void {
    this.#nodes++
    if (this.#nodes > this.#limits.nodes) throw notForUs
  }

  #isItem(): boolean {
    return this.#text.charCodeAt(this.#at) === dash && this.#isBlankOrEnd(this.#at + 1)
  }

  /** The collection that begins at this line. */
  #block(): YamlNode {
    return this.#isItem() ? this.#list(this.#indent) : this.#map(this.#indent)
  }

  #enter(): void {
    this.#count()
    this.#depth++
    if (this.#depth > this.#limits.depth) throw notForUs
  }

  #list(column: number): ListNode {
    this.#enter()
    const start = this.#at
    const items: YamlNode[] = []
    while (this.#indent === column && this.#isItem()) {
      const dashAt = this.#at
      let at = dashAt + 1
      while (this.#text.charCodeAt(at) === space) at++
      this.#at = at
      items.push(this.#item(column, at - dashAt, dashAt + 1))
    }
    this.#depth--
    return { kind: 'list', start, end: items.at(-1)?.end ?? start, items }
  }

  /** What stands behind a dash: something on its line, or a collection below it. */
  #item(column: number, width: number, afterDash: number): YamlNode {
    if (this.#isLineRest(afterDash)) {
      const nothing = this.#at
      this.#at = afterDash
      this.#endLine()
      this.#nextLine()
      return this.#indent > column ? this.#block() : this.#empty(nothing)
    }
    const inner = column + width
    if (this.#isItem()) {
      this.#indent = inner
      return this.#list(inner)
    }
    const start = this.#at
    if (this.#keyEnd() >= 0) {
      this.#at = start
      this.#indent = inner
      return this.#map(inner)
    }
    return this.#lineValue(column)
  }

  /** Whether nothing but a comment follows on this line; `#at` is behind the blanks. */
  #isLineRest(from: number): boolean {
    if (this.#at >= this.#end) return true
    const code = this.#text.charCodeAt(this.#at)
    return code === newline || (code === hash && this.#at > from)
  }

  #map(column: number): MapNode {
    this.#enter()
    const start = this.#at
    const list = new PairList()
    while (this.#indent === column) {
      const keyStart = this.#at
      const keyEnd = this.#keyEnd()
      if (keyEnd < 0) throw notForUs
      const key = this.#key(keyStart, keyEnd)
      list.add({ key, keyStart, keyEnd, isMerge: false, value: this.#mapValue(column, keyEnd) })
    }
    if (this.#indent > column) throw notForUs
    this.#depth--
    const { pairs } = list
    return { kind: 'map', start, end: pairs.at(-1)?.value.end ?? start, pairs, hasMerge: false, hasDuplicate: false }
  }

  /** The end of the key that begins here; `#at` is then behind its colon. -1 where there is no key. */
  #keyEnd(): number {
    const text = this.#text
    const from = this.#at
    const first = text.charCodeAt(from)
    let at = from
    if (first === doubleQuote || first === singleQuote) {
      at = this.#quoteEnd(from)
      if (text.charCodeAt(at) !== colon || !this.#isBlankOrEnd(at + 1)) {
        // Blanks before the colon: rare.
        if (text.charCodeAt(at) === space && /^ +:/.test(text.slice(at, at + 20))) throw notForUs
        return -1
      }
    } else {
      if (!this.#beginsPlain(from)) return -1
      for (; ; at++) {
        const code = text.charCodeAt(at)
        if (code === colon && this.#isBlankOrEnd(at + 1)) break
        if (at >= this.#end || code === newline) return -1
        if (code === hash && text.charCodeAt(at - 1) === space) return -1
        if (code === tab || code === 0x0d) throw notForUs
      }
      if (text.charCodeAt(at - 1) === space) throw notForUs
    }
    if (at - from > 1000) throw notForUs
    this.#at = at + 1
    return at
  }

  #beginsPlain(at: number): boolean {
    const code = this.#text.charCodeAt(at)
    if (code < 128 && notPlain[code] === 1) return false
    return code !== dash || !this.#isBlankOrEnd(at + 1)
  }

  #key(start: number, end: number): string {
    this.#count()
    const first = this.#text.charCodeAt(start)
    if (first === doubleQuote || first === singleQuote) return this.#unquote(start, end)
    const content = this.#text.slice(start, end)
    return this.#plainKey(content)
  }

  #plainKey(content: string): string {
    const key = keyText(content, this.#dialect)
    // Merging, and keys that are nothing, are rare and have rules of their own.
    if (key === '<<' || key === 'null') throw notForUs
    return key
  }

  #mapValue(column: number, keyEnd: number): YamlNode {
    const text = this.#text
    const afterColon = this.#at
    let at = afterColon
    while (text.charCodeAt(at) === space) at++
    this.#at = at
    if (!this.#isLineRest(afterColon)) return this.#lineValue(column)
    this.#at = afterColon
    this.#endLine()
    this.#nextLine()
    if (this.#indent > column) return this.#block()
    // A list may stand as far left as the key that it belongs to.
    if (this.#indent === column && this.#isItem()) return this.#list(column)
    return this.#empty(keyEnd)
  }

  #empty(at: number): ScalarNode {
    this.#count()
    return { kind: 'scalar', start: at, end: at, content: '', plain: true, tag: undefined }
  }

  /** A value that begins on its key's or dash's line; leaves the reader at the next line with content. */
  #lineValue(column: number): YamlNode {
    const code = this.#text.charCodeAt(this.#at)
    if (code === bar) return this.#literalBlock(column)
    let value: YamlNode
    if (code === openBracket || code === openBrace) value = this.#flow()
    else if (code === doubleQuote || code === singleQuote) value = this.#quoted()
    else value = this.#plain()
    this.#endLine()
    this.#nextLine()
    // A line that is indented further would go on with the scalar.
    if (this.#indent > column) throw notForUs
    return value
  }

  #plain(): ScalarNode {
    this.#count()
    const text = this.#text
    const start = this.#at
    if (!this.#beginsPlain(start)) throw notForUs
    let at = start
    let end = start
    for (; at < this.#end; at++) {
      const code = text.charCodeAt(at)
      if (code === newline) break
      if (code === space) continue
      if (code === hash && at > end) break
      if (code === tab || code === 0x0d || (code === colon && this.#isBlankOrEnd(at + 1))) throw notForUs
      end = at + 1
    }
    this.#at = end
    return { kind: 'scalar', start, end, content: text.slice(start, end), plain: true, tag: undefined }
  }

  #quoted(): ScalarNode {
    this.#count()
    const start = this.#at
    const end = this.#quoteEnd(start)
    this.#at = end
    return { kind: 'scalar', start, end, content: this.#unquote(start, end), plain: false, tag: undefined }
  }

  /** Behind the quote that closes the one at `from`, on the same line. */
  #quoteEnd(from: number): number {
    const text = this.#text
    const quote = text.charCodeAt(from)
    for (let at = from + 1; at < this.#end; at++) {
      const code = text.charCodeAt(at)
      if (code < space) throw notForUs
      if (code === 0x5c && quote === doubleQuote) at++
      else if (code === quote) {
        if (quote === doubleQuote || text.charCodeAt(at + 1) !== singleQuote) return at + 1
        at++
      }
    }
    throw notForUs
  }

  #unquote(start: number, end: number): string {
    const inner = this.#text.slice(start + 1, end - 1)
    if (this.#text.charCodeAt(start) === singleQuote) return inner.includes("'") ? inner.replaceAll("''", "'") : inner
    return inner.includes('\\') ? jsonString(this.#text.slice(start, end)) : inner
  }

  /** A flow collection, on one line unless it is the root. */
  #flow(): YamlNode {
    this.#enter()
    const start = this.#at
    const isMap = this.#text.charCodeAt(start) === openBrace
    const close = isMap ? closeBrace : closeBracket
    const items: YamlNode[] = []
    const list = new PairList()
    this.#at++
    for (;;) {
      this.#skipSpaces()
      if (this.#text.charCodeAt(this.#at) === close) break
      if (isMap) list.add(this.#flowPair())
      else items.push(this.#flowValue())
      this.#skipSpaces()
      const code = this.#text.charCodeAt(this.#at)
      if (code === comma) this.#at++
      else if (code !== close) throw notForUs
    }
    this.#at++
    if (this.#at > this.#end) throw notForUs
    this.#depth--
    if (!isMap) return { kind: 'list', start, end: this.#at, items }
    return { kind: 'map', start, end: this.#at, pairs: list.pairs, hasMerge: false, hasDuplicate: false }
  }

  #skipSpaces(): void {
    for (; ; this.#at++) {
      const code = this.#text.charCodeAt(this.#at)
      if (code === space) continue
      const isBreak = code === newline || code === tab || (code === 0x0d && this.#text.charCodeAt(this.#at + 1) === newline)
      if (!this.#mayBreak || !isBreak) return
    }
  }

  #flowPair(): YamlPair {
    const keyStart = this.#at
    const node = this.#flowScalar()
    const keyEnd = this.#at
    if (this.#text.charCodeAt(keyEnd) !== colon || keyEnd - keyStart > 1000) throw notForUs
    // Behind a quoted key the colon needs no blank.
    if (node.plain && this.#text.charCodeAt(keyEnd + 1) !== space) throw notForUs
    const key = node.plain ? this.#plainKey(node.content) : node.content
    this.#at++
    this.#skipSpaces()
    return { key, keyStart, keyEnd, isMerge: false, value: this.#flowValue() }
  }

  #flowValue(): YamlNode {
    const code = this.#text.charCodeAt(this.#at)
    return code === openBracket || code === openBrace ? this.#flow() : this.#flowScalar()
  }

  #flowScalar(): ScalarNode {
    const text = this.#text
    const start = this.#at
    const first = text.charCodeAt(start)
    if (first === doubleQuote || first === singleQuote) return this.#quoted()
    this.#count()
    if (!this.#beginsPlain(start)) throw notForUs
    // The marker of a document's end, at the start of a line.
    if (first === dot && text.charCodeAt(start - 1) === newline) throw notForUs
    let end = start
    for (let at = start; ; at++) {
      const code = text.charCodeAt(at)
      if (code === comma || code === closeBracket || code === closeBrace) break
      if (at >= this.#end || code < space || code === openBracket || code === openBrace || code === hash) throw notForUs
      if (code === space) continue
      if (code === colon) {
        const next = text.charCodeAt(at + 1)
        if (next === space) break
        if (next === newline || next === comma || next === closeBracket || next === closeBrace) throw notForUs
      }
      end = at + 1
    }
    this.#at = end
    // A dash alone is a list item where the standard allows it, and an error elsewhere.
    if (end === start || (first === dash && end === start + 1)) throw notForUs
    return { kind: 'scalar', start, end, content: text.slice(start, end), plain: true, tag: undefined }
  }

  /** `|`, `|-`, `|+`. YAML 1.2.2 section 8.1 */
  #literalBlock(column: number): ScalarNode {
    this.#count()
    const text = this.#text
    const start = this.#at
    this.#at++
    const code = text.charCodeAt(this.#at)
    const chomp = code === dash ? 'strip' : code === 0x2b ? 'keep' : 'clip'
    if (chomp !== 'clip') this.#at++
    const headerEnd = this.#at
    this.#endLine()
    const bodyStart = this.#at
    let indent = -1
    let bodyEnd = headerEnd
    let at = bodyStart
    while (at < this.#end) {
      const lineStart = at
      while (text.charCodeAt(at) === space) at++
      const end = this.#lineEnd(at)
      const isEmpty = at >= end
      const width = Math.min(at, end) - lineStart
      if (!isEmpty) {
        if (text.charCodeAt(at) === tab && (indent < 0 || width < indent)) throw notForUs
        if (indent < 0 && width > column) indent = width
        else if (indent < 0 || width < indent) {
          at = lineStart
          break
        }
        bodyEnd = end
      } else if (indent < 0 && width > column + 1) {
        // Blank lines before the first line decide the indentation together with it; leave that to the whole reader.
        throw notForUs
      }
      at = end + 1
    }
    if (indent < 0) throw notForUs
    this.#at = Math.min(at, this.#end)
    const body = text.slice(bodyStart, this.#at)
    if (body.includes('\r')) throw notForUs
    this.#nextLine()
    if (this.#indent > column) throw notForUs
    while (isBlank(text.charCodeAt(bodyEnd - 1))) bodyEnd--
    return new LiteralBlock(start, bodyEnd, body, indent, chomp)
  }
}

function isBlank(code: number): boolean {
  return code === space || code === tab
}

/** The pairs of a map; a key that is there already is for the whole reader to report. */
class PairList {
  readonly pairs: YamlPair[] = []
  #keys: Set<string> | undefined

  add(pair: YamlPair): void {
    if (this.#keys === undefined && this.pairs.length >= 16) this.#keys = new Set(this.pairs.map(({ key }) => key))
    if (this.#keys ? this.#keys.has(pair.key) : this.#isThere(pair.key)) throw notForUs
    this.#keys?.add(pair.key)
    this.pairs.push(pair)
  }

  #isThere(key: string): boolean {
    for (const pair of this.pairs) if (pair.key === key) return true
    return false
  }
}

function jsonString(text: string): string {
  try {
    return JSON.parse(text) as string
  } catch {
    // YAML has escapes that JSON has not.
    throw notForUs
  }
}

/** Its content is put together when it is asked for: most are configuration that no rule reads. */
class LiteralBlock implements ScalarNode {
  readonly kind = 'scalar'
  readonly plain = false
  readonly tag = undefined
  readonly start: number
  readonly end: number
  readonly #body: string
  readonly #indent: number
  readonly #chomp: 'strip' | 'keep' | 'clip'

  constructor(start: number, end: number, body: string, indent: number, chomp: 'strip' | 'keep' | 'clip') {
    this.start = start
    this.end = end
    this.#body = body
    this.#indent = indent
    this.#chomp = chomp
  }

  get content(): string {
    const content = this.#body
      .split('\n')
      .map((line) => line.slice(this.#indent))
      .join('\n')
    if (this.#chomp === 'keep') return content
    let end = content.length
    while (content.charCodeAt(end - 1) === newline) end--
    return this.#chomp === 'strip' ? content.slice(0, end) : `${content.slice(0, end)}\n`
  }
}
