/** Pod Security Standards, Baseline, check `capabilities_baseline`. */
import { quote } from '../../../findings.ts'
import { defaultCapabilities } from '../../default-capabilities.ts'
import type { StandardRule } from '../../pod-security.ts'
import { violation } from '../../violation.ts'

export const capabilitiesBaseline: StandardRule = {
  id: 'pod-security/capabilities-baseline',
  level: 'baseline',
  since: 0,
  severity: 'high',
  title: 'Container adds a capability beyond the default set',
  why: 'A capability outside of the runtime’s default set opens a part of the kernel that contained programs do not need; several of them (SYS_ADMIN, SYS_PTRACE, NET_ADMIN, …) are ways out of the container.',
  fix: 'Remove the capability from `capabilities.add`, or move what needs it out of the cluster’s ordinary workloads.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod) {
    for (const container of pod.containers) {
      for (const added of container.at('securityContext', 'capabilities', 'add').items()) {
        if (defaultCapabilities.has(String(added.value))) continue
        yield violation(added, `container ${quote(container.name)} adds the capability ${quote(String(added.value))}`)
      }
    }
  },
}
