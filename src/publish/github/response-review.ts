/** The review that asks for changes, while a response rule does. https://docs.github.com/en/rest/pulls/reviews */
import { escapeMarkdown, markdownCode } from '../../report/escape.ts'
import { type GitHub, isForbidden, publishError } from './api.ts'
import { viewerLogin } from './viewer.ts'

const marker = '<!-- portcullis-changes -->'

/** Ours that still ask for changes, by id. Throws PublishError. */
async function standingReviews(github: GitHub, number: number): Promise<readonly number[]> {
  const { octokit, owner, repo } = github
  try {
    const login = await viewerLogin(github)
    const reviews = await octokit.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      owner,
      repo,
      pull_number: number,
      per_page: 100,
    })
    return reviews
      .filter(({ state, user, body }) => state === 'CHANGES_REQUESTED' && user?.login === login && body.startsWith(marker))
      .map(({ id }) => id)
  } catch (error) {
    throw isForbidden(error) ? error : publishError(`the reviews of pull request ${number} could not be read`, error)
  }
}

export interface ChangeWish {
  readonly condition: string
  readonly message?: string
}

/** In words, what was done. Throws PublishError, or Octokit's error where the token may not. */
export async function requestChanges(github: GitHub, number: number, commit: string, wishes: readonly ChangeWish[]): Promise<string> {
  const { octokit, owner, repo } = github
  if ((await standingReviews(github, number)).length > 0) return 'changes are requested already'
  const lines = wishes.map(
    ({ condition, message }) => `- ${markdownCode(condition)}${message === undefined ? '' : `: ${escapeMarkdown(message)}`}`,
  )
  const body = [marker, 'Changes are needed here: response rules of the policy are met. The summary says by what.', lines.join('\n')].join(
    '\n\n',
  )
  await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
    ...{ owner, repo, pull_number: number, commit_id: commit },
    event: 'REQUEST_CHANGES',
    body,
  })
  return 'requested changes'
}

/** Where no rule asks for changes any more, ours are withdrawn. Throws PublishError, or Octokit's error where the token may not. */
export async function withdrawRequests(github: GitHub, number: number): Promise<void> {
  const { octokit, owner, repo } = github
  for (const review of await standingReviews(github, number))
    await octokit.request('PUT /repos/{owner}/{repo}/pulls/{pull_number}/reviews/{review_id}/dismissals', {
      ...{ owner, repo, pull_number: number, review_id: review },
      message: 'The response rules that asked for changes are not met any more.',
      event: 'DISMISS',
    })
}
