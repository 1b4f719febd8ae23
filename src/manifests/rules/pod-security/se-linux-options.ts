/** Pod Security Standards, Baseline, check `seLinuxOptions`. */
import { quote } from '../../../findings.ts'
import type { StandardRule } from '../../pod-security.ts'
import { settersOf } from '../../setters.ts'
import { violation } from '../../violation.ts'

export const seLinuxOptions: StandardRule = {
  id: 'pod-security/se-linux-options',
  level: 'baseline',
  since: 0,
  severity: 'high',
  title: 'SELinux options beyond the container types',
  why: 'Another SELinux type, user or role than those made for containers can let the program at the node’s files and processes.',
  fix: 'Remove `user` and `role`, and use one of the types container_t, container_init_t, container_kvm_t (from v1.31 also container_engine_t).',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod, _, minor) {
    for (const { who, field } of settersOf(pod, 'seLinuxOptions')) {
      const type = String(field.at('type').value ?? '')
      const isAllowed = allowedTypes.has(type) || (type === 'container_engine_t' && minor >= 31)
      if (!isAllowed) yield violation(field.at('type'), `${who} sets the SELinux type ${quote(type)}`)
      for (const part of ['user', 'role']) {
        const value = String(field.at(part).value ?? '')
        if (value !== '') yield violation(field.at(part), `${who} sets the SELinux ${part} ${quote(value)}`)
      }
    }
  },
}

const allowedTypes: ReadonlySet<string> = new Set(['', 'container_t', 'container_init_t', 'container_kvm_t'])
