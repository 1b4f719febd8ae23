/** The commit status that branch protection asks for. https://docs.github.com/en/rest/commits/statuses */
import type { Report } from '../../findings.ts'
import type { GitHub } from './api.ts'

export type StatusState = 'error' | 'failure' | 'pending' | 'success'

export const statusContext = 'portcullis'

/** Characters; more is refused. */
const descriptionLimit = 140

export async function setStatus(
  { octokit, owner, repo }: GitHub,
  sha: string,
  status: { readonly state: StatusState; readonly description: string; readonly targetUrl: string | undefined },
): Promise<void> {
  await octokit.request('POST /repos/{owner}/{repo}/statuses/{sha}', {
    owner,
    repo,
    sha,
    state: status.state,
    context: statusContext,
    description: cut(status.description),
    ...(status.targetUrl && { target_url: status.targetUrl }),
  })
}

/** `incomplete` is a failure: what could not be verified is not passed. */
export function stateOf({ verdict }: Pick<Report, 'verdict'>): StatusState {
  return verdict === 'pass' ? 'success' : 'failure'
}

export function describe({ verdict, reasons }: Pick<Report, 'reasons' | 'verdict'>): string {
  return `${verdict}: ${reasons.join('; ')}`
}

function cut(text: string): string {
  const points = [...text.replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ').toWellFormed()]
  return points.length <= descriptionLimit ? points.join('') : `${points.slice(0, descriptionLimit - 1).join('')}…`
}
