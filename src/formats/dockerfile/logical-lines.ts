/** A Dockerfile's text as instructions' lines: comments dropped, continuation lines joined, here-documents taken. */

/** One instruction as it is joined, with the way back to its characters. Lines and columns count from 1. */
export interface LogicalLine {
  readonly text: string
  readonly startLine: number
  readonly endLine: number
  /** In order; each piece holds the characters of one physical line. */
  readonly pieces: readonly { readonly offset: number; readonly line: number; readonly column: number }[]
}

/** Reads physical lines one after the other; what here-documents take is not read as instructions. */
export class LineReader {
  readonly #lines: readonly string[]
  readonly #continuation: RegExp
  #next: number

  /** `escapeCharacter` is the character that joins lines. */
  constructor(text: string, escapeCharacter: '\\' | '`', firstLine: number) {
    this.#lines = text.replace(/^\ufeff/, '').split(/\r?\n/)
    // An escape at the end of a line, unless it is itself escaped.
    this.#continuation = escapeCharacter === '\\' ? /(?:^|[^\\])(\\[ \t]*)$/ : /(?:^|[^`])(`[ \t]*)$/
    this.#next = firstLine - 1
  }

  /** The next instruction's line; undefined at the end. */
  next(): LogicalLine | undefined {
    const first = this.#skipToInstruction()
    if (first === undefined) return undefined
    let text = ''
    let endLine = first
    const pieces: { offset: number; line: number; column: number }[] = []
    while (this.#next < this.#lines.length) {
      const line = this.#lines[this.#next] ?? ''
      this.#next++
      if (isComment(line) || (text !== '' && line.trim() === '')) continue
      const indent = text === '' ? line.length - line.trimStart().length : 0
      const tail = this.#continuation.exec(line)?.[1]
      pieces.push({ offset: text.length, line: this.#next, column: indent + 1 })
      text += line.slice(indent, tail === undefined ? undefined : line.length - tail.length)
      endLine = this.#next
      if (tail === undefined) break
    }
    return { text: text.trimEnd(), startLine: first, endLine, pieces }
  }

  /** The lines up to the one that ends the here-document; undefined where none does. https://docs.docker.com/reference/dockerfile/#here-documents */
  hereDocument(name: string, stripTabs: boolean): { body: string; startLine: number; endLine: number } | undefined {
    const startLine = this.#next + 1
    const body: string[] = []
    while (this.#next < this.#lines.length) {
      const line = this.#lines[this.#next] ?? ''
      this.#next++
      const stripped = stripTabs ? line.replace(/^\t+/, '') : line
      if (stripped === name) return { body: body.map((text) => `${text}\n`).join(''), startLine, endLine: this.#next }
      body.push(stripped)
    }
    return undefined
  }

  #skipToInstruction(): number | undefined {
    while (this.#next < this.#lines.length) {
      const line = this.#lines[this.#next] ?? ''
      if (line.trim() !== '' && !isComment(line)) return this.#next + 1
      this.#next++
    }
    return undefined
  }
}

export function isComment(line: string): boolean {
  return line.trimStart().startsWith('#')
}

/** The character that joins lines and the line behind the parser directives. https://docs.docker.com/reference/dockerfile/#parser-directives */
export function readDirectives(text: string): { escape: '\\' | '`'; firstLine: number; error?: string } {
  const seen = new Map<string, string>()
  let line = 1
  for (const content of text.replace(/^\ufeff/, '').split(/\r?\n/, 20)) {
    const match = /^#[ \t]*([a-zA-Z][a-zA-Z0-9]*)[ \t]*=(.+)$/.exec(content)
    if (!match) break
    seen.set((match[1] ?? '').toLowerCase(), (match[2] ?? '').trim())
    line++
  }
  const character = seen.get('escape') ?? '\\'
  if (character === '\\' || character === '`') return { escape: character, firstLine: line }
  return { escape: '\\', firstLine: line, error: 'escape directive is neither \\ nor `' }
}
