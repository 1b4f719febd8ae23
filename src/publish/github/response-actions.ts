/** The actions of response rules that GitHub takes: labels, reviewers, issues, requests for changes. */
import type { Effect } from '../../gate/responses.ts'
import { alertOf, type Origin } from '../alerts/alert.ts'
import type { TakeAction, Taken } from '../alerts/respond.ts'
import { type GitHub, publishError } from './api.ts'
import type { Grant, Permissions } from './permissions.ts'
import { keepIssue } from './response-issue.ts'
import { type ChangeWish, requestChanges } from './response-review.ts'

export interface Place {
  readonly github: GitHub
  readonly permissions: Permissions
  readonly origin: Origin
  /** Absent for a commit of a branch. */
  readonly pull?: { readonly number: number; readonly headSha: string; readonly author?: string }
}

/** `effects`: all of the run. */
export function takeOnGitHub(place: Place, effects: readonly Effect[]): TakeAction {
  // One review says it for all rules that ask for changes.
  let asked: Promise<Taken> | undefined
  return async (effect, keys, report) => {
    const { action, rule } = effect
    switch (action.type) {
      case 'open_issue': {
        const alert = alertOf(effect, report, place.origin)
        const title = action.title ?? `Portcullis: ${rule.source.condition}`
        return attempt(place, 'issues: write', () =>
          keepIssue(place.github, { title, labels: action.labels, assignees: action.assignees, alert }),
        )
      }
      case 'label':
        return onPull(place, keys, 'pull-requests: write', (pull) => addLabels(place.github, pull.number, action.labels))
      case 'assign_reviewers':
        return onPull(place, keys, 'pull-requests: write', (pull) => askReviewers(place.github, pull, action))
      case 'request_changes': {
        if (!asked)
          asked = onPull(place, undefined, 'pull-requests: write', (pull) =>
            requestChanges(place.github, pull.number, pull.headSha, wishesOf(effects)),
          )
        return asked
      }
      default:
        return undefined
    }
  }
}

/** What rules ask changes for. */
export function wishesOf(effects: readonly Effect[]): readonly ChangeWish[] {
  return effects.flatMap(({ action, rule, isHandover }) =>
    action.type === 'request_changes' && !isHandover
      ? [{ condition: rule.source.condition, ...(action.message === undefined ? {} : { message: action.message }) }]
      : [],
  )
}

type Pull = NonNullable<Place['pull']>

/** `keys`: what is to be told; none where all was before, and somebody may have taken it back. */
async function onPull(
  place: Place,
  keys: readonly string[] | undefined,
  grant: Grant,
  act: (pull: Pull) => Promise<string>,
): Promise<Taken> {
  const { pull } = place
  if (!pull) return { state: 'nobody', detail: 'there is no pull request' }
  if (keys?.length === 0) return { state: 'taken', detail: 'was done before' }
  return attempt(place, grant, () => act(pull))
}

async function attempt({ permissions }: Place, grant: Grant, act: () => Promise<string>): Promise<Taken> {
  try {
    const detail = await permissions.attempt(grant, act)
    return detail === undefined ? { state: 'failed', detail: `the token lacks \`${grant}\`` } : { state: 'taken', detail }
  } catch (error) {
    return { state: 'failed', detail: publishError('GitHub did not do it', error).message }
  }
}

async function addLabels({ octokit, owner, repo }: GitHub, number: number, labels: readonly string[]): Promise<string> {
  await octokit.request('POST /repos/{owner}/{repo}/issues/{issue_number}/labels', {
    owner,
    repo,
    issue_number: number,
    labels: [...labels],
  })
  return `added ${labels.join(', ')}`
}

async function askReviewers(
  { octokit, owner, repo }: GitHub,
  { number, author }: Pull,
  { reviewers, teams }: Extract<Effect['action'], { type: 'assign_reviewers' }>,
): Promise<string> {
  // GitHub refuses all of them where one is the author.
  const others = reviewers.filter((login) => login.toLowerCase() !== author?.toLowerCase())
  if (others.length + teams.length === 0) return 'the only reviewer is the author'
  await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/requested_reviewers', {
    ...{ owner, repo, pull_number: number },
    reviewers: others,
    team_reviewers: [...teams],
  })
  return `asked ${[...others, ...teams].join(', ')}`
}
