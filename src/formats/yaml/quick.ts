/**
 * Reads the YAML that nearly all manifests are written in, some twenty times as fast as a whole reader: block maps and lists, scalars
 * on one line, literal blocks, flow collections on one line, JSON. Whatever else is in a document makes it give up, and the whole
 * reader decides; a test holds that both give the same nodes wherever this one gives any.
 */
import type { YamlLimits } from './limits.ts'
import type { ListNode, MapNode, YamlNode } from './node.ts'
import { bar } from './quick/characters.ts'
import { Cursor, notForUs } from './quick/cursor.ts'
import { isFlow, readFlow } from './quick/flow.ts'
import { KeyTable } from './quick/key-table.ts'
import { readLiteralBlock } from './quick/literal-block.ts'
import { PairList } from './quick/pair-list.ts'
import { emptyScalar, isQuote, readKey, readKeyEnd, readPlain, readQuoted } from './quick/scalars.ts'
import type { Dialect } from './scalar.ts'

/** The document in `text` from `start` to `end`; `{}` for one without content, undefined where the whole reader has to decide. `keys` is shared by the documents of a file. */
export function readQuickly(
  text: string,
  start: number,
  end: number,
  dialect: Dialect,
  limits: YamlLimits,
  keys = new KeyTable(),
): { readonly root?: YamlNode } | undefined {
  try {
    return readDocument(new Cursor(text, start, end, dialect, limits, keys))
  } catch (error) {
    if (error === notForUs) return undefined
    throw error
  }
}

function readDocument(cursor: Cursor): { readonly root?: YamlNode } {
  if (cursor.text.startsWith('---', cursor.at)) {
    cursor.at += 3
    cursor.endLine()
  }
  cursor.nextLine()
  if (cursor.indent < 0) return {}
  const root = isFlow(cursor.text.charCodeAt(cursor.at)) ? readJson(cursor) : readBlock(cursor)
  if (cursor.indent >= 0) throw notForUs
  return { root }
}

function readJson(cursor: Cursor): YamlNode {
  const root = readFlow(cursor, true)
  cursor.endLine()
  cursor.nextLine()
  return root
}

/** The collection that begins at this line. */
function readBlock(cursor: Cursor): YamlNode {
  return cursor.isItem() ? readList(cursor, cursor.indent) : readMap(cursor, cursor.indent)
}

function readList(cursor: Cursor, column: number): ListNode {
  cursor.enter()
  const start = cursor.at
  const first = cursor.openItems.length
  while (cursor.indent === column && cursor.isItem()) {
    const dashAt = cursor.at
    cursor.at++
    cursor.skipSpaces()
    cursor.openItems.push(readItem(cursor, column, dashAt))
  }
  cursor.leave()
  const items = cursor.closeItems(first)
  return { kind: 'list', start, end: items.at(-1)?.end ?? start, items }
}

/** What stands behind a dash: something on its line, or a collection below it. */
function readItem(cursor: Cursor, column: number, dashAt: number): YamlNode {
  const start = cursor.at
  if (cursor.isLineRest(dashAt + 1)) {
    cursor.at = dashAt + 1
    cursor.endLine()
    cursor.nextLine()
    return cursor.indent > column ? readBlock(cursor) : emptyScalar(cursor, start)
  }
  // A collection that begins on the dash's line is indented as far as its first character.
  const inner = column + start - dashAt
  if (cursor.isItem()) {
    cursor.indent = inner
    return readList(cursor, inner)
  }
  if (readKeyEnd(cursor) < 0) return readLineValue(cursor, column)
  cursor.at = start
  cursor.indent = inner
  return readMap(cursor, inner)
}

function readMap(cursor: Cursor, column: number): MapNode {
  cursor.enter()
  const start = cursor.at
  const list = new PairList(cursor)
  while (cursor.indent === column) {
    const keyStart = cursor.at
    const keyEnd = readKeyEnd(cursor)
    if (keyEnd < 0) throw notForUs
    const key = readKey(cursor, keyStart, keyEnd)
    list.add({ key, keyStart, keyEnd, isMerge: false, value: readMapValue(cursor, column, keyEnd) })
  }
  if (cursor.indent > column) throw notForUs
  cursor.leave()
  const pairs = list.close()
  return { kind: 'map', start, end: pairs.at(-1)?.value.end ?? start, pairs, hasMerge: false, hasDuplicate: false }
}

function readMapValue(cursor: Cursor, column: number, keyEnd: number): YamlNode {
  const afterColon = cursor.at
  cursor.skipSpaces()
  if (!cursor.isLineRest(afterColon)) return readLineValue(cursor, column)
  cursor.at = afterColon
  cursor.endLine()
  cursor.nextLine()
  if (cursor.indent > column) return readBlock(cursor)
  // A list may stand as far left as the key that it belongs to.
  if (cursor.indent === column && cursor.isItem()) return readList(cursor, column)
  return emptyScalar(cursor, keyEnd)
}

/** A value that begins on its key's or dash's line; leaves the cursor at the next line with content. */
function readLineValue(cursor: Cursor, column: number): YamlNode {
  const code = cursor.text.charCodeAt(cursor.at)
  if (code === bar) return readLiteralBlock(cursor, column)
  const value = isFlow(code) ? readFlow(cursor, false) : isQuote(code) ? readQuoted(cursor) : readPlain(cursor)
  cursor.endLine()
  cursor.nextLine()
  // A line that is indented further would go on with the scalar.
  if (cursor.indent > column) throw notForUs
  return value
}
