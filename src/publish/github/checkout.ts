/** Whether what was judged is the pull request at all: a workflow without a checkout, or with one of another branch, would pass everything. */
import type { Gap } from '../../findings.ts'
import type { Tree } from '../../repo/tree.ts'
import type { PullFile } from './diff.ts'

const readLimitBytes = 8 * 1024 * 1024
/** Files that are looked at. One that has the change is enough. */
const mostFiles = 50

/** A gap where no changed text file of the judged folder has the lines that the pull request adds to it. */
export async function checkoutGaps(head: Tree, files: readonly PullFile[], prefix: string): Promise<Gap[]> {
  const telling = files
    .filter(({ path, patch }) => path.startsWith(prefix) && patch !== undefined && patch.added.size > 0 && !isPointer(patch.lines))
    .slice(0, mostFiles)
  if (telling.length === 0) return []
  for (const { path, patch } of telling) if (patch && (await hasLines(head, path.slice(prefix.length), patch.added, patch.lines))) return []
  const message = `the checkout has nothing of what the pull request changes in ${telling.length} ${telling.length === 1 ? 'file' : 'files'}: is a step with actions/checkout before this one, and of this pull request?`
  return [{ subject: 'checkout', message, locations: [] }]
}

async function hasLines(head: Tree, path: string, added: ReadonlySet<number>, text: ReadonlyMap<number, string>): Promise<boolean> {
  const bytes = await head.read(path, readLimitBytes).catch(() => undefined) // Another file may tell.
  if (!bytes) return false
  const present = new Set(Buffer.from(bytes).toString('latin1').split('\n').map(comparable))
  return [...added].every((line) => present.has(comparable(text.get(line) ?? '')))
}

/** GitHub shows text in UTF-8, whatever its file is written in: the rest has to do. */
function comparable(line: string): string {
  return line.replace(/[^\x20-\x7e]+/g, '')
}

/** Git LFS: the checkout may have the file itself. https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md */
function isPointer(lines: ReadonlyMap<number, string>): boolean {
  return [...lines.values()].some((line) => line.startsWith('version https://git-lfs.github.com/spec/'))
}
