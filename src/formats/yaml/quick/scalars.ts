/** Scalars and keys on one line. YAML 1.2.2 sections 7.3 and 8.2.2 */
import type { ScalarNode } from '../node.ts'
import { keyText } from '../scalar.ts'
import { backslash, carriageReturn, colon, doubleQuote, hash, newline, singleQuote, space, tab } from './characters.ts'
import { type Cursor, notForUs } from './cursor.ts'

/** The whole reader takes keys of up to 1,024 characters. */
export const keyLimit = 1000

export function emptyScalar(cursor: Cursor, at: number): ScalarNode {
  cursor.count()
  return { kind: 'scalar', start: at, end: at, content: '', plain: true, tag: undefined }
}

export function readPlain(cursor: Cursor): ScalarNode {
  cursor.count()
  const { text } = cursor
  const start = cursor.at
  if (!cursor.beginsPlain(start)) throw notForUs
  let end = start
  for (let at = start; at < cursor.end; at++) {
    const code = text.charCodeAt(at)
    if (code === newline) break
    if (code === space) continue
    if (code === hash && at > end) break
    if (code === tab || code === carriageReturn || (code === colon && cursor.isBlankOrEnd(at + 1))) throw notForUs
    end = at + 1
  }
  cursor.at = end
  return { kind: 'scalar', start, end, content: text.slice(start, end), plain: true, tag: undefined }
}

export function isQuote(code: number): boolean {
  return code === doubleQuote || code === singleQuote
}

export function readQuoted(cursor: Cursor): ScalarNode {
  cursor.count()
  const start = cursor.at
  const end = quoteEnd(cursor, start)
  cursor.at = end
  return { kind: 'scalar', start, end, content: unquote(cursor.text, start, end), plain: false, tag: undefined }
}

/** The end of the key that begins at the cursor, which is then behind its colon; -1 where there is no key. */
export function readKeyEnd(cursor: Cursor): number {
  const from = cursor.at
  const at = isQuote(cursor.text.charCodeAt(from)) ? quotedKeyEnd(cursor, from) : plainKeyEnd(cursor, from)
  if (at < 0) return -1
  if (at - from > keyLimit) throw notForUs
  cursor.at = at + 1
  return at
}

function quotedKeyEnd(cursor: Cursor, from: number): number {
  const at = quoteEnd(cursor, from)
  if (cursor.text.charCodeAt(at) === colon && cursor.isBlankOrEnd(at + 1)) return at
  // Blanks before the colon: rare.
  if (cursor.text.charCodeAt(at) === space && /^ +:/.test(cursor.text.slice(at, at + 20))) throw notForUs
  return -1
}

function plainKeyEnd(cursor: Cursor, from: number): number {
  if (!cursor.beginsPlain(from)) return -1
  const { text, end } = cursor
  let at = from
  for (; ; at++) {
    const code = text.charCodeAt(at)
    if (code === colon && cursor.isBlankOrEnd(at + 1)) break
    if (at >= end || code === newline) return -1
    if (code === hash && text.charCodeAt(at - 1) === space) return -1
    if (code === tab || code === carriageReturn) throw notForUs
  }
  if (text.charCodeAt(at - 1) === space) throw notForUs
  return at
}

export function readKey(cursor: Cursor, start: number, end: number): string {
  cursor.count()
  const { keys, text } = cursor
  if (isQuote(text.charCodeAt(start))) return unquote(text, start, end)
  const known = keys.find(text, start, end)
  if (known !== undefined) return known
  const written = text.slice(start, end)
  const key = plainKey(cursor, written)
  keys.add(written, key)
  return key
}

export function plainKey({ dialect }: Cursor, content: string): string {
  const key = keyText(content, dialect)
  // Merging, and keys that are nothing, are rare and have rules of their own.
  if (key === '<<' || key === 'null') throw notForUs
  return key
}

/** Behind the quote that closes the one at `from`, on the same line. */
function quoteEnd({ text, end }: Cursor, from: number): number {
  const quote = text.charCodeAt(from)
  for (let at = from + 1; at < end; at++) {
    const code = text.charCodeAt(at)
    if (code < space) throw notForUs
    if (code === backslash && quote === doubleQuote) at++
    else if (code === quote) {
      if (quote === doubleQuote || text.charCodeAt(at + 1) !== singleQuote) return at + 1
      at++
    }
  }
  throw notForUs
}

function unquote(text: string, start: number, end: number): string {
  const inner = text.slice(start + 1, end - 1)
  if (text.charCodeAt(start) === singleQuote) return inner.includes("'") ? inner.replaceAll("''", "'") : inner
  if (!inner.includes('\\')) return inner
  try {
    return JSON.parse(text.slice(start, end)) as string
  } catch {
    // YAML has escapes that JSON has not.
    throw notForUs
  }
}
