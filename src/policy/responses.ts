/** Response rules: a condition, and what is done where it is met; and where alerts and hand-overs go. */
import type * as z from 'zod'
import { isLoopbackHost } from '../http-address.ts'
import type { Condition } from './condition.ts'
import { ConditionError } from './condition-error.ts'
import { openCondition } from './condition-open.ts'
import { type ResponseScope, responseVocabulary, scopeOf } from './response-names.ts'
import type { alertsSchema, handoverSchema, responseRulesSchema } from './response-schema.ts'
import { policyVocabulary } from './vocabulary.ts'

export interface ResponsePolicy {
  /** In the order of the policy. */
  readonly rules: readonly ResponseRule[]
  readonly alerts: AlertChannels
  /** Who takes what only a running cluster can decide or do. */
  readonly handover?: WebhookChannel
}

export interface ResponseRule {
  /** As it is written, and as one shard hands it to the others. */
  readonly source: ResponseSource
  readonly condition: Condition
  /** Names that only a running cluster has values for. */
  readonly clusterNames: readonly string[]
  readonly scope: ResponseScope
  readonly actions: readonly ResponseAction[]
}

export type ResponseSource = z.infer<typeof responseRulesSchema>[number]

/** `handover`: of a type that no gate takes, for whoever watches the cluster. */
export type ResponseAction =
  | { readonly type: 'alert'; readonly severity?: string; readonly channels?: readonly string[]; readonly message?: string }
  | { readonly type: 'assign_reviewers'; readonly reviewers: readonly string[]; readonly teams: readonly string[] }
  | { readonly type: 'block' }
  | { readonly type: 'handover'; readonly name: string; readonly params: Readonly<Record<string, unknown>> }
  | { readonly type: 'label'; readonly labels: readonly string[] }
  | { readonly type: 'open_issue'; readonly title?: string; readonly labels: readonly string[]; readonly assignees: readonly string[] }
  | { readonly type: 'request_changes'; readonly message?: string }
  | { readonly type: 'warn' }

export const channelNames = ['slack', 'webhook', 'email'] as const
export type ChannelName = (typeof channelNames)[number]

/** Credentials are named by the environment variables that hold them. */
export interface AlertChannels {
  readonly slack?: { readonly webhookFrom: string }
  readonly webhook?: WebhookChannel
  readonly email?: EmailChannel
}

export interface WebhookChannel {
  readonly url?: string
  readonly urlFrom?: string
  readonly secretFrom: string
}

export interface EmailChannel {
  readonly host: string
  readonly port: number
  readonly tls: 'implicit' | 'none' | 'starttls'
  readonly from: string
  readonly to: readonly string[]
  readonly usernameFrom?: string
  readonly passwordFrom?: string
}

/** Throws ConditionError. `source` has the shape of the schema. */
export function responseRuleOf(source: ResponseSource): ResponseRule {
  const { condition, unknownNames } = openCondition(source.condition, responseVocabulary)
  const foreign = unknownNames.find((name) => policyVocabulary.has(name))
  if (foreign !== undefined) throw new ConditionError(source.condition.indexOf(foreign) + 1, `"${foreign}" has a value under "deny" alone`)
  const actions = source.actions.map(({ type, params = {} }) => actionOf(type, params))
  return { source, condition, clusterNames: unknownNames, scope: scopeOf(condition.names), actions }
}

function actionOf(type: string, params: Readonly<Record<string, unknown>>): ResponseAction {
  // The schema has looked at what these types take.
  const given = params as { readonly [key in 'labels' | 'channels' | 'reviewers' | 'teams' | 'assignees']?: readonly string[] } & {
    readonly [key in 'label' | 'message' | 'severity' | 'title']?: string
  }
  const { message, severity, title, channels } = given
  switch (type) {
    case 'block':
    case 'warn':
      return { type }
    case 'request_changes':
      return { type, ...(message === undefined ? {} : { message }) }
    case 'label':
      return { type, labels: given.labels ?? [given.label ?? ''] }
    case 'assign_reviewers':
      return { type, reviewers: given.reviewers ?? [], teams: given.teams ?? [] }
    case 'open_issue':
      return { type, labels: given.labels ?? [], assignees: given.assignees ?? [], ...(title === undefined ? {} : { title }) }
    case 'alert':
      return {
        type,
        ...(severity === undefined ? {} : { severity }),
        ...(channels === undefined ? {} : { channels }),
        ...(message === undefined ? {} : { message }),
      }
    default:
      return { type: 'handover', name: type, params }
  }
}

/** What is wrong with a channel that no shape tells. */
export function channelProblem({ host, tls, usernameFrom }: WrittenEmail): string | undefined {
  if (tls !== 'none') return undefined
  if (!isLoopbackHost(host.toLowerCase())) return 'SMTP without TLS is for loopback addresses only'
  return usernameFrom === undefined ? undefined : 'no password is sent without TLS'
}

export function alertChannels({ slack, webhook, email }: z.infer<typeof alertsSchema>): AlertChannels {
  return {
    ...(slack && { slack }),
    ...(webhook && { webhook: webhookChannel(webhook) }),
    ...(email && { email: emailChannel(email) }),
  }
}

export function webhookChannel({ url, urlFrom, secretFrom }: z.infer<typeof handoverSchema>): WebhookChannel {
  return { ...(url === undefined ? {} : { url }), ...(urlFrom === undefined ? {} : { urlFrom }), secretFrom }
}

type WrittenEmail = NonNullable<z.infer<typeof alertsSchema>['email']>

function emailChannel({ port, usernameFrom, passwordFrom, ...email }: WrittenEmail): EmailChannel {
  return {
    ...email,
    port: port ?? (email.tls === 'implicit' ? 465 : 587),
    ...(usernameFrom === undefined ? {} : { usernameFrom }),
    ...(passwordFrom === undefined ? {} : { passwordFrom }),
  }
}
