/** Unified diffs as GitHub shows them: three lines of context, hunks of one file, no file header. */

interface Edit {
  readonly kind: ' ' | '-' | '+'
  readonly text: string
  /** Line on the left and on the right, from 1; the side that the line is not on has the number of the line before it. */
  readonly left: number
  readonly right: number
}

export interface Patch {
  readonly text: string
  readonly additions: number
  readonly deletions: number
  /** Lines of the right side that the hunks show. */
  readonly right: ReadonlySet<number>
  /** The hunk of a line of the right side, by its index. */
  readonly hunkOf: ReadonlyMap<number, number>
}

const contextLines = 3

export function diffLines(before: string, after: string): Patch {
  const edits = editsOf(linesOf(before), linesOf(after))
  const shown = edits.map(() => false)
  edits.forEach((edit, index) => {
    if (edit.kind === ' ') return
    for (let near = index - contextLines; near <= index + contextLines; near++) if (near >= 0 && near < edits.length) shown[near] = true
  })
  const hunks: Edit[][] = []
  edits.forEach((edit, index) => {
    if (!shown[index]) return
    if (!shown[index - 1]) hunks.push([])
    hunks.at(-1)?.push(edit)
  })
  const right = new Set<number>()
  const hunkOf = new Map<number, number>()
  hunks.forEach((hunk, index) => {
    for (const edit of hunk) if (edit.kind !== '-') right.add(edit.right)
    for (const edit of hunk) if (edit.kind !== '-') hunkOf.set(edit.right, index)
  })
  return {
    text: hunks.map(hunkText).join('\n'),
    additions: edits.filter((edit) => edit.kind === '+').length,
    deletions: edits.filter((edit) => edit.kind === '-').length,
    right,
    hunkOf,
  }
}

/** Where a line of `before` is in `after`; undefined when it was changed or removed. */
export function movedLine(before: string, after: string, line: number): number | undefined {
  return editsOf(linesOf(before), linesOf(after)).find((edit) => edit.kind === ' ' && edit.left === line)?.right
}

function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines
}

function hunkText(hunk: readonly Edit[]): string {
  const left = hunk.filter((edit) => edit.kind !== '+')
  const right = hunk.filter((edit) => edit.kind !== '-')
  const range = (side: readonly Edit[], start: number | undefined): string => `${start ?? 0},${side.length}`
  const first = hunk[0]
  const header = `@@ -${range(left, left[0]?.left ?? first?.left)} +${range(right, right[0]?.right ?? first?.right)} @@`
  return [header, ...hunk.map((edit) => edit.kind + edit.text)].join('\n')
}

function editsOf(before: readonly string[], after: readonly string[]): Edit[] {
  let start = 0
  while (start < before.length && start < after.length && before[start] === after[start]) start++
  let end = 0
  while (end < before.length - start && end < after.length - start && before.at(-1 - end) === after.at(-1 - end)) end++
  const kinds: Edit['kind'][] = [
    ...Array.from({ length: start }, () => ' ' as const),
    ...middle(before.slice(start, before.length - end), after.slice(start, after.length - end)),
    ...Array.from({ length: end }, () => ' ' as const),
  ]
  let [left, right] = [0, 0]
  return kinds.map((kind) => {
    if (kind !== '+') left++
    if (kind !== '-') right++
    return { kind, text: (kind === '-' ? before[left - 1] : after[right - 1]) ?? '', left, right }
  })
}

/** Longest common subsequence, by table: the builder's files are small. */
function middle(before: readonly string[], after: readonly string[]): Edit['kind'][] {
  const width = after.length + 1
  const table = new Uint32Array((before.length + 1) * width)
  const at = (i: number, j: number): number => table[i * width + j] ?? 0
  for (let i = before.length - 1; i >= 0; i--)
    for (let j = after.length - 1; j >= 0; j--)
      table[i * width + j] = before[i] === after[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1))
  const kinds: Edit['kind'][] = []
  let [i, j] = [0, 0]
  while (i < before.length || j < after.length) {
    if (i < before.length && j < after.length && before[i] === after[j]) {
      kinds.push(' ')
      i++
      j++
    } else if (i < before.length && (j >= after.length || at(i + 1, j) >= at(i, j + 1))) {
      kinds.push('-')
      i++
    } else {
      kinds.push('+')
      j++
    }
  }
  return kinds
}
