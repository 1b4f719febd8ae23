/** Pod Security Standards, Baseline, check `windowsHostProcess`. */
import { quote } from '../../../findings.ts'
import type { StandardRule } from '../../pod-security.ts'
import { violation } from '../../violation.ts'

export const windowsHostProcess: StandardRule = {
  id: 'pod-security/windows-host-process',
  level: 'baseline',
  since: 0,
  severity: 'critical',
  title: 'Container is a process of its Windows node',
  why: 'A HostProcess container is a process of the node itself, with the node’s network and, mostly, its administrator: nothing contains it.',
  fix: 'Remove `windowsOptions.hostProcess`.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod) {
    const own = { name: undefined, field: pod.at('securityContext', 'windowsOptions', 'hostProcess') }
    const theirs = pod.containers.map((container) => ({
      name: container.name,
      field: container.at('securityContext', 'windowsOptions', 'hostProcess'),
    }))
    for (const { name, field } of [own, ...theirs]) {
      if (field.value === true) yield violation(field, `${name === undefined ? 'pod' : `container ${quote(name)}`} sets hostProcess`)
    }
  },
}
