/** The lines of the judged file in the diff: the checkout may be a merge with a newer base, in which they have other numbers. */
import type { FilePatch } from './diff.ts'

/** How far a hunk is looked for, in lines. */
const reach = 5000

/** By the judged file's line, the line of the diff. A hunk that is not found as a whole gives none: a comment would land on the wrong line. */
export function alignPatch(patch: FilePatch, lines: readonly string[]): ReadonlyMap<number, number> {
  const aligned = new Map<number, number>()
  const hunks = Map.groupBy(patch.lines.keys(), (line) => patch.hunks.get(line))
  // Hunks below one that is shifted are shifted as well: the search starts where the last one was found.
  let shift = 0
  for (const hunk of hunks.values()) {
    const found = shiftOf(hunk, patch, lines, shift)
    if (found === undefined) continue
    shift = found
    for (const line of hunk) aligned.set(line + shift, line)
  }
  return aligned
}

function shiftOf(hunk: readonly number[], { lines: text }: FilePatch, judged: readonly string[], start: number): number | undefined {
  const fits = (shift: number): boolean => hunk.every((line) => judged[line - 1 + shift]?.replace(/\r$/, '') === text.get(line))
  for (let distance = 0; distance <= reach; distance++) {
    if (fits(start + distance)) return start + distance
    if (fits(start - distance)) return start - distance
  }
  return undefined
}
