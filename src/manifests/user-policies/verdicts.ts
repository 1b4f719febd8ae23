/** What a user's policy says of one target, before it is a finding or a gap. */

import type { Gap, Problem } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { Target } from './target.ts'

export type PolicyVerdict =
  | { readonly kind: 'refused'; readonly message: string; readonly field: Field }
  | { readonly kind: 'unknown'; readonly message: string }

/** A policy of the team's own, ready to be asked. */
export interface UserPolicy {
  /** `ValidatingAdmissionPolicy "no-latest"`. */
  readonly title: string
  readonly name: string
  /** Refusals are reported and do not block. */
  readonly isWarning: boolean
  readonly description: string
  /** Whether it selects namespaces by their labels: those that the tree does not hold could be selected too. */
  readonly selectsNamespaces?: boolean
  judge(target: Target): readonly PolicyVerdict[]
}

export interface PolicyResult {
  readonly problems: readonly (Problem & { readonly subject: string; readonly locations: NonNullable<Problem['locations']> })[]
  readonly gaps: readonly Gap[]
}

export function problemOf(
  policy: UserPolicy,
  target: Target,
  { message, field }: PolicyVerdict & { readonly kind: 'refused' },
): PolicyResult['problems'][number] {
  const place = field.kind === 'scalar' ? field.location() : field.keyLocation()
  const { file, startLine } = place
  return {
    rule: `policy/${policy.name}`,
    check: 'policy',
    severity: policy.isWarning ? 'medium' : 'high',
    title: policy.description || `Refused by ${policy.title}`,
    message,
    subject: target.object.subject,
    locations: [place.startLine === place.endLine ? place : { file, startLine, endLine: startLine }],
    ...(policy.isWarning && { mode: 'warn' as const }),
  }
}

export function gapOf(policy: UserPolicy, subject: string, message: string, field: Field): Gap {
  const { file, startLine } = field.keyLocation()
  return { subject, message: `${policy.title}: ${message}`, locations: [{ file, startLine, endLine: startLine }] }
}
