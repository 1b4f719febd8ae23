/** The event that started the workflow, read from its file. https://docs.github.com/en/webhooks/webhook-events-and-payloads */
import { quote } from '../../findings.ts'
import { PublishError } from './errors.ts'
import { at, bad, isSha, sha, text } from './payload.ts'

export interface PullRequestEvent {
  readonly kind: 'pull_request'
  readonly owner: string
  readonly repo: string
  readonly number: number
  readonly headSha: string
  readonly baseSha: string
  /** The head is in another repository: its author may not be trusted by this one. */
  readonly isFork: boolean
}

/** An event about a commit: push, schedule, workflow_dispatch, merge_group. */
export interface CommitEvent {
  readonly kind: 'commit'
  readonly owner: string
  readonly repo: string
  readonly headSha: string
  /** What came before it, where the event says so. */
  readonly baseSha?: string
  /** `refs/heads/main`. */
  readonly ref?: string
  /** What a push to another branch is compared with, and where its policy is read: nobody has reviewed that branch. */
  readonly defaultBranch?: string
  /** The commits of a merge queue are on no branch that code scanning knows. */
  readonly isQueued?: boolean
}

/** A run of another workflow has ended: `mode: publish` tells what that one found. */
export interface WorkflowRunEvent {
  readonly kind: 'workflow_run'
  readonly owner: string
  readonly repo: string
  readonly runId: number
}

/** Somebody has replied in a thread: requests for waivers are answered, and nothing is judged. */
export interface ReviewCommentEvent {
  readonly kind: 'review_comment'
  readonly owner: string
  readonly repo: string
  readonly number: number
}

export type Event = PullRequestEvent | CommitEvent | WorkflowRunEvent | ReviewCommentEvent

/** Throws PublishError `bad-event`, also for events that the gate must not judge. */
export function readEvent(name: string, payload: unknown, environment: { readonly sha?: string; readonly ref?: string }): Event {
  const repository = text(payload, 'repository', 'full_name')
  const [owner, repo, ...more] = repository.split('/')
  if (!owner || !repo || more.length > 0) throw bad(`repository.full_name ${quote(repository)} is not owner/name`)
  switch (name) {
    case 'pull_request':
      return { kind: 'pull_request', owner, repo, ...pullRequest(payload, repository) }
    case 'pull_request_target':
      throw new PublishError(
        'bad-event',
        'pull_request_target runs with the rights of the base branch, and what this step judges is the work of somebody else: ' +
          'run it on pull_request, and for forks publish its report from a second workflow on workflow_run with mode: publish',
      )
    case 'pull_request_review_comment': {
      const { number } = pullRequest(payload, repository)
      return { kind: 'review_comment', owner, repo, number }
    }
    case 'merge_group':
      return {
        kind: 'commit',
        owner,
        repo,
        headSha: sha(payload, 'merge_group', 'head_sha'),
        baseSha: sha(payload, 'merge_group', 'base_sha'),
        ref: text(payload, 'merge_group', 'head_ref'),
        isQueued: true,
      }
    case 'push': {
      const before = text(payload, 'before')
      return {
        kind: 'commit',
        owner,
        repo,
        headSha: sha(payload, 'after'),
        // A new branch has forty zeros here.
        ...(/^0*$/.test(before) ? {} : { baseSha: sha(payload, 'before') }),
        ref: text(payload, 'ref'),
        ...defaultBranch(payload),
      }
    }
    case 'schedule':
    case 'workflow_dispatch': {
      if (!environment.sha || !isSha(environment.sha)) throw bad(`GITHUB_SHA ${quote(environment.sha ?? '')} is not a commit`)
      return {
        kind: 'commit',
        owner,
        repo,
        headSha: environment.sha,
        ...(environment.ref && { ref: environment.ref }),
        ...defaultBranch(payload),
      }
    }
    case 'workflow_run': {
      const id = at(payload, 'workflow_run', 'id')
      if (typeof id !== 'number' || !Number.isSafeInteger(id) || id < 1) throw bad('workflow_run.id is not a number')
      return { kind: 'workflow_run', owner, repo, runId: id }
    }
    default:
      throw bad(
        `${quote(name)} is not an event that this step knows: expected pull_request, pull_request_review_comment, merge_group, push, schedule, workflow_dispatch or workflow_run`,
      )
  }
}

function pullRequest(payload: unknown, repository: string): Omit<PullRequestEvent, 'kind' | 'owner' | 'repo'> {
  const number = at(payload, 'pull_request', 'number')
  if (typeof number !== 'number' || !Number.isSafeInteger(number) || number < 1) throw bad('pull_request.number is not a number')
  // The repository of the head is null once a fork was deleted.
  const head = at(payload, 'pull_request', 'head', 'repo', 'full_name')
  return {
    number,
    headSha: sha(payload, 'pull_request', 'head', 'sha'),
    baseSha: sha(payload, 'pull_request', 'base', 'sha'),
    isFork: head !== repository,
  }
}

function defaultBranch(payload: unknown): { defaultBranch?: string } {
  const name = at(payload, 'repository', 'default_branch')
  return typeof name === 'string' && name !== '' ? { defaultBranch: name } : {}
}
