/** Processor time without a bound; off by default, for a limit also slows what would have had time to spare. */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { missingResources } from '../../resources.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const cpuLimit: Rule<Pod> = {
  id: 'pod/cpu-limit',
  severity: 'low',
  title: 'Container has no CPU limit',
  why: 'Some clusters share their nodes by CPU limits alone; there, a container without one takes the time of its neighbours.',
  fix: 'Set `resources.limits.cpu`.',
  references: ['https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/'],
  offByDefault: true,
  *check(pod, context) {
    for (const { container, field } of missingResources(pod, context, 'limits', 'cpu')) {
      yield violation(field, `container ${quote(container.name)} has no CPU limit`)
    }
  },
}
