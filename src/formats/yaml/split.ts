/** Parts a stream at its document markers, so that a document that is not YAML leaves its siblings whole. YAML 1.2.2 section 9.1.2 */
import type { Dialect } from './scalar.ts'

/** A part of the text; offsets count from 0, `end` is exclusive. */
export interface StreamPart {
  readonly start: number
  readonly end: number
}

/** `---` at the start of a line, with white space or nothing behind it, ends whatever stands before it, in any context. */
export function* splitDocuments(text: string): Generator<StreamPart> {
  // Directives belong to the document behind the next marker: such a stream stays in one piece.
  if (text.startsWith('%') || text.includes('\n%')) return yield { start: 0, end: text.length }
  let start = 0
  for (let at = text.indexOf('\n---'); at >= 0; at = text.indexOf('\n---', at + 1)) {
    if (!isBreakOrSpace(text.charCodeAt(at + 4))) continue
    yield { start, end: at + 1 }
    start = at + 1
  }
  yield { start, end: text.length }
}

/**
 * Breaks lines where an API server's reader would, character for character, so that offsets stay: at a carriage return alone, and in
 * YAML 1.1 at NEL, LS and PS. Otherwise a key behind such a character would be seen by the cluster and not by the rules.
 */
export function withOneLineBreak(text: string, dialect: Dialect): string {
  const breaks = dialect === 'kubernetes' ? /\r(?!\n)|[\u0085\u2028\u2029]/g : /\r(?!\n)/g
  return text.replace(breaks, '\n')
}

function isBreakOrSpace(code: number): boolean {
  return Number.isNaN(code) || code === 0x0a || code === 0x0d || code === 0x20 || code === 0x09
}
