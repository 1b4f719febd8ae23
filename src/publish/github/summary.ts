/** The one comment on the pull request that is kept up to date. */
import { writeTold } from '../alerts/told.ts'
import { type GitHub, statusOf } from './api.ts'
import type { OurComment } from './conversation.ts'

const marker = '<!-- portcullis-summary -->'

/** Characters of a body; more is refused. The marker and what is added here fit below it. */
export const summaryLimit = 65_536 - 2048

export function isSummary(body: string): boolean {
  return body.startsWith(marker)
}

/** `told`: keys of the alerts that were sent, for the next run. */
export function summaryBody(markdown: string, remarks: readonly string[], told: readonly string[] = []): string {
  return [marker, ...(told.length > 0 ? [writeTold(told)] : []), markdown.trimEnd(), ...remarks].join('\n\n')
}

/** The oldest of ours is the one; true where it was written anew, and another run may have done the same. */
export async function writeSummary(
  { octokit, owner, repo }: GitHub,
  number: number,
  body: string,
  ours: readonly OurComment[],
): Promise<boolean> {
  const [first] = ours.toSorted((left, right) => left.id - right.id)
  if (first?.body === body) return false
  if (first) {
    const updated = await octokit
      .request('PATCH /repos/{owner}/{repo}/issues/comments/{comment_id}', { owner, repo, comment_id: first.id, body })
      .then(() => true)
      .catch((error: unknown) => {
        // Somebody deleted it since it was read.
        if (statusOf(error) === 404) return false
        throw error
      })
    if (updated) return false
  }
  await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/comments', { owner, repo, issue_number: number, body })
  return true
}
