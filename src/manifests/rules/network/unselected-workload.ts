/** Pods that no NetworkPolicy selects are not isolated: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation */
import type { Repository } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'

export const unselectedWorkload: Rule<Repository> = {
  id: 'network/unselected-workload',
  severity: 'medium',
  title: 'Workload is selected by no NetworkPolicy',
  why: 'A pod that no NetworkPolicy of its namespace selects accepts traffic from everywhere and may send it everywhere: who takes one pod reaches all of them.',
  fix: 'Add a NetworkPolicy to the namespace whose `podSelector` matches the workload’s labels; an empty `podSelector` denies by default for all.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  *check(_, { pods, policiesOf }) {
    for (const pod of pods) {
      const { object } = pod
      // A pod of the host's network is out of every NetworkPolicy's reach.
      if (pod.at('hostNetwork').value === true || policiesOf(pod).length > 0) continue
      const field = object.root.at('metadata', 'name')
      yield {
        field,
        subject: object.subject,
        message: `no NetworkPolicy of namespace ${object.namespace || 'default'} selects ${object.subject}`,
      }
    }
  },
}
