/** Pod Security Standards, Baseline, check `hostNamespaces`. */
import { replaceScalar } from '../../edits.ts'
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
  *check(pod, context) {
    for (const name of ['hostNetwork', 'hostPID', 'hostIPC']) {
      const field = pod.at(name)
      if (field.value !== true) continue
      // A pod that leaves the network of its node comes under network policies, and needs a Service: no one line does that.
      yield violation(field, `pod sets ${name}`, name === 'hostNetwork' ? undefined : replaceScalar(context, field, 'false'))
    }
  },
}
