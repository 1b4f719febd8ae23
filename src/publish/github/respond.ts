/** Takes what the policy's response rules ask for: on a pull request once, however often it is pushed to. */
import type { Report } from '../../findings.ts'
import { demandsOf, type RespondingPolicy, respond } from '../../gate/responses.ts'
import type { HttpClient } from '../../http.ts'
import { readMarker } from '../../report/marker.ts'
import type { Origin } from '../alerts/alert.ts'
import { type RespondResult, takeResponses } from '../alerts/respond.ts'
import { readTold } from '../alerts/told.ts'
import type { Environment } from '../alerts/variables.ts'
import { type GitHub, publishError } from './api.ts'
import { readConversation } from './conversation.ts'
import type { Permissions } from './permissions.ts'
import { takeOnGitHub, wishesOf } from './response-actions.ts'
import { withdrawRequests } from './response-review.ts'
import { isSummary } from './summary.ts'

export interface Responder {
  readonly github: GitHub
  readonly permissions: Permissions
  readonly http: HttpClient
  /** Where the policy's secrets are. */
  readonly environment: Environment
  readonly now: () => Date
  readonly signal: AbortSignal
  readonly origin: Origin
  say(message: string): void
}

export interface RespondedPull {
  readonly number: number
  readonly headSha: string
  readonly author?: string
}

/** Nothing is done where the pull request has moved on: its newer run does it. Throws PublishError. */
export async function respondToPull(
  report: Report,
  policy: RespondingPolicy,
  pull: RespondedPull,
  responder: Responder,
): Promise<RespondResult> {
  const { github } = responder
  const { effects } = respond(report, demandsOf(policy))
  const asksForChanges = wishesOf(effects).length > 0
  const mayAsk = policy.responses?.rules.some(({ actions }) => actions.some(({ type }) => type === 'request_changes')) === true
  if (!mayAsk && effects.every(({ state }) => state !== 'waiting')) return { report, told: [] }
  const { headSha, summaries } = await readConversation(github, pull.number, { readThread: readMarker, isSummary })
  if (headSha !== pull.headSha) return { report, told: [] }
  if (mayAsk && !asksForChanges) await withdraw(pull.number, responder)
  const told = summaries.flatMap(({ body }) => readTold(body))
  return takeResponses(report, policy, { ...responder, told, take: takeOnGitHub({ ...responder, pull }, effects) })
}

/** Of a commit nothing is remembered: what it does not bring, its rules do not see. */
export async function respondToCommit(report: Report, policy: RespondingPolicy, responder: Responder): Promise<RespondResult> {
  const { effects } = respond(report, demandsOf(policy))
  if (effects.every(({ state }) => state !== 'waiting')) return { report, told: [] }
  return takeResponses(report, policy, { ...responder, told: [], take: takeOnGitHub(responder, effects) })
}

/** A request that stands longer than it should blocks, and does no harm: it is said, and the next run tries again. */
async function withdraw(number: number, { github, permissions, say }: Responder): Promise<void> {
  try {
    await permissions.attempt('pull-requests: write', () => withdrawRequests(github, number))
  } catch (error) {
    say(publishError('the request for changes could not be withdrawn', error).message)
  }
}
