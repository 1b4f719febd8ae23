/** A container that serves before it is ready: https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/ */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import type { Rule } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const probes: Rule<Pod> = {
  id: 'pod/probes',
  severity: 'low',
  title: 'Container that serves a port has no readiness probe',
  why: 'Without a readiness probe a Service sends requests to a pod that has started and cannot answer yet, and a broken roll-out replaces what works.',
  fix: 'Add a `readinessProbe` that succeeds once the program can answer.',
  references: ['https://kubernetes.io/docs/concepts/configuration/liveness-readiness-startup-probes/'],
  *check(pod) {
    if (!serving.has(pod.object.kind)) return
    for (const container of pod.containers) {
      const isServing = container.kind === 'regular' && container.at('ports').items().length > 0
      if (!isServing || isSet(container.at('readinessProbe'))) continue
      yield violation(container.at('readinessProbe'), `container ${quote(container.name)} serves a port and has no readiness probe`)
    }
  },
}

/** The kinds whose pods are replaced while they serve. */
const serving: ReadonlySet<string> = new Set(['DaemonSet', 'Deployment', 'ReplicaSet', 'ReplicationController', 'StatefulSet'])
