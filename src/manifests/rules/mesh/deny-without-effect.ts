/** A DENY policy without rules: https://istio.io/latest/docs/reference/config/security/authorization-policy/ */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { actionOf, isAuthorizationPolicy } from '../../istio.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const denyWithoutEffect: Rule<KubernetesObject> = {
  id: 'mesh/deny-without-effect',
  severity: 'medium',
  title: 'DENY policy never denies',
  why: 'A policy denies what one of its rules matches; without rules it matches nothing, and all that it seems to forbid is allowed.',
  fix: 'Write the rules that are to be denied; to deny everything, use `rules: [{}]`, or an ALLOW policy without rules.',
  references: ['https://istio.io/latest/docs/reference/config/security/authorization-policy/'],
  kinds: ['AuthorizationPolicy'],
  *check(object) {
    if (!isAuthorizationPolicy(object) || actionOf(object) !== 'DENY') return
    const rules = object.root.at('spec', 'rules')
    if (rules.items().length === 0)
      yield violation(rules.kind === 'absent' ? object.root.at('spec', 'action') : rules, 'DENY policy has no rules, and denies nothing')
  },
}
