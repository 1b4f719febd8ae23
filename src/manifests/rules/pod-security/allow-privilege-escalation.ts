/** Pod Security Standards, Restricted, check `allowPrivilegeEscalation`. */
import { quote } from '../../../findings.ts'
import { setScalar } from '../../edits.ts'
import type { StandardRule } from '../../pod-security.ts'
import { violation } from '../../violation.ts'

export const allowPrivilegeEscalation: StandardRule = {
  id: 'pod-security/allow-privilege-escalation',
  level: 'restricted',
  since: 8,
  severity: 'medium',
  title: 'Container may gain privileges',
  why: 'Without `allowPrivilegeEscalation: false` a program in the container can become root through a setuid file or file capabilities, whatever user it started as.',
  fix: 'Set `allowPrivilegeEscalation: false` in the container’s `securityContext`.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  *check(pod, context, minor) {
    if (minor >= 25 && pod.at('os', 'name').value === 'windows') return
    for (const container of pod.containers) {
      const field = container.at('securityContext', 'allowPrivilegeEscalation')
      if (field.value === false) continue
      const isPrivileged = container.at('securityContext', 'privileged').value === true
      const mended = setScalar(context, container.field, ['securityContext', 'allowPrivilegeEscalation'], 'false')
      // The API server refuses the two together: what mends the one would break the other.
      yield violation(
        field,
        `container ${quote(container.name)} does not set allowPrivilegeEscalation to false`,
        isPrivileged ? undefined : mended,
      )
    }
  },
}
