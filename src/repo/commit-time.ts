/** When a revision was committed. */
import { git } from './git-program.ts'
import { commitOf } from './revision.ts'

/** Milliseconds since 1970, as the committer's clock had it. NaN where it says none. Throws TreeError (`unknown-revision`) where there is no such commit. */
export async function commitTime(directory: string, revision: string): Promise<number> {
  const commit = await commitOf(directory, revision)
  // `git show` may start the program for signatures that the configuration names.
  const [header = ''] = (await git(directory, ['cat-file', 'commit', commit])).toString('latin1').split('\n\n', 1)
  return Number(/^committer .*> (\d+) [+-]\d+$/m.exec(header)?.[1]) * 1000
}
