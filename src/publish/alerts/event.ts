/** What a generic webhook gets: a signed event. Standard Webhooks 1.0: https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md */
import { createHash, createHmac } from 'node:crypto'
import type { Finding, Report } from '../../findings.ts'
import type { Effect } from '../../gate/responses.ts'
import type { Origin } from './alert.ts'
import { AlertError } from './errors.ts'

const mostMatches = 100
const mostFindings = 100
const mostPlaces = 5
const shortestKeyBytes = 16

export interface SignedEvent {
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** `alert`, or `handover`: of an action or a condition that only a running cluster can take or decide. */
export type EventKind = 'alert' | 'handover'

export function eventBody(kind: EventKind, effect: Effect, report: Report, origin: Origin, now: Date): string {
  const { rule, action, matches, detail } = effect
  const { type, params } = writtenAction(effect)
  return JSON.stringify({
    type: `portcullis.${kind}`,
    timestamp: now.toISOString(),
    data: {
      condition: rule.source.condition,
      action: { type, params },
      ...(kind === 'handover' && { unknown: rule.clusterNames, reason: detail }),
      ...(action.type === 'alert' && action.severity !== undefined && { severity: action.severity }),
      verdict: report.verdict,
      origin,
      matches: matches.slice(0, mostMatches).map(({ subject, locations, findings }) => ({
        ...(subject === undefined ? {} : { subject }),
        locations: locations.slice(0, mostPlaces).map(({ file, startLine }) => ({ file, line: startLine })),
        findings: findings.slice(0, mostFindings).map(findingFacts),
      })),
      matchesOmitted: Math.max(0, matches.length - mostMatches),
      images: report.subjects
        .slice(0, mostMatches)
        .map(({ reference, digest }) => ({ reference, ...(digest === undefined ? {} : { digest }) })),
    },
  })
}

/** As the policy has it. */
function writtenAction({ rule, action }: Effect): { readonly type: string; readonly params: unknown } {
  const name = action.type === 'handover' ? action.name : action.type
  const index = rule.actions.indexOf(action)
  return { type: name, params: rule.source.actions[index]?.params ?? {} }
}

function findingFacts({ rule, check, severity, title, fingerprint, package: affected, risk }: Finding) {
  return {
    ...{ rule, check, severity, title, fingerprint },
    ...(affected && { purl: affected.purl }),
    ...(risk && { riskScore: risk.risk_score }),
  }
}

/** `id`: the same for the same message, so that a receiver can tell one that comes twice. Throws AlertError for a key that is none. */
export function signEvent(body: string, id: string, secret: string, now: Date): SignedEvent {
  const timestamp = String(Math.floor(now.getTime() / 1000))
  const signature = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.${body}`).digest('base64')
  return { headers: { 'webhook-id': id, 'webhook-timestamp': timestamp, 'webhook-signature': `v1,${signature}` }, body }
}

/** `whsec_` and base64, as the standard has it; any other text is the key itself. */
function keyOf(secret: string): Buffer {
  const key = secret.startsWith('whsec_') ? Buffer.from(secret.slice('whsec_'.length), 'base64') : Buffer.from(secret)
  if (key.length < shortestKeyBytes)
    throw new AlertError(`the key of the signature has ${key.length} bytes, expected at least ${shortestKeyBytes}`)
  return key
}

export function messageId(parts: readonly string[]): string {
  return `msg_${createHash('sha256').update(JSON.stringify(parts)).digest('base64url').slice(0, 27)}`
}
