/** The name that was probably meant: one slip of the keyboard away, or the same letters in another case. */

export function nearest(name: string, candidates: readonly string[]): string | undefined {
  const lower = name.toLowerCase()
  const sameLetters = candidates.find((candidate) => candidate.toLowerCase() === lower)
  if (sameLetters !== undefined) return sameLetters
  if (name.length < 4 || name.length > 60) return undefined
  const limit = name.length < 8 ? 1 : 2
  const near = candidates.filter(
    (candidate) => Math.abs(candidate.length - name.length) <= limit && distance(lower, candidate.toLowerCase()) <= limit,
  )
  return near.length === 1 ? near[0] : undefined
}

/** Insertions, deletions, substitutions and swapped neighbours (optimal string alignment). */
function distance(a: string, b: string): number {
  let [beforeLast, last]: [number[], number[]] = [[], Array.from({ length: b.length + 1 }, (_, column) => column)]
  for (let row = 1; row <= a.length; row += 1) {
    const current = [row]
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1]
      let least = Math.min((last[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1, (last[column - 1] ?? 0) + (isSame ? 0 : 1))
      const isSwap = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1]
      if (isSwap) least = Math.min(least, (beforeLast[column - 2] ?? 0) + 1)
      current.push(least)
    }
    ;[beforeLast, last] = [last, current]
  }
  return last[b.length] ?? 0
}
