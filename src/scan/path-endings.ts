/** Tells by the end of a path who may want the file: a layer has a hundred thousand paths, and to ask everybody about each takes as long as to read them. */

export interface NamedFiles {
  /** All paths that it wants end in one of these, in small letters here and in any case there; absent where they may end in anything. */
  readonly endings?: readonly string[]
}

/** Of each path, those of the list that may want it, in the order of the list: the others surely do not. */
export function byEnding<T extends NamedFiles>(list: readonly T[]): (path: string) => readonly T[] {
  const ends = new Set(list.flatMap(({ endings = [] }) => endings.map(endOf)))
  const ofEnd = (end?: number) => list.filter(({ endings }) => endings?.some((one) => endOf(one) === end) !== false)
  const byEnd = new Map([...ends].map((end) => [end, ofEnd(end)]))
  const others = ofEnd()
  return (path) => byEnd.get(endOf(path)) ?? others
}

/** The last two characters as a number, the same for capital and small letters. */
function endOf(text: string): number {
  return ((text.charCodeAt(text.length - 2) | 0x20) << 16) | text.charCodeAt(text.length - 1) | 0x20
}
