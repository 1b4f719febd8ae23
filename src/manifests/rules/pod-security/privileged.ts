/** Pod Security Standards, Baseline, check `privileged`. */
import { quote } from '../../../findings.ts'
import { replaceScalar } from '../../edits.ts'
import type { StandardRule } from '../../pod-security.ts'
import { violation } from '../../violation.ts'

export const standardPrivileged: StandardRule = {
  id: 'pod-security/privileged',
  level: 'baseline',
  since: 0,
  severity: 'critical',
  title: 'Container runs privileged',
  why: 'A privileged container has the devices and the kernel of its node: who takes the container has the node, and with it every other workload there.',
  fix: 'Remove `privileged: true`, and add only the capabilities that the program uses.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod, context) {
    for (const container of pod.containers) {
      const field = container.at('securityContext', 'privileged')
      if (field.value !== true) continue
      yield violation(field, `container ${quote(container.name)} runs privileged`, replaceScalar(context, field, 'false'))
    }
  },
}
