/** Pod Security Standards, Baseline, check `hostProbesAndHostLifecycle`. */
import { quote } from '../../../findings.ts'
import type { StandardRule } from '../../pod-security.ts'
import { violation } from '../../violation.ts'

export const hostProbesAndHostLifecycle: StandardRule = {
  id: 'pod-security/host-probes-and-host-lifecycle',
  level: 'baseline',
  since: 34,
  severity: 'high',
  title: 'Probe or lifecycle hook names a host',
  why: 'The kubelet makes the request of a probe or hook, from the node: with a host of the author’s choice it reaches what the pod itself may not.',
  fix: 'Remove `host`: the pod’s own address is the default.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod) {
    for (const container of pod.containers) {
      for (const path of places) {
        for (const handler of ['httpGet', 'tcpSocket']) {
          const field = container.at(...path, handler, 'host')
          const value = String(field.value ?? '')
          if (value !== '')
            yield violation(field, `container ${quote(container.name)} names the host ${quote(value)} in its ${path.at(-1)}`)
        }
      }
    }
  },
}

const places = [['livenessProbe'], ['readinessProbe'], ['startupProbe'], ['lifecycle', 'postStart'], ['lifecycle', 'preStop']] as const
