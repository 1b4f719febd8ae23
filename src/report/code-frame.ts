/** The line that a finding is about, with a caret under its exact columns. */
import type { Location } from '../findings.ts'
import { cut, cutStart, expand, widthOf } from './columns.ts'
import type { Paint } from './paint.ts'

const longestLine = 2_000
const mostLines = 3

/** Lines for a terminal of `width` columns; none where the file's lines are not known. `gutter` is the width of the line numbers. */
export function codeFrame(lines: readonly string[], location: Location, gutter: number, width: number, paint: Paint): string[] {
  const from = location.startLine
  const first = lines[from - 1]
  if (first === undefined) return []
  const room = Math.max(16, width - gutter - 4)
  const last = Math.min(location.endLine, lines.length)
  const frame: string[] = []
  const row = (number: string, text: string): string => `${paint('dim', `${number.padStart(gutter)} │`)} ${text}`.trimEnd()

  if (last <= from) {
    const { text, start, end } = marked(first, location, room)
    frame.push(row(String(from), text))
    if (end > start) frame.push(row('', `${' '.repeat(start)}${paint('bold', '^'.repeat(end - start))}`))
    return frame
  }
  for (let line = from; line <= Math.min(last, from + mostLines - 1); line++) {
    frame.push(row(String(line), cut(expand((lines[line - 1] ?? '').slice(0, longestLine), 0), room)))
  }
  if (last >= from + mostLines) frame.push(row('…', paint('dim', `to line ${last}`)))
  return frame
}

/** The line cut to `room` columns around what is marked, and the columns (from 0, end exclusive) of the mark in it. */
function marked(line: string, { startColumn, endColumn }: Location, room: number): { text: string; start: number; end: number } {
  const indent = line.length - line.trimStart().length
  const begin = clamp((startColumn ?? indent + 1) - 1, 0, line.length)
  const finish = clamp((endColumn ?? line.trimEnd().length + 1) - 1, begin, line.length)
  const before = expand(line.slice(Math.max(0, begin - longestLine), begin), 0)
  const start = widthOf(before)
  const middle = expand(line.slice(begin, Math.min(finish, begin + longestLine)), start)
  const end = start + Math.max(1, widthOf(middle))
  const after = expand(line.slice(finish, finish + longestLine), start + widthOf(middle))
  if (start + widthOf(middle) + widthOf(after) <= room) return { text: before + middle + after, start, end }

  // Too wide: the mark stays whole where it can, and keeps a little of what stands before it.
  const lead = cutStart(before, clamp(room - widthOf(middle) - 8, 8, Math.max(8, start)))
  const core = cut(middle, room - widthOf(lead))
  const tail = cut(after, Math.max(1, room - widthOf(lead) - widthOf(core)))
  const fits = widthOf(lead) + widthOf(core) < room
  const text = fits ? lead + core + tail : lead + core
  return { text, start: widthOf(lead), end: widthOf(lead) + Math.max(1, widthOf(core)) }
}

const clamp = (number: number, low: number, high: number): number => Math.min(Math.max(number, low), high)
