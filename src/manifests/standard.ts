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

/** What admission would refuse, at least `high`; then what it would only warn of, at most `medium`. */
export function* standardViolations(pod: Pod, { enforce, warn }: Demand, context: Context): Generator<StandardViolation> {
  const inForce = checksInForce({ enforce })
  const reported = new Set<string>()
  for (const rule of checksOf(enforce, standardRules)) {
    for (const violation of rule.check(pod, context, enforce.minor)) {
      reported.add(identity(rule.id, violation))
      yield { rule, violation, severity: (violation.severity ?? rule.severity) === 'critical' ? 'critical' : 'high' }
    }
  }
  for (const rule of checksOf(warn, standardRules)) {
    if (inForce.has(rule.id) && enforce.minor === warn.minor) continue
    for (const violation of rule.check(pod, context, warn.minor)) {
      // The restricted form of a check says again what its baseline form has said.
      const isRepeated = [rule.id, rule.overrides ?? rule.id].some((id) => reported.has(identity(id, violation)))
      if (!isRepeated) yield { rule, violation, severity: 'medium' }
    }
  }
}

/** The ids of all checks that are made, and of those whose place they take. */
export function checksInForce({ enforce, warn }: Pick<Demand, 'enforce'> & Partial<Demand>): ReadonlySet<string> {
  const checks = [...checksOf(enforce, standardRules), ...(warn ? checksOf(warn, standardRules) : [])]
  return new Set(checks.flatMap(({ id, overrides }) => (overrides === undefined ? [id] : [id, overrides])))
}

function identity(id: string, violation: Violation): string {
  return `${id} ${'field' in violation ? JSON.stringify(violation.field.path) : ''}`
}
