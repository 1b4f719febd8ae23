/** The pull request as GitHub has it now: the event's file may be hours old, and a later run may have been started since. */
import { quote } from '../../findings.ts'
import { type GitHub, isAbsent, publishError } from './api.ts'
import { filesLimit, type PullFile, readPullFile } from './diff.ts'
import { PublishError } from './errors.ts'
import { isSha } from './payload.ts'

export interface PullState {
  readonly headSha: string
  /** The tip of the base branch now: a run that is started again must not be judged by the policy of an older one. */
  readonly baseSha: string
  readonly changedFiles: number
  /** The head merged with the base, as a checkout has it; undefined where they cannot be merged. */
  readonly mergeSha?: string
  readonly author?: string
}

/** Throws PublishError. */
export async function readPull(github: GitHub, number: number): Promise<PullState> {
  const { octokit, owner, repo } = github
  const { data } = await octokit
    .request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { owner, repo, pull_number: number })
    .catch((error: unknown) => {
      throw publishError(`pull request ${number} could not be read`, error)
    })
  // `base.sha` is the tip at the last push to the pull request.
  const baseSha = (await tipOf(github, data.base.ref)) ?? data.base.sha
  if (!isSha(baseSha) || !isSha(data.head.sha))
    throw new PublishError('refused', `pull request ${number} could not be read: GitHub's answer names no commits`)
  const mergeSha = data.merge_commit_sha
  return {
    headSha: data.head.sha,
    baseSha,
    changedFiles: data.changed_files,
    ...(mergeSha && isSha(mergeSha) && { mergeSha }),
    ...(data.user && { author: data.user.login }),
  }
}

/** Undefined for a branch that is gone. */
export async function tipOf({ octokit, owner, repo }: GitHub, branch: string): Promise<string | undefined> {
  try {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/git/ref/{ref}', { owner, repo, ref: `heads/${branch}` })
    return data.object.sha
  } catch (error) {
    if (isAbsent(error)) return undefined
    throw publishError(`the tip of branch ${quote(branch)} could not be read`, error)
  }
}

/** The changed files, in GitHub's order; 3,000 at most, whatever `changedFiles` says. Throws PublishError. */
export async function readPullFiles({ octokit, owner, repo }: GitHub, number: number): Promise<readonly PullFile[]> {
  const files: PullFile[] = []
  const pages = octokit.paginate.iterator('GET /repos/{owner}/{repo}/pulls/{pull_number}/files', {
    owner,
    repo,
    pull_number: number,
    per_page: 100,
  })
  try {
    for await (const page of pages) {
      for (const entry of page.data) files.push(readPullFile(entry))
      if (files.length >= filesLimit) break
    }
  } catch (error) {
    throw publishError(`the changed files of pull request ${number} could not be read`, error)
  }
  return files
}
