/**
 * Finds which line of which template a rendered line comes from: the chart is rendered a second time with a comment behind every line
 * that is a key or a list item, and the comments are read out of the result. What is judged is the rendering without them.
 */

const mark = '#@portcullis:'
const markPattern = / ?#@portcullis:(\d+):(\d+)/g

/** `key:`, `"key": …`, `- …`; nothing that begins with an action. */
const markedLine = /^\s*(?:- +)*(?:"[^"]*":|'[^']*':|[\w./-]+:|- *[^\s{#])(?:\s|$|\S)/
/** The header of a block scalar, whose lines are content. */
const blockHeader = /[:-]\s+[|>][-+0-9]*\s*$/

/** The template with a mark behind each line that can bear one. */
export function markTemplate(text: string, fileNumber: number): string {
  let isInAction = false
  let blockIndent = -1
  return text
    .split('\n')
    .map((line, index) => {
      const wasInAction = isInAction
      isInAction = endsInAction(line, isInAction)
      const indent = line.search(/\S/)
      if (blockIndent >= 0 && (indent < 0 || indent > blockIndent)) return line
      blockIndent = blockHeader.test(line) ? indent : -1
      // An action that trims what follows it would glue the mark to its text.
      const canBear = !wasInAction && !isInAction && markedLine.test(line) && !/-\}\}\s*$/.test(line) && !hasOpenQuote(line)
      return canBear ? `${line.replace(/\r$/, '')} ${mark}${fileNumber}:${index + 1}` : line
    })
    .join('\n')
}

function endsInAction(line: string, isInAction: boolean): boolean {
  const open = line.lastIndexOf('{{')
  const close = line.lastIndexOf('}}')
  if (open < 0 && close < 0) return isInAction
  return open > close
}

/** Outside of actions: a quoted scalar that goes on in the next line. */
function hasOpenQuote(line: string): boolean {
  const text = line.replaceAll(/\{\{[^{}]*\}\}/g, '')
  return text.replaceAll('\\"', '').split('"').length % 2 === 0
}

export interface MarkedPlace {
  readonly fileNumber: number
  readonly line: number
}

/** For each line of the clean rendering its place, where the marked one tells it. Lines count from 0 here. */
export function readMarks(clean: readonly string[], marked: readonly string[]): readonly (MarkedPlace | undefined)[] {
  const places = new Array<MarkedPlace | undefined>(clean.length)
  let other = 0
  for (let line = 0; line < clean.length && other < marked.length; line++) {
    const text = (clean[line] ?? '').trimEnd()
    // The renderings differ where a template hashes another; a few lines ahead they agree again.
    const found = marked.slice(other, other + window).findIndex((candidate) => isSame(text, candidate))
    if (found < 0) continue
    other += found
    const last = [...(marked[other] ?? '').matchAll(markPattern)].at(-1)
    if (last) places[line] = { fileNumber: Number(last[1]), line: Number(last[2]) }
    other++
  }
  return places
}

/** The lines of the clean rendering that the marked one has too; of others, the value is made anew each time. */
export function stableLines(marked: readonly string[]): ReadonlySet<string> {
  return new Set(marked.map((line) => line.replace(markPattern, '').trimEnd()))
}

const window = 8

function isSame(clean: string, marked: string): boolean {
  const stripped = marked.replace(markPattern, '').trimEnd()
  if (stripped === clean) return true
  // The value differs where it is a hash of a marked file; the key is the same.
  const key = /^\s*(?:- )?[^\s:]+:/.exec(clean)?.[0]
  return key !== undefined && marked.includes(mark) && stripped.startsWith(key)
}
