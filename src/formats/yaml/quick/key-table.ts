/** The keys of a file, most of which are the same few words in each of its documents: one string for each, found without making another. */

const slots = 256

interface KnownKey {
  readonly written: string
  readonly key: string
}

export class KeyTable {
  readonly #known: (KnownKey | undefined)[] = new Array(slots)

  /** The key that the text from `start` to `end` is; undefined where it is not in the table. */
  find(text: string, start: number, end: number): string | undefined {
    const known = this.#known[slotOf(text, start, end)]
    return known?.written.length === end - start && text.startsWith(known.written, start) ? known.key : undefined
  }

  /** Takes the place of one that is like it. */
  add(written: string, key: string): void {
    this.#known[slotOf(written, 0, written.length)] = { written, key }
  }
}

/** By what no two of the usual keys of an object have in common. */
function slotOf(text: string, start: number, end: number): number {
  const length = end - start
  const sum = length * 7 + text.charCodeAt(start) * 31 + text.charCodeAt(end - 1) * 3 + text.charCodeAt(start + (length >> 1))
  return sum & (slots - 1)
}
