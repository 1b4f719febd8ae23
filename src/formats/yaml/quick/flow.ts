/** Flow collections on one line, and whole documents of JSON. YAML 1.2.2 section 7.4 */
import type { ScalarNode, YamlNode, YamlPair } from '../node.ts'
import {
  carriageReturn,
  closeBrace,
  closeBracket,
  colon,
  comma,
  dash,
  dot,
  hash,
  newline,
  openBrace,
  openBracket,
  space,
  tab,
} from './characters.ts'
import { type Cursor, notForUs } from './cursor.ts'
import { PairList } from './pair-list.ts'
import { isQuote, keyLimit, plainKey, readQuoted } from './scalars.ts'

export function isFlow(code: number): boolean {
  return code === openBracket || code === openBrace
}

/** `mayBreak` where nothing is above the collection whose indentation its lines would have to respect. */
export function readFlow(cursor: Cursor, mayBreak: boolean): YamlNode {
  cursor.enter()
  const start = cursor.at
  const isMap = cursor.text.charCodeAt(start) === openBrace
  const close = isMap ? closeBrace : closeBracket
  const first = cursor.openItems.length
  const list = new PairList(cursor)
  cursor.at++
  for (;;) {
    skipBlanks(cursor, mayBreak)
    if (cursor.text.charCodeAt(cursor.at) === close) break
    if (isMap) list.add(readPair(cursor, mayBreak))
    else cursor.openItems.push(readValue(cursor, mayBreak))
    skipBlanks(cursor, mayBreak)
    const code = cursor.text.charCodeAt(cursor.at)
    if (code === comma) cursor.at++
    else if (code !== close) throw notForUs
  }
  cursor.at++
  if (cursor.at > cursor.end) throw notForUs
  cursor.leave()
  if (!isMap) return { kind: 'list', start, end: cursor.at, items: cursor.closeItems(first) }
  return { kind: 'map', start, end: cursor.at, pairs: list.close(), hasMerge: false, hasDuplicate: false }
}

function skipBlanks(cursor: Cursor, mayBreak: boolean): void {
  cursor.skipSpaces()
  if (!mayBreak) return
  for (; ; cursor.at++) {
    const code = cursor.text.charCodeAt(cursor.at)
    if (code === space || code === newline || code === tab) continue
    if (code !== carriageReturn || cursor.text.charCodeAt(cursor.at + 1) !== newline) return
  }
}

function readPair(cursor: Cursor, mayBreak: boolean): YamlPair {
  const keyStart = cursor.at
  const node = readScalar(cursor)
  const keyEnd = cursor.at
  if (cursor.text.charCodeAt(keyEnd) !== colon || keyEnd - keyStart > keyLimit) throw notForUs
  // Behind a quoted key the colon needs no blank.
  if (node.plain && cursor.text.charCodeAt(keyEnd + 1) !== space) throw notForUs
  const key = node.plain ? plainKey(cursor, node.content) : node.content
  cursor.at++
  skipBlanks(cursor, mayBreak)
  return { key, keyStart, keyEnd, isMerge: false, value: readValue(cursor, mayBreak) }
}

function readValue(cursor: Cursor, mayBreak: boolean): YamlNode {
  return isFlow(cursor.text.charCodeAt(cursor.at)) ? readFlow(cursor, mayBreak) : readScalar(cursor)
}

function readScalar(cursor: Cursor): ScalarNode {
  const { text } = cursor
  const start = cursor.at
  const first = text.charCodeAt(start)
  if (isQuote(first)) return readQuoted(cursor)
  cursor.count()
  if (!cursor.beginsPlain(start)) throw notForUs
  // The marker of a document's end, at the start of a line.
  if (first === dot && text.charCodeAt(start - 1) === newline) throw notForUs
  let end = start
  for (let at = start; ; at++) {
    const code = text.charCodeAt(at)
    if (code === comma || code === closeBracket || code === closeBrace) break
    if (at >= cursor.end || code < space || isFlow(code) || code === hash) throw notForUs
    if (code === space) continue
    if (code === colon && endsKey(text.charCodeAt(at + 1))) break
    end = at + 1
  }
  cursor.at = end
  // A dash alone is a list item where the standard allows it, and an error elsewhere.
  if (end === start || (first === dash && end === start + 1)) throw notForUs
  return { kind: 'scalar', start, end, content: text.slice(start, end), plain: true, tag: undefined }
}

function endsKey(next: number): boolean {
  if (next === newline || next === comma || next === closeBracket || next === closeBrace) throw notForUs
  return next === space
}
