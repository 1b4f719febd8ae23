/** One pod against the Pod Security Standards that are asked of its namespace. */

import type { Severity } from '../findings.ts'
import type { Pod } from '../repo/pod.ts'
import { checksOf, type Demand, type StandardRule } from './pod-security.ts'
import type { Context, Violation } from './rule.ts'
import { standardRules } from './rules.ts'

export interface StandardViolation {
  readonly rule: StandardRule
  readonly violation: Violation
  readonly severity: Severity
}

/** The checks that a demand makes. */
export interface ChecksInForce {
  readonly demand: Demand
  readonly enforce: readonly StandardRule[]
  readonly warn: readonly StandardRule[]
  /** The ids of all, and of those whose place they take. */
  readonly ids: ReadonlySet<string>
}

export function checksInForce(demand: Demand): ChecksInForce {
  const [enforce, warn] = [checksOf(demand.enforce, standardRules), checksOf(demand.warn, standardRules)]
  return { demand, enforce, warn, ids: idsOf([...enforce, ...warn]) }
}

/**
 * What admission would refuse, at least `high`; then what it would only warn of, at most `medium`. Others than `asked` are known to have nothing to say
 * of this pod.
 */
export function* standardViolations(
  pod: Pod,
  { demand, enforce, warn }: ChecksInForce,
  context: Context,
  asked: readonly StandardRule[] = standardRules,
): Generator<StandardViolation> {
  const isAsked = (rule: StandardRule) => asked === standardRules || asked.includes(rule)
  const reported = new Set<string>()
  for (const rule of enforce.filter(isAsked)) {
    for (const violation of rule.check(pod, context, demand.enforce.minor)) {
      reported.add(identity(rule.id, violation))
      yield { rule, violation, severity: (violation.severity ?? rule.severity) === 'critical' ? 'critical' : 'high' }
    }
  }
  const isSameVersion = demand.enforce.minor === demand.warn.minor
  const enforced = isSameVersion ? idsOf(enforce) : new Set()
  for (const rule of warn.filter(isAsked)) {
    if (enforced.has(rule.id)) continue
    for (const violation of rule.check(pod, context, demand.warn.minor)) {
      // The restricted form of a check says again what its baseline form has said.
      const isRepeated = [rule.id, rule.overrides ?? rule.id].some((id) => reported.has(identity(id, violation)))
      if (!isRepeated) yield { rule, violation, severity: 'medium' }
    }
  }
}

function idsOf(checks: readonly StandardRule[]): ReadonlySet<string> {
  return new Set(checks.flatMap(({ id, overrides }) => (overrides === undefined ? [id] : [id, overrides])))
}

function identity(id: string, violation: Violation): string {
  return `${id} ${'field' in violation ? JSON.stringify(violation.field.path) : ''}`
}
