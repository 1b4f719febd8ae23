/** Policies that select no pod of the tree. */
import type { Repository } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'

export const unmatchedSelector: Rule<Repository> = {
  id: 'network/unmatched-selector',
  severity: 'medium',
  title: 'NetworkPolicy selects no workload',
  why: 'A policy whose labels match nothing protects nothing, and looks as if it did: mostly a label was misspelt or has changed.',
  fix: 'Make `podSelector` match the labels of the workload’s pod template, in the workload’s namespace.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-resource'],
  *check(_, { pods, networkPolicies }) {
    const inNamespace = Map.groupBy(pods, ({ object }) => object.namespace)
    const applied = new Set(pods.flatMap((pod) => networkPolicies.of(pod)))
    for (const policy of [...networkPolicies.byNamespace.values()].flat()) {
      if (applied.has(policy)) continue
      const { object, selector } = policy
      // A namespace without a workload in the tree gets its workloads from elsewhere.
      const candidates = inNamespace.get(object.namespace) ?? []
      if (candidates.length === 0 || candidates.some(({ labels }) => selector.matches(labels))) continue
      const message = `podSelector ${selector.text} matches none of the ${candidates.length} workloads of namespace ${object.namespace}`
      yield { field: object.root.at('spec', 'podSelector'), subject: object.subject, message }
    }
  },
}
