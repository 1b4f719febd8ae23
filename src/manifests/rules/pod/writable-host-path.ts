/** Paths of the node that a container may write; where the standard is in force it has refused the volume itself already. */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { isRuntimeSocket } from '../../host-paths.ts'
import type { Rule } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const writableHostPath: Rule<Pod> = {
  id: 'pod/writable-host-path',
  severity: 'high',
  title: 'Container may write to a path of its node',
  why: 'What a container writes to the node’s files can be run, or read as configuration, by the node itself.',
  fix: 'Mount the path with `readOnly: true`, or use another kind of volume.',
  references: ['https://kubernetes.io/docs/concepts/storage/volumes/#hostpath'],
  yieldsTo: ['pod-security/host-path-volumes'],
  *check(pod) {
    const paths = new Map(
      pod
        .at('volumes')
        .items()
        .filter((volume) => isSet(volume.at('hostPath')))
        .map((volume) => [volume.at('name').value, String(volume.at('hostPath', 'path').value ?? '')]),
    )
    for (const container of pod.containers) {
      for (const mount of container.at('volumeMounts').items()) {
        const path = paths.get(mount.at('name').value)
        if (path === undefined || mount.at('readOnly').value === true || isRuntimeSocket(path)) continue
        yield violation(mount, `container ${quote(container.name)} may write to ${quote(path)} of the node`)
      }
    }
  },
}
