/** Denials by list: https://istio.io/latest/docs/ops/best-practices/security/#use-allow-with-positive-matching-and-deny-with-negative-match-patterns */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { actionOf, isAuthorizationPolicy } from '../../istio.ts'
import type { Rule } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const denyPositivePorts: Rule<KubernetesObject> = {
  id: 'mesh/deny-positive-ports',
  severity: 'medium',
  title: 'DENY policy lists what it denies',
  why: 'What the list forgets is allowed: a port that is added later, or a path that is written another way, goes past a DENY with positive matches.',
  fix: 'Deny with `notPorts`, `notPaths`, `notMethods` or `notHosts`, or allow with a positive list.',
  references: [
    'https://istio.io/latest/docs/ops/best-practices/security/#use-allow-with-positive-matching-and-deny-with-negative-match-patterns',
  ],
  kinds: ['AuthorizationPolicy'],
  *check(object) {
    if (!isAuthorizationPolicy(object) || actionOf(object) !== 'DENY') return
    for (const rule of object.root.at('spec', 'rules').items()) {
      // A denial of one source on some ports is what it says.
      if (rule.at('from').items().length > 0) continue
      for (const operation of rule
        .at('to')
        .items()
        .map((to) => to.at('operation'))) {
        for (const [part, severity] of [
          ['ports', undefined],
          ['paths', 'low'],
        ] as const) {
          const field = operation.at(part)
          if (isSet(field)) yield violation(field, `rule denies a list of ${part}, and lets every other one through`, undefined, severity)
        }
      }
    }
  },
}
