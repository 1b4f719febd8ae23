/** From problems to findings: their severity by policy, new or existing, waived or not, blocking or not. */
import type { Finding, FindingState, Problem, Risk, Severity } from '../findings.ts'
import { severities } from '../findings.ts'
import { matchesPattern } from '../policy/patterns.ts'
import type { EnforcementMode, FailOn, Policy } from '../policy/policy.ts'
import { fingerprints } from './fingerprint.ts'
import { byPlace, type PlacedProblem } from './place.ts'
import { waiverFor } from './waivers.ts'

export interface Decision {
  readonly policy: Policy
  readonly failOn: FailOn
  /** Fingerprints that the base has. */
  readonly existing: ReadonlySet<string>
  /** Milliseconds since 1970: what the base has and was published later is newly disclosed. Undefined: nothing is. */
  readonly baseTime?: number
  /** `YYYY-MM-DD` */
  readonly today: string
  /** With the severity by policy. Undefined: no finding has a risk. */
  readonly riskOf?: (placed: PlacedProblem, severity: Severity) => Risk
}

/** Sorted: by risk, then the worst first, then by place. Problems whose rule the policy turns off are left out. */
export function decide(problems: readonly PlacedProblem[], decision: Decision): Finding[] {
  const { policy } = decision
  const kept = problems.filter(({ problem }) => overrideOf(problem, policy) !== 'off')
  const ids = fingerprintsOf(kept)
  return kept.map((placed, index) => findingOf(placed, ids[index] ?? '', decision)).sort(byImportance)
}

export function fingerprintsOf(problems: readonly PlacedProblem[]): string[] {
  return fingerprints(problems)
}

/** By the rule's own id, else by another name of it: `pod/privileged` is what the standard's check is called in our own words. */
function overrideOf({ rule, aliases = [] }: PlacedProblem['problem'], { rules }: Policy): Severity | 'off' | undefined {
  return [rule, ...aliases].map((id) => rules.get(id)).find((severity) => severity !== undefined)
}

/** The policy's word, else the problem's own. */
export function severityOf(problem: Problem, policy: Policy): Severity | 'off' {
  return overrideOf(problem, policy) ?? problem.severity
}

function findingOf(placed: PlacedProblem, fingerprint: string, decision: Decision): Finding {
  const { problem, subject, locations } = placed
  const { policy, failOn, existing, today } = decision
  const override = overrideOf(problem, policy)
  const severity = override === undefined || override === 'off' ? problem.severity : override
  // An annotation of the object itself counts after the policy's waivers.
  const waiver =
    waiverFor(policy, { ...problem, subject, fingerprint }, today) ??
    (problem.excuse && { ...problem.excuse, owner: 'annotation of the object' })
  const state: FindingState = waiver || problem.vex ? 'waived' : existing.has(fingerprint) ? 'existing' : 'new'
  const isDisclosed = state === 'existing' && isPublishedAfter(problem, decision.baseTime)
  const counts = state === 'new' || (isDisclosed && policy.newlyDisclosed === 'block')
  const isDemand =
    override === undefined && (problem.check === 'policy' || problem.check === 'signature' || problem.check === 'attestation')
  const reaches =
    failOn !== 'never' &&
    (problem.mode === undefined ? isDemand || isAtLeast(countedAs(severity, problem, policy), failOn) : problem.mode === 'block')
  const { anchor: _, subject: __, locations: ___, excuse: ____, ...rest } = problem as typeof problem & { subject?: string }
  return {
    ...rest,
    severity,
    subject,
    locations,
    state,
    ...(isDisclosed && { newlyDisclosed: true }),
    blocking: counts && reaches && modeOf(locations, policy.enforcement) === 'enforce',
    fingerprint,
    ...(waiver && { waiver: { reason: waiver.reason, owner: waiver.owner, until: waiver.until } }),
    ...(decision.riskOf && { risk: decision.riskOf(placed, severity) }),
  }
}

function isPublishedAfter({ published }: Problem, time: number | undefined): boolean {
  return published !== undefined && time !== undefined && Date.parse(published) > time
}

export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold)
}

/** An unrated problem counts as the policy says when the threshold is asked; it is shown as `unknown`. */
function countedAs(severity: Severity, { knownExploited }: Problem, { unrated }: Policy): Severity {
  if (severity !== 'unknown') return severity
  return knownExploited ? unrated.knownExploited : unrated.otherwise
}

/** A finding on several lines has the strictest mode of them; one without a line is enforced. */
export function modeOf(locations: readonly { readonly file: string }[], enforcement: Policy['enforcement']): EnforcementMode {
  const modes = locations.map(
    ({ file }) => enforcement.find(({ paths }) => paths.some((path) => matchesPattern(path, file)))?.mode ?? 'enforce',
  )
  if (modes.length === 0 || modes.includes('enforce')) return 'enforce'
  return modes.includes('warn') ? 'warn' : 'audit'
}

/** The order of a report's findings; no two are equal in it, for fingerprints are their own. */
export function byImportance(left: Finding, right: Finding): number {
  return (
    riskScore(right) - riskScore(left) ||
    severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
    byFirstPlace(left, right) ||
    compareText(left.rule, right.rule) ||
    compareText(left.subject, right.subject) ||
    compareText(left.fingerprint, right.fingerprint)
  )
}

/** One without a risk comes after all that have one. */
const riskScore = ({ risk }: Finding): number => risk?.risk_score ?? -1

function byFirstPlace({ locations: [left] }: Finding, { locations: [right] }: Finding): number {
  if (!left || !right) return (left ? 0 : 1) - (right ? 0 : 1)
  return byPlace(left, right)
}

function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}
