/** Parts a stream at its document markers, so that a document that is not YAML leaves its siblings whole. YAML 1.2.2 section 9.1.2 */
import type { Dialect } from './scalar.ts'

export interface StreamPart {
  readonly text: string
  /** Offset of the part in the whole text. */
  readonly start: number
}

/** `---` at the start of a line, with white space or nothing behind it, ends whatever stands before it, in any context. */
export function* splitDocuments(text: string, dialect: Dialect): Generator<StreamPart> {
  const normal = withOneLineBreak(text, dialect)
  // Directives belong to the document behind the next marker: such a stream stays in one piece.
  if (normal.startsWith('%') || normal.includes('\n%')) return yield { text: normal, start: 0 }
  let start = 0
  for (let at = normal.indexOf('\n---'); at >= 0; at = normal.indexOf('\n---', at + 1)) {
    if (!isBreakOrSpace(normal.charCodeAt(at + 4))) continue
    yield { text: normal.slice(start, at + 1), start }
    start = at + 1
  }
  yield start === 0 ? { text: normal, start } : { text: normal.slice(start), start }
}

/**
 * Breaks lines where an API server's reader would, character for character, so that offsets stay: at a carriage return alone, and in
 * YAML 1.1 at NEL, LS and PS. Otherwise a key behind such a character would be seen by the cluster and not by the rules.
 */
function withOneLineBreak(text: string, dialect: Dialect): string {
  const breaks = dialect === 'kubernetes' ? /\r(?!\n)|[\u0085\u2028\u2029]/g : /\r(?!\n)/g
  return text.replace(breaks, '\n')
}

function isBreakOrSpace(code: number): boolean {
  return Number.isNaN(code) || code === 0x0a || code === 0x0d || code === 0x20 || code === 0x09
}
