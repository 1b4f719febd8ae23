/** Workloads that a PodSecurityPolicy of the tree would have refused, and that nothing refuses now. */
import type { Repository } from '../../../repo/repository.ts'
import { refusals } from '../../pod-security-policy.ts'
import type { Rule } from '../../rule.ts'

export const podSecurityPolicy: Rule<Repository> = {
  id: 'api/pod-security-policy',
  severity: 'medium',
  title: 'Workload breaks a PodSecurityPolicy that is not in force',
  why: 'The repository asks for these limits in a PodSecurityPolicy, and no cluster since v1.25 looks at it: a workload that breaks them starts.',
  fix: 'Change the workload, and ask for the limits with Pod Security labels on its namespace, or an admission policy.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/migrate-from-psp/'],
  *check(_, { pods, objectsOf }) {
    const policies = objectsOf('PodSecurityPolicy').filter(({ apiVersion }) => /^(?:policy|extensions)\//.test(apiVersion))
    if (policies.length === 0) return
    for (const pod of pods) {
      const refused = policies.map(({ name, root }) => ({ name, found: [...refusals(pod, root.at('spec'))] }))
      // A pod had to please one policy, whichever.
      const nearest = refused.sort((a, b) => a.found.length - b.found.length)[0]
      for (const refusal of nearest?.found ?? [])
        yield { ...refusal, subject: pod.object.subject, message: `${refusal.message}, against PodSecurityPolicy ${nearest?.name}` }
    }
  },
}
