/** What differs between two commits, from the lists of their files: for events that have no pull request. */
import { type GitHub, isAbsent, publishError } from './api.ts'
import type { PullFile } from './diff.ts'

export interface Changes {
  readonly files: readonly PullFile[]
  /** False where GitHub cut a list: at 100,000 entries or 7 MB. https://docs.github.com/en/rest/git/trees#get-a-tree */
  readonly isComplete: boolean
}

/** Undefined where GitHub no longer has the base, as after a force-push. Throws PublishError. */
export async function readChanges(github: GitHub, base: string, head: string): Promise<Changes | undefined> {
  const [before, after] = await Promise.all([listCommit(github, base), listCommit(github, head)])
  if (!before || !after) return undefined
  const files: PullFile[] = []
  for (const [path, sha] of after.blobs) {
    const old = before.blobs.get(path)
    if (old !== sha) files.push({ path, status: old === undefined ? 'added' : 'modified' })
  }
  for (const path of before.blobs.keys()) if (!after.blobs.has(path)) files.push({ path, status: 'removed' })
  return { files, isComplete: before.isComplete && after.isComplete }
}

interface Listing {
  readonly blobs: ReadonlyMap<string, string>
  readonly isComplete: boolean
}

async function listCommit({ octokit, owner, repo }: GitHub, commit: string): Promise<Listing | undefined> {
  try {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/trees/{tree_sha}', {
      owner,
      repo,
      tree_sha: commit,
      recursive: '1',
    })
    const blobs = data.tree.flatMap(({ type, path, sha }) => (type === 'blob' && path && sha ? [[path, sha] as const] : []))
    return { blobs: new Map(blobs), isComplete: !data.truncated }
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw publishError(`the files of commit ${commit.slice(0, 12)} could not be listed`, error)
  }
}
