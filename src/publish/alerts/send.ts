/** Sends one alert or hand-over to where the policy says. */
import type { Report } from '../../findings.ts'
import type { Effect } from '../../gate/responses.ts'
import type { HttpClient } from '../../http.ts'
import type { ResponsePolicy, WebhookChannel } from '../../policy/responses.ts'
import { alertOf, type Origin } from './alert.ts'
import { AlertError } from './errors.ts'
import { type EventKind, eventBody, messageId, signEvent } from './event.ts'
import { post } from './post.ts'
import { slackBody } from './slack.ts'
import { addressFrom, type Environment, secretOf } from './variables.ts'

export interface SendWorld {
  readonly http: HttpClient
  /** Where the variables that the policy names are looked for. */
  readonly environment: Environment
  readonly now: () => Date
  readonly signal: AbortSignal
  readonly origin: Origin
}

/** `keys`: of what is told, see `told.ts`. Throws AlertError. */
export async function sendAlert(
  effect: Effect,
  keys: readonly string[],
  report: Report,
  { alerts }: ResponsePolicy,
  world: SendWorld,
): Promise<void> {
  const { http, environment, signal, origin, now } = world
  const { slack, webhook, email } = alerts
  if (effect.channel === 'slack' && slack)
    return post(
      http,
      {
        url: addressFrom(environment, { urlFrom: slack.webhookFrom }),
        headers: {},
        body: slackBody(alertOf(effect, report, origin)),
        mayRepeat: false,
      },
      signal,
    )
  if (effect.channel === 'webhook' && webhook) return sendEvent('alert', effect, keys, report, webhook, world)
  if (effect.channel === 'email' && email) {
    const [{ mailMessage }, { sendMail }] = await Promise.all([import('./mail.ts'), import('./smtp.ts')])
    const message = mailMessage(alertOf(effect, report, origin), email, idOf('alert', effect, keys, origin), now())
    return sendMail(email, message, { environment, signal })
  }
  throw new AlertError(`the policy's alerts have no channel ${effect.channel ?? ''}`)
}

export async function handOver(
  effect: Effect,
  keys: readonly string[],
  report: Report,
  { handover }: ResponsePolicy,
  world: SendWorld,
): Promise<void> {
  if (!handover) throw new AlertError('the policy names nobody who takes it')
  return sendEvent('handover', effect, keys, report, handover, world)
}

async function sendEvent(
  kind: EventKind,
  effect: Effect,
  keys: readonly string[],
  report: Report,
  channel: WebhookChannel,
  { http, environment, signal, origin, now }: SendWorld,
): Promise<void> {
  const url = addressFrom(environment, channel)
  const time = now()
  const body = eventBody(kind, effect, report, origin, time)
  const signed = signEvent(body, idOf(kind, effect, keys, origin), secretOf(environment, channel.secretFrom), time)
  return post(http, { url, ...signed, mayRepeat: true }, signal)
}

function idOf(kind: EventKind, { channel }: Effect, keys: readonly string[], { repository = '', pull, revision = '' }: Origin): string {
  return messageId([kind, channel ?? '', repository, String(pull ?? ''), revision, ...keys])
}
