/** Pod Security Standards, Baseline, check `hostPathVolumes`. */
import { quote } from '../../../findings.ts'
import { isRuntimeSocket } from '../../host-paths.ts'
import type { StandardRule } from '../../pod-security.ts'
import { isSet, violation } from '../../violation.ts'

export const hostPathVolumes: StandardRule = {
  id: 'pod-security/host-path-volumes',
  level: 'baseline',
  since: 0,
  severity: 'high',
  title: 'Pod mounts a path of its node',
  why: 'A path of the node is shared with the node itself: a container that can write there, or read its credentials and sockets, can take the node over.',
  fix: 'Use a persistent volume claim, a `configMap`, a `projected` or an `emptyDir` volume in its place.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod) {
    for (const volume of pod.at('volumes').items()) {
      const field = volume.at('hostPath')
      if (!isSet(field)) continue
      const path = String(field.at('path').value ?? '')
      const name = quote(String(volume.at('name').value ?? ''))
      if (isRuntimeSocket(path))
        yield violation(field, `volume ${name} is the socket of the node’s container runtime`, undefined, 'critical')
      else yield violation(field, `volume ${name} is the path ${quote(path)} of the node`)
    }
  },
}
