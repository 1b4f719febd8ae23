/** The pull request as GitHub has it now: the event's file may be hours old, and a later run may have been started since. */
import { type GitHub, publishError } from './api.ts'
import { filesLimit, type PullFile, readPullFile } from './diff.ts'
import { PublishError } from './errors.ts'
import { isSha } from './event.ts'

export interface PullState {
  readonly headSha: string
  /** The tip of the base branch now: `base.sha` of the event and of the REST API is the tip at the last push to the pull request. */
  readonly baseSha: string
  readonly changedFiles: number
}

const pullQuery = `query Pull($owner: String!, $repo: String!, $number: Int!) {
  repository(owner: $owner, name: $repo) {
    pullRequest(number: $number) { headRefOid baseRefOid changedFiles baseRef { target { oid } } }
  }
}`

interface PullAnswer {
  readonly repository: {
    readonly pullRequest: {
      readonly headRefOid: string
      readonly baseRefOid: string
      readonly changedFiles: number
      readonly baseRef: { readonly target: { readonly oid: string } | null } | null
    } | null
  } | null
}

export async function readPull({ octokit, owner, repo }: GitHub, number: number): Promise<PullState> {
  const answer = await octokit.graphql<PullAnswer>(pullQuery, { owner, repo, number }).catch((error: unknown) => {
    throw publishError(`pull request ${number} could not be read`, error)
  })
  const pull = answer.repository?.pullRequest
  const baseSha = pull?.baseRef?.target?.oid ?? pull?.baseRefOid
  if (!pull || !baseSha || !isSha(baseSha) || !isSha(pull.headRefOid))
    throw new PublishError('refused', `pull request ${number} could not be read: GitHub's answer names no commits`)
  return { headSha: pull.headRefOid, baseSha, changedFiles: pull.changedFiles }
}

/** The changed files, in GitHub's order; 3,000 at most, whatever `changedFiles` says. */
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
