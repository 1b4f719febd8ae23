/** A text with its lines, found when they are first asked for. Lines end at `\n`, as in a diff; columns count UTF-16 code units. */
export class TextLines {
  readonly text: string
  #starts: Uint32Array | undefined
  #lines: readonly string[] | undefined

  constructor(text: string) {
    this.text = text
  }

  /** The lines without their ends. */
  get lines(): readonly string[] {
    this.#lines ??= this.text.split(/\r?\n/)
    return this.#lines
  }

  /** Line and column, both from 1, of an offset from 0. */
  positionOf(offset: number): { line: number; column: number } {
    this.#starts ??= lineStarts(this.text)
    const starts = this.#starts
    let low = 0
    let high = starts.length - 1
    while (low < high) {
      const middle = (low + high + 1) >>> 1
      if ((starts[middle] ?? 0) <= offset) low = middle
      else high = middle - 1
    }
    return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 }
  }
}

function lineStarts(text: string): Uint32Array {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  return Uint32Array.from(starts)
}
