/** What changed between two revisions, or since a revision in the working tree: files, and lines on the head's side. */
import { TreeError } from './errors.ts'
import { git, records } from './git-program.ts'
import { commitOf } from './revision.ts'
import { workingTree } from './working-tree.ts'

export interface ChangedFile {
  /** On the head's side; for a deleted file its last path. */
  readonly path: string
  readonly status: 'added' | 'deleted' | 'modified' | 'renamed'
  readonly oldPath?: string
  /** Lines of the head's side that were added or modified, in order. Counted from 1, ends inclusive. */
  readonly ranges: readonly LineRange[]
}

export interface LineRange {
  readonly startLine: number
  readonly endLine: number
}

/**
 * Changes under `directory` since the point where `head` left `base`, as a pull request shows them; since `base` itself where the
 * history does not go back so far. Without `head`: up to the files of the working tree, those that git does not know yet included.
 */
export async function changedFiles(directory: string, base: string, head?: string): Promise<readonly ChangedFile[]> {
  const from = await commitOf(directory, base)
  const to = head === undefined ? undefined : await commitOf(directory, head)
  const start = await mergeBase(directory, from, to ?? 'HEAD')
  const revisions = to === undefined ? [start] : [start, to]
  const common = ['--no-color', '--no-ext-diff', '--no-textconv', '--find-renames', '--relative', '--ignore-submodules=all']
  const [raw, patch] = await Promise.all([
    git(directory, ['diff', '--raw', '-z', ...common, ...revisions, '--']),
    git(directory, ['diff', '--patch', '--unified=0', ...common, ...revisions, '--']),
  ])
  const changes = readRaw(records(raw))
  const ranges = readPatch(patch)
  if (changes.length !== ranges.length)
    throw new TreeError('unreadable', `git diff lists ${changes.length} files and shows ${ranges.length}`)
  const tracked = changes.map((change, index) => ({ ...change, ranges: ranges[index] ?? [] }))
  return to === undefined ? [...tracked, ...(await untracked(directory))] : tracked
}

async function mergeBase(directory: string, base: string, head: string): Promise<string> {
  try {
    return (await git(directory, ['merge-base', base, head])).toString('latin1').trim() || base
  } catch {
    // No common commit, or a shallow clone that does not reach it: more lines count as changed, none fewer.
    return base
  }
}

/** https://git-scm.com/docs/git-diff#_raw_output_format */
function readRaw(fields: readonly string[]): readonly Omit<ChangedFile, 'ranges'>[] {
  const changes: Omit<ChangedFile, 'ranges'>[] = []
  for (let at = 0; at < fields.length; ) {
    const letter = fields[at++]?.split(' ')[4]?.[0] ?? ''
    const path = fields[at++] ?? ''
    if (letter === 'R' || letter === 'C') {
      const newPath = fields[at++] ?? ''
      changes.push(letter === 'R' ? { path: newPath, status: 'renamed', oldPath: path } : { path: newPath, status: 'added' })
    } else changes.push({ path, status: letter === 'A' ? 'added' : letter === 'D' ? 'deleted' : 'modified' })
  }
  return changes
}

/** The head's ranges, a list a file, in the order of the raw output. Lines of content begin with `+`, `-`, a blank or `\`. */
function readPatch(patch: Buffer): readonly (readonly LineRange[])[] {
  const files: LineRange[][] = []
  for (let at = 0; at < patch.length; ) {
    const newline = patch.indexOf(0x0a, at)
    const end = newline < 0 ? patch.length : newline
    const first = patch[at]
    if (first === 0x64 && patch.toString('latin1', at, at + 11) === 'diff --git ') files.push([])
    else if (first === 0x40) {
      const match = /^@@ -\d+(?:,\d+)? \+(\d+)(?:,(\d+))? @@/.exec(patch.toString('latin1', at, Math.min(end, at + 100)))
      const startLine = Number(match?.[1])
      const count = Number(match?.[2] ?? 1)
      if (match && count > 0) files.at(-1)?.push({ startLine, endLine: startLine + count - 1 })
    }
    at = end + 1
  }
  return files
}

async function untracked(directory: string): Promise<readonly ChangedFile[]> {
  const paths = records(await git(directory, ['ls-files', '--others', '--exclude-standard', '-z']))
  const tree = workingTree(directory)
  return Promise.all(paths.map(async (path) => ({ path, status: 'added' as const, ranges: await allLines(tree.read(path, 64 << 20)) })))
}

async function allLines(reading: Promise<Uint8Array | undefined>): Promise<readonly LineRange[]> {
  // A file that is too large to read is changed from its first line to whatever its last one is.
  const bytes = await reading.catch(() => 'unreadable' as const)
  if (bytes === 'unreadable') return [{ startLine: 1, endLine: Number.MAX_SAFE_INTEGER }]
  if (bytes === undefined || bytes.length === 0) return []
  let lines = bytes.at(-1) === 0x0a ? 0 : 1
  for (let at = bytes.indexOf(0x0a); at >= 0; at = bytes.indexOf(0x0a, at + 1)) lines++
  return [{ startLine: 1, endLine: lines }]
}
