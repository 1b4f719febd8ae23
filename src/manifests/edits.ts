/** Suggestions: whole lines of the file as it stands, with one value replaced, one entry added or taken away, indentation and comments kept. */

import type { Suggestion } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { Context } from './rule.ts'

/** An entry to add: a scalar as it is written in YAML and JSON alike, or a map of them. */
export type NewValue = string | { readonly [key: string]: NewValue }

/** The scalar replaced by `text`; undefined where the lines do not show the scalar itself (a rendered file, an anchor elsewhere). */
export function replaceScalar({ repository }: Context, field: Field, text: string): Suggestion | undefined {
  const { file, startLine, endLine, startColumn, endColumn } = field.location()
  const line = repository.lines(file)[startLine - 1]
  if (field.isRendered || field.text === undefined || line === undefined || startColumn === undefined || endColumn === undefined)
    return undefined
  if (startLine !== endLine || line.slice(startColumn - 1, endColumn - 1) !== field.text) return undefined
  // Behind an anchor the value is that of its aliases too, and behind a tag it is not what it looks like.
  if (/(?:^|\s)[&!]\S*\s+$/.test(line.slice(0, startColumn - 1))) return undefined
  return { startLine, endLine, replacement: line.slice(0, startColumn - 1) + text + line.slice(endColumn - 1) }
}

/** The entry at `path` of a map with the value `text`, whether it is there or not. */
export function setScalar(
  context: Context,
  parent: Field,
  path: readonly string[],
  text: string,
  after?: readonly string[],
): Suggestion | undefined {
  const field = parent.at(...path)
  return field.kind === 'absent' ? addEntry(context, parent, path, text, after) : replaceScalar(context, field, text)
}

/** The key of an entry replaced by a plain one; undefined where the lines do not show the key itself. */
export function renameKey({ repository }: Context, field: Field, name: string): Suggestion | undefined {
  const { file, startLine, endLine, startColumn, endColumn } = field.keyLocation()
  const line = repository.lines(file)[startLine - 1]
  if (field.isRendered || line === undefined || startColumn === undefined || endColumn === undefined) return undefined
  const written = line.slice(startColumn - 1, endColumn - 1)
  const quotes = /^["']/.exec(written)?.[0] ?? ''
  if (startLine !== endLine || written !== `${quotes}${String(field.path.at(-1))}${quotes}`) return undefined
  return { startLine, endLine, replacement: line.slice(0, startColumn - 1) + quotes + name + quotes + line.slice(endColumn - 1) }
}

/**
 * The line of a scalar entry taken out of a block map that has others; undefined where the line holds more. The line above stands for both: a
 * replacement of no text at all would be an empty line.
 */
export function removeEntry({ repository }: Context, parent: Field, key: string): Suggestion | undefined {
  const field = parent.at(key)
  const { file, startLine, startColumn = 1 } = field.keyLocation()
  const lines = repository.lines(file)
  const [above, line = ''] = [lines[startLine - 2], lines[startLine - 1]]
  if (field.isRendered || above === undefined || parent.entries().length < 2 || isMerged(parent)) return undefined
  if (!endsOnItsLine(field, lines) || line.slice(0, startColumn - 1).trim() !== '') return undefined
  return { startLine: startLine - 1, endLine: startLine, replacement: above }
}

/**
 * The entry `key: value` added to a map: in a block map below the entry `after` (else the first entry that ends on its line), in
 * a flow map at its start. An absent map is added to its `parent` first. Undefined where the lines do not show the map itself.
 */
export function addEntry(
  context: Context,
  parent: Field,
  path: readonly string[],
  value: NewValue,
  after: readonly string[] = ['name', 'image'],
): Suggestion | undefined {
  const [key, ...rest] = path
  if (key === undefined) return undefined
  const child = parent.at(key)
  if (rest.length > 0 && child.kind === 'map') return isWithin(child, parent) ? addEntry(context, child, rest, value, after) : undefined
  if (child.kind !== 'absent') return undefined
  const added = rest.reduceRight<NewValue>((below, name) => ({ [name]: below }), value)
  return addToMap(context, parent, key, added, after)
}

function addToMap({ repository }: Context, map: Field, key: string, value: NewValue, after: readonly string[]): Suggestion | undefined {
  const { file, startLine, startColumn = 0 } = map.location()
  const lines = repository.lines(file)
  const first = lines[startLine - 1]
  if (map.isRendered || first === undefined || map.kind !== 'map' || isMerged(map)) return undefined
  if (first[startColumn - 1] === '{') return addToFlow(lines, map, key, value)
  const anchor = map.entries().filter(([, entry]) => endsOnItsLine(entry, lines))
  const [, entry] = anchor.findLast(([name]) => after.includes(name)) ?? anchor[0] ?? []
  if (entry === undefined) return undefined
  const { startLine: anchorLine, startColumn: keyColumn = 1 } = entry.keyLocation()
  const line = lines[anchorLine - 1]
  if (line === undefined) return undefined
  const indent = ' '.repeat(keyColumn - 1)
  const written = block(key, value, indent, step(lines))
  return { startLine: anchorLine, endLine: anchorLine, replacement: [line, ...written].join('\n') }
}

function addToFlow(lines: readonly string[], map: Field, key: string, value: NewValue): Suggestion | undefined {
  const { startLine, startColumn = 1 } = map.location()
  const line = lines[startLine - 1] ?? ''
  const [head, tail] = [line.slice(0, startColumn), line.slice(startColumn)]
  const entry = `"${key}": ${flow(value)}`
  const [, first] = map.entries()[0] ?? []
  if (first === undefined) return { startLine, endLine: startLine, replacement: head + entry + tail }
  const { startLine: keyLine, startColumn: keyColumn = 1 } = first.keyLocation()
  if (keyLine === startLine)
    return { startLine, endLine: startLine, replacement: `${head}${tail.match(/^ */)?.[0] ?? ''}${entry}, ${tail.trimStart()}` }
  const keyText = lines[keyLine - 1] ?? ''
  if (keyText.slice(0, keyColumn - 1).trim() !== '') return undefined
  return { startLine: keyLine, endLine: keyLine, replacement: `${keyText.slice(0, keyColumn - 1)}${entry},\n${keyText}` }
}

/** True where key and value stand on one line, so that a line can follow; the key must be where the file shows it. */
function endsOnItsLine(entry: Field, lines: readonly string[]): boolean {
  const key = entry.keyLocation()
  const value = entry.location()
  const name = String(entry.path.at(-1))
  const line = lines[key.startLine - 1]
  if (entry.kind !== 'scalar' || line === undefined || key.startColumn === undefined) return false
  const shown = line.slice(key.startColumn - 1)
  const isPlain = value.endColumn !== undefined && /^\s*(#.*)?$/.test(line.slice(value.endColumn - 1))
  return isPlain && key.startLine === value.startLine && value.startLine === value.endLine && shown.startsWith(`${name}:`)
}

/** True where a map has entries from elsewhere: below `<<`, or outside of its own lines. */
function isMerged(map: Field): boolean {
  return map.entries().some(([, entry]) => !isWithin(entry, map))
}

/** True where a field is written inside of another, and not reached through an alias. */
export function isWithin(field: Field, outer: Field): boolean {
  const [inside, around] = [field.location(), outer.location()]
  return inside.file === around.file && inside.startLine >= around.startLine && inside.endLine <= around.endLine
}

function block(key: string, value: NewValue, indent: string, width: number): string[] {
  if (typeof value === 'string') return [`${indent}${key}: ${value}`]
  const below = Object.entries(value).flatMap(([name, inner]) => block(name, inner, indent + ' '.repeat(width), width))
  return [`${indent}${key}:`, ...below]
}

function flow(value: NewValue): string {
  if (typeof value === 'string') return value
  return `{${Object.entries(value)
    .map(([name, inner]) => `"${name}": ${flow(inner)}`)
    .join(', ')}}`
}

/** The file's own indentation: that of its first indented key. */
function step(lines: readonly string[]): number {
  for (const line of lines) {
    const width = /^( {1,8})[A-Za-z"']/.exec(line)?.[1]?.length
    if (width !== undefined) return width
  }
  return 2
}
