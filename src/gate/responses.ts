/** The policy's response rules, held against a report: which actions are to be taken, on what. Nothing is done here but what changes the verdict. */
import type { Finding, Report, ResponseDemandsText } from '../findings.ts'
import { editDistance } from '../policy/condition.ts'
import type { Policy } from '../policy/policy.ts'
import { responseNames } from '../policy/response-names.ts'
import { channelNames, type ResponseAction, type ResponseRule, type ResponseSource, responseRuleOf } from '../policy/responses.ts'
import { modeOf } from './decide.ts'
import { type Facts, factsOf, holdAgainst, type Match } from './response-matches.ts'
import { notePrefix, withBlocks, withEffects } from './response-report.ts'

/** What deciding takes of a policy. */
export interface ResponseDemands {
  readonly rules: readonly ResponseRule[]
  /** The channels that alerts can go to. */
  readonly channels: readonly string[]
  /** Whether somebody takes what only a running cluster can do. */
  readonly hasHandover: boolean
  readonly enforcement: Policy['enforcement']
}

/** One action of one rule, with all that it is about. */
export interface Effect {
  readonly rule: ResponseRule
  readonly action: ResponseAction
  /** Of an alert: one effect a channel. */
  readonly channel?: string
  /** A running cluster takes it, or decides whether it is taken. */
  readonly isHandover?: true
  readonly matches: readonly Match[]
  readonly state: 'failed' | 'handed-over' | 'nobody' | 'taken' | 'waiting'
  readonly detail: string
}

export interface Responded {
  readonly report: Report
  readonly effects: readonly Effect[]
  /** Which rules could not be decided, and why; the report has them too. */
  readonly undecided: readonly string[]
}

/** What responding takes of a policy. */
export type RespondingPolicy = Pick<Policy, 'enforcement' | 'responses'>

/** Undefined where the policy has no response rules. */
export function demandsOf({ responses, enforcement }: RespondingPolicy): ResponseDemands | undefined {
  if (!responses || responses.rules.length === 0) return undefined
  const channels = channelNames.filter((name) => responses.alerts[name] !== undefined)
  return { rules: responses.rules, channels, hasHandover: responses.handover !== undefined, enforcement }
}

/** For a report whose files are named from the root of the repository; `folder` is the judged one, normalized, `.` for the root. */
export function inFolder(policy: RespondingPolicy, folder: string): RespondingPolicy {
  if (folder === '.') return policy
  const enforcement = policy.enforcement.map(({ paths, mode }) => ({ paths: paths.map((path) => `${folder}/${path}`), mode }))
  return { ...policy, enforcement }
}

export function demandsText({ rules, channels, hasHandover, enforcement }: ResponseDemands): ResponseDemandsText {
  return { rules: rules.map(({ source }) => source), channels, hasHandover, enforcement }
}

/** Throws ConditionError. */
export function readDemands({ rules, ...rest }: ResponseDemandsText): ResponseDemands {
  return { ...rest, rules: rules.map((source) => responseRuleOf(source as ResponseSource)) }
}

/** What rules speak of that others decide. They are held against the report once the others have blocked what they block. */
const lateNames = ['blocking', 'blocking_findings', 'verdict'] as const

/** What an earlier call has put in the report is worked out anew. */
export function respond(report: Report, demands: ResponseDemands | undefined): Responded {
  if (!demands) return { report, effects: [], undecided: [] }
  const isLate = ({ condition: { names } }: ResponseRule): boolean => lateNames.some((name) => names.has(name))
  const bare = withEffects(report, [], [])
  const early = held(
    demands.rules.filter((rule) => !isLate(rule)),
    factsOf(bare),
    bare,
    demands,
  )
  const blocked = withBlocks(bare, early.effects)
  const late = demands.rules.some(isLate)
    ? held(demands.rules.filter(isLate), factsOf(blocked), blocked, demands)
    : { effects: [], undecided: [] }
  const place = ({ rule }: Effect): number => demands.rules.indexOf(rule)
  const effects = [...early.effects, ...late.effects].sort((left, right) => place(left) - place(right))
  const undecided = [...early.undecided, ...late.undecided]
  return { report: withEffects(withBlocks(bare, effects), effects, undecided), effects, undecided }
}

type Held = Omit<Responded, 'report'>

function held(rules: readonly ResponseRule[], facts: Facts, report: Report, demands: ResponseDemands): Held {
  const all = rules.map((rule) => heldRule(rule, facts, report, demands))
  return { effects: all.flatMap(({ effects }) => effects), undecided: all.flatMap(({ undecided }) => undecided) }
}

function heldRule(rule: ResponseRule, facts: Facts, report: Report, demands: ResponseDemands): Held {
  const { met, left, lacking } = holdAgainst(rule, facts)
  const effects = [
    ...(met.length > 0 ? rule.actions.flatMap((action) => effectsOf(rule, action, met, report, demands)) : []),
    ...(left.length > 0 ? rule.actions.map((action) => handedOver({ rule, action, matches: left }, demands, clusterNames(rule))) : []),
  ]
  const undecided = [...lacking].map(
    ([name, subjects]) =>
      `${notePrefix}"${rule.source.condition}" was not decided for ${some(subjects)}: ${name} has no value${needs.get(name) ?? ''}`,
  )
  return { effects, undecided }
}

const earlierImages = ' (it needs --anomaly, or `anomaly` of the Action, and enough earlier images)'

/** What has to be asked for. */
const needs: ReadonlyMap<string, string> = new Map([
  ['anomaly_score', earlierImages],
  ['is_anomaly', earlierImages],
])

function effectsOf(
  rule: ResponseRule,
  action: ResponseAction,
  matches: readonly Match[],
  { policy: { failOn } }: Report,
  demands: ResponseDemands,
): readonly Effect[] {
  const effect = { rule, action, matches }
  switch (action.type) {
    case 'block':
      if (failOn === 'never') return [{ ...effect, state: 'nobody', detail: 'nothing blocks: failOn is never' }]
      return blockEffects(effect, demands)
    case 'warn':
      return [{ ...effect, state: 'taken', detail: `warns of ${counted(matches)}` }]
    case 'handover':
      return [handedOver(effect, demands, `${action.name} is an action of a running cluster`)]
    case 'alert':
      return alertEffects(effect, action.channels ?? demands.channels, demands)
    default:
      return [{ ...effect, state: 'waiting', detail: 'is taken where the result is published' }]
  }
}

/** A path whose mode is `warn` or `audit` blocks for no rule. */
function blockEffects(effect: Pick<Effect, 'action' | 'matches' | 'rule'>, { enforcement }: ResponseDemands): readonly Effect[] {
  const isEnforced = ({ locations }: Pick<Finding, 'locations'>): boolean => modeOf(locations, enforcement) === 'enforce'
  const blocking = effect.matches.flatMap((match): Match[] => {
    if (match.findings.length === 0) return isEnforced(match) ? [match] : []
    const findings = match.findings.filter(isEnforced)
    return findings.length > 0 ? [{ ...match, findings }] : []
  })
  const named = new Set(blocking.map(({ subject }) => subject))
  const others = effect.matches.filter(({ subject }) => !named.has(subject))
  return [
    ...(blocking.length > 0 ? [{ ...effect, matches: blocking, state: 'taken' as const, detail: `blocks ${counted(blocking)}` }] : []),
    ...(others.length > 0
      ? [{ ...effect, matches: others, state: 'nobody' as const, detail: 'the enforcement of its path does not block' }]
      : []),
  ]
}

function alertEffects(
  effect: Pick<Effect, 'action' | 'matches' | 'rule'>,
  channels: readonly string[],
  demands: ResponseDemands,
): readonly Effect[] {
  if (channels.length === 0) return [{ ...effect, state: 'nobody', detail: 'the policy has no channel for alerts' }]
  return [...new Set(channels)].map((channel) =>
    demands.channels.includes(channel)
      ? { ...effect, channel, state: 'waiting', detail: 'is sent where the result is published' }
      : { ...effect, channel, state: 'nobody', detail: `the policy's alerts have no channel ${channel}` },
  )
}

function handedOver(effect: Pick<Effect, 'action' | 'matches' | 'rule'>, { hasHandover }: ResponseDemands, why: string): Effect {
  return hasHandover
    ? { ...effect, isHandover: true, state: 'waiting', detail: `${why}: is handed over where the result is published` }
    : { ...effect, isHandover: true, state: 'nobody', detail: `${why}, and the policy names nobody who takes it` }
}

/** A misspelt name would make a rule that no gate ever applies: the nearest of ours is said. */
function clusterNames({ clusterNames: names }: ResponseRule): string {
  const said = names.map((name) => {
    const near = responseNames.find((known) => editDistance(known.name, name) <= 2)
    return near ? `${name} (not ${near.name}?)` : name
  })
  return `only a running cluster knows ${some(said)}`
}

function counted(matches: readonly Match[]): string {
  const findings = matches.reduce((sum, match) => sum + match.findings.length, 0)
  if (findings > 0) return findings === 1 ? 'a finding' : `${findings} findings`
  if (matches.every(({ subject }) => subject === undefined)) return 'the run'
  return matches.length === 1 ? 'an image' : `${matches.length} images`
}

function some(names: readonly string[], limit = 3): string {
  const distinct = [...new Set(names)]
  const more = distinct.length - limit
  return `${distinct.slice(0, limit).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
