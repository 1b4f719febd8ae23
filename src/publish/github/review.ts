/** One review with the comments of one run. https://docs.github.com/en/rest/pulls/reviews#create-a-review-for-a-pull-request */

import type { Anchor } from './anchor.ts'
import { type GitHub, publishError, statusOf } from './api.ts'

export interface ReviewComment {
  readonly anchor: Anchor
  readonly body: string
}

/** How many of the comments GitHub took. Throws PublishError, or Octokit's error where the token may not. */
export async function postReview(
  { octokit, owner, repo }: GitHub,
  number: number,
  commit: string,
  comments: readonly ReviewComment[],
): Promise<number> {
  const common = { owner, repo, pull_number: number, commit_id: commit }
  try {
    await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/reviews', {
      ...common,
      event: 'COMMENT',
      comments: comments.map(fieldsOf),
    })
    return comments.length
  } catch (error) {
    // One comment that GitHub finds off the diff refuses them all.
    if (statusOf(error) !== 422) throw error
  }
  let posted = 0
  for (const comment of comments) {
    try {
      await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', { ...common, ...fieldsOf(comment) })
      posted++
    } catch (error) {
      if (statusOf(error) !== 422) throw publishError('a review comment could not be posted', error)
      // Told in the summary: the caller counts what was not posted.
    }
  }
  return posted
}

function fieldsOf({ anchor, body }: ReviewComment) {
  const { path, startLine, line } = anchor
  const range = startLine < line ? { start_line: startLine, start_side: 'RIGHT' as const } : {}
  return { path, body, line, side: 'RIGHT' as const, ...range }
}

/** On a changed file as a whole; false where GitHub does not count it among the changed ones. */
export async function postFileComment(
  { octokit, owner, repo }: GitHub,
  number: number,
  commit: string,
  path: string,
  body: string,
): Promise<boolean> {
  try {
    await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
      owner,
      repo,
      pull_number: number,
      commit_id: commit,
      path,
      body,
      subject_type: 'file',
    })
    return true
  } catch (error) {
    if (statusOf(error) === 422) return false
    throw error
  }
}
