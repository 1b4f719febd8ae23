/** The kernel's no_new_privs: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { setScalar } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const privilegeEscalation: Rule<Pod> = {
  id: 'pod/privilege-escalation',
  severity: 'medium',
  title: 'Container may gain privileges',
  why: 'Without `allowPrivilegeEscalation: false` a program in the container can become root through a setuid file or file capabilities, whatever user it started as.',
  fix: 'Set `allowPrivilegeEscalation: false` in the container’s `securityContext`.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  yieldsTo: ['pod-security/allow-privilege-escalation'],
  *check(pod, context) {
    if (pod.at('os', 'name').value === 'windows') return
    for (const container of pod.containers) {
      const field = container.at('securityContext', 'allowPrivilegeEscalation')
      if (field.value === false) continue
      const isSet = field.kind !== 'absent'
      const mended = setScalar(context, container.field, ['securityContext', 'allowPrivilegeEscalation'], 'false')
      // The API server refuses the two together: privileged has to go first.
      const suggestion = container.at('securityContext', 'privileged').value === true ? undefined : mended
      const message = `container ${quote(container.name)} ${isSet ? 'sets' : 'does not set'} allowPrivilegeEscalation${isSet ? ' to something other than' : ' to'} false`
      yield violation(field, message, suggestion)
    }
  },
}
