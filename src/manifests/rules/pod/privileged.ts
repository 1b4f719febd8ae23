/** The `privileged` field of a container: https://kubernetes.io/docs/concepts/security/linux-kernel-security-constraints/#privileged-containers */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { replaceScalar } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

/** Said under its own id whatever standard is in force: what it gives away is the node, and not only a level that was asked for. */
export const privileged: Rule<Pod> = {
  id: 'pod/privileged',
  severity: 'critical',
  title: 'Container runs privileged',
  why: 'A privileged container has the devices and the kernel of its node: who takes the container has the node, and with it every other workload there.',
  fix: 'Remove `privileged: true`, and add only the capabilities that the program uses.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  saidBy: ['pod-security/privileged'],
  *check(pod, context) {
    for (const container of pod.containers) {
      const field = container.at('securityContext', 'privileged')
      if (field.value !== true) continue
      yield violation(
        field,
        `container ${quote(container.name)} runs privileged, with the devices and the kernel of its node`,
        replaceScalar(context, field, 'false'),
      )
    }
  },
}
