/** Pod Security Standards, Baseline, check `hostNamespaces`. */
import type { StandardRule } from '../../pod-security.ts'
import { violation } from '../../violation.ts'

export const hostNamespaces: StandardRule = {
  id: 'pod-security/host-namespaces',
  level: 'baseline',
  since: 0,
  severity: 'high',
  title: 'Pod shares a namespace of its node',
  why: 'In the network, process or IPC namespace of its node a pod sees and reaches what belongs to the node and to all other pods on it: their traffic, their processes, their memory.',
  fix: 'Remove `hostNetwork`, `hostPID` and `hostIPC`; publish ports through a Service.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod) {
    for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) {
      const field = pod.at(name)
      if (field.value === true) yield violation(field, `pod sets ${name}`)
    }
  },
}
