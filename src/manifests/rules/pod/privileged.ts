/** The `privileged` field of a container: https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/#privileged-containers */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { replaceScalar } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const privileged: Rule<Pod> = {
  id: 'pod/privileged',
  severity: 'critical',
  title: 'Container runs privileged',
  why: 'A privileged container has the devices and the kernel of its node: who takes the container has the node, and with it every other workload there.',
  fix: 'Remove `privileged: true`, and add only the capabilities that the program uses.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  yieldsTo: ['pod-security/privileged'],
  *check(pod, context) {
    for (const container of pod.containers) {
      const field = container.at('securityContext', 'privileged')
      if (field.value !== true) continue
      yield violation(field, `container ${quote(container.name)} runs privileged`, replaceScalar(context, field, 'false'))
    }
  },
}
