/** The keys of a file, most of which are the same few words in each of its documents: one string for each, found without making another. */

const slots = 256

interface KnownKey {
  readonly written: string
  readonly key: string
}

export class KeyTable {
  readonly #known: (KnownKey | undefined)[] = new Array(slots)

  /** What `make` gives for the text that is written there, from the table where it is in it. */
  keyAt(text: string, start: number, end: number, make: (written: string) => string): string {
    const length = end - start
    // No two of the usual keys of an object are alike in these; of two that are, the later takes the place.
    const sum = length * 7 + text.charCodeAt(start) * 31 + text.charCodeAt(end - 1) * 3 + text.charCodeAt(start + (length >> 1))
    const slot = sum & (slots - 1)
    const known = this.#known[slot]
    if (known !== undefined && known.written.length === length && text.startsWith(known.written, start)) return known.key
    const written = text.slice(start, end)
    const key = make(written)
    this.#known[slot] = { written, key }
    return key
  }
}
