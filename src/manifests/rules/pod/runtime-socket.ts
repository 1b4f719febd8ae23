/** The container runtime's socket: who can speak to it starts containers of any kind on the node. */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { holdsRuntimeSocket, isRuntimeSocket } from '../../host-paths.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const runtimeSocket: Rule<Pod> = {
  id: 'pod/runtime-socket',
  severity: 'critical',
  title: 'Pod mounts the socket of the container runtime',
  why: 'Who can speak to the runtime’s socket can start a privileged container on the node: it is the node, whatever the pod itself may do. Read-only does not help, for a socket is written to either way.',
  fix: 'Build images with a rootless builder, and read the node’s state through the API server.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  yieldsTo: ['pod-security/host-path-volumes'],
  *check(pod) {
    for (const volume of pod.at('volumes').items()) {
      const field = volume.at('hostPath', 'path')
      const path = String(field.value ?? '')
      const name = quote(String(volume.at('name').value ?? ''))
      if (isRuntimeSocket(path)) yield violation(field, `volume ${name} is the runtime’s socket ${quote(path)}`)
      else if (holdsRuntimeSocket(path))
        yield violation(field, `volume ${name} is ${quote(path)}, where the runtime’s socket lies`, undefined, 'high')
    }
  },
}
