/** Workloads whose traffic is restricted one way only. */
import type { Repository } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'

export const oneDirection: Rule<Repository> = {
  id: 'network/one-direction',
  severity: 'low',
  title: 'Workload is isolated in one direction only',
  why: 'Where only ingress is restricted, whoever takes the pod may send what it holds anywhere and reach for the next one; where only egress is, everybody may come in.',
  fix: 'Add a policy with the other direction in `policyTypes`, and the peers that the workload needs.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#the-two-sorts-of-pod-isolation'],
  *check(_, { pods, policiesOf }) {
    for (const pod of pods) {
      const selecting = policiesOf(pod)
      const isolated = new Set(selecting.flatMap(({ directions }) => [...directions]))
      // Isolated in neither is what network/unselected-workload says.
      if (isolated.size !== 1) continue
      const open = isolated.has('ingress') ? 'egress' : 'ingress'
      const field = pod.object.root.at('metadata', 'name')
      yield { field, subject: pod.object.subject, message: `no NetworkPolicy restricts the ${open} of ${pod.object.subject}` }
    }
  },
}
