/** Memory without a bound: https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/ */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { missingResources } from '../../resources.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const memoryLimit: Rule<Pod> = {
  id: 'pod/memory-limit',
  severity: 'low',
  title: 'Container has no memory limit',
  why: 'A container without a memory limit can take all memory of its node: a leak or an attack on one program stops its neighbours.',
  fix: 'Set `resources.limits.memory` to what the program needs at most.',
  references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  *check(pod, context) {
    for (const { container, field } of missingResources(pod, context, 'limits', 'memory')) {
      yield violation(field, `container ${quote(container.name)} has no memory limit`)
    }
  },
}
