/** Pods that no NetworkPolicy selects are not isolated: https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation */
import type { Repository } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { readSelector, type Selector } from '../../selector.ts'

export const unselectedWorkload: Rule<Repository> = {
  id: 'network/unselected-workload',
  severity: 'medium',
  title: 'Workload is selected by no NetworkPolicy',
  why: 'A pod that no NetworkPolicy of its namespace selects accepts traffic from everywhere and may send it everywhere: who takes one pod reaches all of them.',
  fix: 'Add a NetworkPolicy to the namespace whose `podSelector` matches the workload’s labels; an empty `podSelector` denies by default for all.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  *check({ objects }, { pods }) {
    const selectors = new Map<string, Selector[]>()
    for (const object of objects) {
      if (object.kind !== 'NetworkPolicy' || !object.apiVersion.startsWith('networking.k8s.io/')) continue
      const ofNamespace = selectors.get(object.namespace) ?? []
      ofNamespace.push(readSelector(object.root.at('spec', 'podSelector')))
      selectors.set(object.namespace, ofNamespace)
    }
    for (const pod of pods) {
      const { object } = pod
      // A pod of the host's network is out of every NetworkPolicy's reach.
      if (pod.at('hostNetwork').value === true) continue
      if (selectors.get(object.namespace)?.some((selector) => selector.matches(pod.labels))) continue
      const field = object.root.at('metadata', 'name')
      yield {
        field,
        subject: object.subject,
        message: `no NetworkPolicy of namespace ${object.namespace || 'default'} selects ${object.subject}`,
      }
    }
  },
}
