/** Pod Security Standards, Baseline, check `hostPorts`. */
import { quote } from '../../../findings.ts'
import type { StandardRule } from '../../pod-security.ts'
import { isSet, violation } from '../../violation.ts'

export const hostPorts: StandardRule = {
  id: 'pod-security/host-ports',
  level: 'baseline',
  since: 0,
  severity: 'high',
  title: 'Container takes a port of its node',
  why: 'A port of the node is open on its address, past Services and often past NetworkPolicies, and only one pod a node can have it.',
  fix: 'Remove `hostPort` and publish the port through a Service.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod) {
    for (const container of pod.containers) {
      for (const port of container.at('ports').items()) {
        const field = port.at('hostPort')
        if (!isSet(field) || Number(field.value) === 0) continue
        yield violation(field, `container ${quote(container.name)} takes port ${String(field.value)} of the node`)
      }
    }
  },
}
