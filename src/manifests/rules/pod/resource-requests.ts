/** What the scheduler has to know: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { missingResources } from '../../resources.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const resourceRequests: Rule<Pod> = {
  id: 'pod/resource-requests',
  severity: 'low',
  title: 'Container requests no CPU or memory',
  why: 'Without requests the scheduler packs pods onto nodes that cannot carry them, and these pods are the first to be evicted.',
  fix: 'Set `resources.requests.cpu` and `resources.requests.memory` to what the program needs ordinarily.',
  references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  *check(pod, context) {
    for (const resource of ['cpu', 'memory'] as const) {
      const missing = [...missingResources(pod, context, 'requests', resource)]
      if (missing.length === 0) continue
      // A limit without a request is a request of the same size.
      const unlimited = new Set([...missingResources(pod, context, 'limits', resource)].map(({ container }) => container))
      for (const { container, field } of missing) {
        if (unlimited.has(container)) yield violation(field, `container ${quote(container.name)} requests no ${resource}`)
      }
    }
  },
}
