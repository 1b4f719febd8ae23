/** The lines of a file around a finding, with what it points at marked. */
import type { Location } from '../findings.ts'
import { type Markup, markup } from './html-markup.ts'

const around = 3
const mostLines = 12
const longestLine = 400

/** Nothing where the file's lines are not known. */
export function codeLines(lines: readonly string[], location: Location): Markup | undefined {
  if (lines[location.startLine - 1] === undefined) return undefined
  const last = Math.min(location.endLine, location.startLine + mostLines - 1)
  const from = Math.max(1, location.startLine - around)
  // What follows the last line end is no line.
  const length = lines.at(-1) === '' ? lines.length - 1 : lines.length
  const to = Math.max(last, Math.min(length, last + around))
  const rows: Markup[] = []
  for (let number = from; number <= to; number++) {
    const isHit = number >= location.startLine && number <= location.endLine
    const text = lines[number - 1] ?? ''
    rows.push(
      markup`<tr${isHit ? hit : undefined}><th>${String(number)}</th><td>${isHit ? marked(text, number, location) : clip(text)}\n</td></tr>`,
    )
  }
  return markup`<div class="code" tabindex="0" role="region" aria-label="${`${location.file}, lines ${from} to ${to}`}"><table>${rows}</table></div>`
}

const hit = markup` class="hit"`

/** Columns are UTF-16 code units from 1. A line that is far too long is cut around its mark. */
function marked(text: string, number: number, { endColumn, endLine, startColumn, startLine }: Location): Markup {
  const indent = text.length - text.trimStart().length
  const from = number === startLine && startColumn !== undefined ? startColumn - 1 : indent
  const to = number === endLine && endColumn !== undefined ? endColumn - 1 : text.trimEnd().length
  const start = Math.min(Math.max(0, from), text.length)
  const end = Math.min(Math.max(start, to), text.length)
  const before = text.slice(0, start)
  const lead = before.length > longestLine ? `…${before.slice(-80)}` : before
  return markup`${lead}<mark>${clip(text.slice(start, end))}</mark>${clip(text.slice(end))}`
}

function clip(text: string): string {
  return text.length > longestLine ? `${text.slice(0, longestLine)}…` : text
}
