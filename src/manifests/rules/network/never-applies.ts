/** Rules of a direction that the policy does not isolate are not looked at. */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isNetworkPolicy, readNetworkPolicy } from '../../reachability/policies.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const neverApplies: Rule<KubernetesObject> = {
  id: 'network/never-applies',
  severity: 'medium',
  title: 'NetworkPolicy rules that never apply',
  why: 'Where `policyTypes` leaves a direction out, the policy’s rules for it are ignored: what they seem to restrict is open.',
  fix: 'Add the direction to `policyTypes`, or remove its rules.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],
  kinds: ['NetworkPolicy'],
  *check(object) {
    if (!isNetworkPolicy(object)) return
    const { directions } = readNetworkPolicy(object)
    for (const direction of ['ingress', 'egress'] as const) {
      const field = object.root.at('spec', direction)
      if (field.kind !== 'list' || directions.has(direction)) continue
      yield violation(
        field,
        `${direction} rules are ignored, for policyTypes does not name ${direction === 'ingress' ? 'Ingress' : 'Egress'}`,
      )
    }
  },
}
