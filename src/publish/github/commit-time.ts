/** When a commit was made. https://docs.github.com/en/rest/git/commits#get-a-commit-object */
import { type GitHub, publishError } from './api.ts'

/** Milliseconds since 1970, as the committer's clock had it; undefined where GitHub does not say, which `say` is told: no verdict hangs on it. */
export async function readCommitTime(
  { octokit, owner, repo }: GitHub,
  commit: string,
  say: (message: string) => void,
): Promise<number | undefined> {
  try {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/commits/{commit_sha}', { owner, repo, commit_sha: commit })
    const time = Date.parse(data.committer.date)
    return Number.isNaN(time) ? undefined : time
  } catch (error) {
    say(publishError(`the time of commit ${commit.slice(0, 12)} could not be read, it is taken to be a week old`, error).message)
    return undefined
  }
}
