/** What a pull request changes, line by line, from the patches that GitHub lists. */
import { PublishError } from './errors.ts'

/** A file of `GET /repos/{owner}/{repo}/pulls/{pull_number}/files`. */
export interface PullFile {
  readonly path: string
  /** Its path in the base, where it was renamed. */
  readonly previousPath?: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed' | 'copied' | 'changed' | 'unchanged'
  /** Undefined for binary and for large files: nothing can be said on their lines. */
  readonly patch?: FilePatch
}

/** The right side of a patch: the lines that a comment can be put on. */
export interface FilePatch {
  /** The text of each shown line, by its number from 1. */
  readonly lines: ReadonlyMap<number, string>
  /** Which hunk shows it, counted from 0. A comment over several lines has to stay in one. */
  readonly hunks: ReadonlyMap<number, number>
  /** The lines that the change adds. */
  readonly added: ReadonlySet<number>
}

const statuses = ['added', 'removed', 'modified', 'renamed', 'copied', 'changed', 'unchanged'] as const

/** GitHub lists no more files than this. https://docs.github.com/en/rest/pulls/pulls#list-pull-requests-files */
export const filesLimit = 3000

/** Throws PublishError `refused` for an entry that names no file. */
export function readPullFile(value: unknown): PullFile {
  const entry = (typeof value === 'object' && value !== null ? value : {}) as Readonly<Record<string, unknown>>
  const { filename, previous_filename: previous, status, patch } = entry
  const known = statuses.find((each) => each === status)
  if (typeof filename !== 'string' || filename === '' || known === undefined)
    throw new PublishError('refused', 'the list of changed files has an entry without a name or a status')
  const read = typeof patch === 'string' && known !== 'removed' ? readPatch(patch) : undefined
  return {
    path: filename,
    ...(typeof previous === 'string' && { previousPath: previous }),
    status: known,
    ...(read && { patch: read }),
  }
}

/** Undefined for a patch that does not keep to its own hunk headers: a comment would land on the wrong line. */
export function readPatch(patch: string): FilePatch | undefined {
  const lines = new Map<number, string>()
  const hunks = new Map<number, number>()
  const added = new Set<number>()
  let hunk = -1
  let [left, right, line] = [0, 0, 0]
  for (const text of patch.split('\n')) {
    if (left === 0 && right === 0) {
      if (text.startsWith('\\')) continue
      const header = /^@@ -(\d{1,9})(?:,(\d{1,9}))? \+(\d{1,9})(?:,(\d{1,9}))? @@/.exec(text)
      if (!header) return undefined
      const start = Number(header[3])
      if (start < line) return undefined
      hunk++
      left = Number(header[2] ?? 1)
      right = Number(header[4] ?? 1)
      line = start
      continue
    }
    const kind = text[0]
    if (kind === '\\') continue
    if (kind === '-') left--
    else if (kind === '+' || kind === ' ' || kind === undefined) {
      lines.set(line, text.slice(1).replace(/\r$/, ''))
      hunks.set(line, hunk)
      if (kind === '+') added.add(line)
      line++
      right--
      if (kind !== '+') left--
    } else return undefined
    if (left < 0 || right < 0) return undefined
  }
  return left === 0 && right === 0 ? { lines, hunks, added } : undefined
}
