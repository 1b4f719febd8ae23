/** Takes what response rules ask for, and says in the report what has become of it. */
import type { Gap, Report } from '../../findings.ts'
import { mapLimited } from '../../gate/once.ts'
import { withBlocks, withEffects } from '../../gate/response-report.ts'
import { demandsOf, type Effect, type RespondingPolicy, respond } from '../../gate/responses.ts'
import { handOver, type SendWorld, sendAlert } from './send.ts'
import { type Fresh, freshPart } from './told.ts'

/** What one action came to. */
export interface Taken {
  readonly state: Effect['state']
  readonly detail: string
}

/** Takes an action on a forge; undefined where it is none that can be taken there. `keys`: of what was not told before. Throws what goes wrong. */
export type TakeAction = (effect: Effect, keys: readonly string[], report: Report) => Promise<Taken | undefined>

export interface RespondWorld extends SendWorld {
  /** Absent at a desk: the actions of a forge go on waiting. */
  readonly take?: TakeAction
  /** Keys of what was told before. */
  readonly told: readonly string[]
  /** Of all alerts together. Default 120,000. */
  readonly deadlineMilliseconds?: number
}

export interface RespondResult {
  readonly report: Report
  /** Keys of what has been told now. */
  readonly told: readonly string[]
}

const atOnce = 4
/** All of them together: a gate that waits for its alerts is none. */
const deadlineMilliseconds = 120_000

/** What is demanded and could not be done is a gap: nobody knows of what they should. */
export async function takeResponses(report: Report, policy: RespondingPolicy, world: RespondWorld): Promise<RespondResult> {
  const decided = respond(report, demandsOf(policy))
  const known = new Set(world.told)
  const deadline = AbortSignal.timeout(world.deadlineMilliseconds ?? deadlineMilliseconds)
  const bounded = { ...world, signal: AbortSignal.any([world.signal, deadline]) }
  const outcomes = await mapLimited(decided.effects, atOnce, async (effect) => {
    const outcome = await outcomeOf(effect, decided.report, policy, known, bounded)
    world.signal.throwIfAborted()
    return outcome
  })
  const effects = outcomes.map(({ effect }) => effect)
  const gaps = effects.filter(({ state }) => state === 'failed').map(gapOf)
  const told = outcomes.flatMap(({ keys }) => keys)
  return { report: withEffects(withBlocks(decided.report, effects), effects, decided.undecided, gaps), told }
}

interface Outcome {
  readonly effect: Effect
  readonly keys: readonly string[]
}

async function outcomeOf(
  effect: Effect,
  report: Report,
  policy: RespondingPolicy,
  told: ReadonlySet<string>,
  world: RespondWorld,
): Promise<Outcome> {
  if (effect.state !== 'waiting') return { effect, keys: [] }
  const fresh = freshPart(effect, report, told)
  try {
    world.signal.throwIfAborted()
    const taken = await takeOne(effect, fresh, report, policy, world)
    if (taken === undefined) return { effect, keys: [] }
    return { effect: { ...effect, ...taken }, keys: taken.state === 'failed' || taken.state === 'nobody' ? [] : (fresh?.keys ?? []) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return { effect: { ...effect, state: 'failed', detail: world.signal.aborted ? `there was no time left: ${reason}` : reason }, keys: [] }
  }
}

async function takeOne(
  effect: Effect,
  fresh: Fresh | undefined,
  report: Report,
  { responses }: RespondingPolicy,
  world: RespondWorld,
): Promise<Taken | undefined> {
  if (!responses) return undefined
  if (effect.isHandover) {
    if (!fresh) return { state: 'handed-over', detail: 'was handed over before' }
    await handOver(fresh.effect, fresh.keys, report, responses, world)
    return { state: 'handed-over', detail: 'was sent to the webhook of the policy' }
  }
  if (effect.action.type === 'alert') {
    if (!fresh) return { state: 'taken', detail: 'was sent before' }
    await sendAlert(fresh.effect, fresh.keys, report, responses, world)
    return { state: 'taken', detail: 'was sent' }
  }
  return world.take?.(effect, fresh?.keys ?? [], report)
}

function gapOf({ rule, action, channel, detail }: Effect): Gap {
  const name = action.type === 'handover' ? action.name : action.type
  const what = channel === undefined ? name : `${name} by ${channel}`
  return { subject: `response ${what}`, message: `${detail} (response rule ${rule.source.condition})`, locations: [] }
}
