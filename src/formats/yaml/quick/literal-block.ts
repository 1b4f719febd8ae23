/** `|`, `|-`, `|+`. YAML 1.2.2 section 8.1 */
import type { ScalarNode } from '../node.ts'
import { dash, newline, plus, space, tab } from './characters.ts'
import { type Cursor, notForUs } from './cursor.ts'

type Chomp = 'strip' | 'keep' | 'clip'

/** Leaves the cursor at the next line with content. `column` is that of the key or dash that it belongs to. */
export function readLiteralBlock(cursor: Cursor, column: number): ScalarNode {
  cursor.count()
  const { text } = cursor
  const start = cursor.at
  cursor.at++
  const code = text.charCodeAt(cursor.at)
  const chomp = code === dash ? 'strip' : code === plus ? 'keep' : 'clip'
  if (chomp !== 'clip') cursor.at++
  cursor.endLine()
  const bodyStart = cursor.at
  const { indent, contentEnd, bodyEnd } = measureBody(cursor, column)
  cursor.at = bodyEnd
  const body = text.slice(bodyStart, bodyEnd)
  if (body.includes('\r')) throw notForUs
  cursor.nextLine()
  if (cursor.indent > column) throw notForUs
  return new LiteralBlock(start, contentEnd, body, indent, chomp)
}

/** The first line with content sets the indentation; the first one that has less ends the block. */
function measureBody(cursor: Cursor, column: number): { indent: number; contentEnd: number; bodyEnd: number } {
  const { text, end } = cursor
  let indent = -1
  let contentEnd = cursor.at
  let at = cursor.at
  while (at < end) {
    const lineStart = at
    while (text.charCodeAt(at) === space) at++
    const lineEnd = cursor.lineEnd(at)
    const width = Math.min(at, lineEnd) - lineStart
    if (at < lineEnd) {
      if (text.charCodeAt(at) === tab && (indent < 0 || width < indent)) throw notForUs
      if (indent < 0 && width > column) indent = width
      else if (indent < 0 || width < indent) {
        at = lineStart
        break
      }
      contentEnd = lineEnd
    } else if (indent < 0 && width > column + 1) {
      // Blank lines before the first line decide the indentation together with it; leave that to the whole reader.
      throw notForUs
    }
    at = lineEnd + 1
  }
  if (indent < 0) throw notForUs
  while (text.charCodeAt(contentEnd - 1) === space || text.charCodeAt(contentEnd - 1) === tab) contentEnd--
  return { indent, contentEnd, bodyEnd: Math.min(at, end) }
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
  readonly #chomp: Chomp

  constructor(start: number, end: number, body: string, indent: number, chomp: Chomp) {
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
