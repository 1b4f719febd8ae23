/** Pod Security Standards, Restricted, check `restrictedVolumes`. Upstream allows `image` at every version. */
import { quote } from '../../../findings.ts'
import type { StandardRule } from '../../pod-security.ts'
import { isSet, violation } from '../../violation.ts'

export const restrictedVolumes: StandardRule = {
  id: 'pod-security/restricted-volumes',
  level: 'restricted',
  since: 0,
  overrides: 'pod-security/host-path-volumes',
  severity: 'medium',
  title: 'Volume of a type that is not allowed',
  why: 'Volumes that name a path of the node or a storage system directly go past the persistent volumes that the cluster’s owners control.',
  fix: 'Use one of configMap, csi, downwardAPI, emptyDir, ephemeral, image, persistentVolumeClaim, projected, secret.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  *check(pod) {
    for (const volume of pod.at('volumes').items()) {
      const sources = volume.entries().filter(([key, field]) => key !== 'name' && isSet(field))
      // The API server makes an emptyDir of a volume that names no source.
      if (sources.length === 0 || sources.some(([key]) => allowed.has(key))) continue
      const name = quote(String(volume.at('name').value ?? ''))
      yield violation(sources[0]?.[1] ?? volume, `volume ${name} has the type ${quote(sources[0]?.[0] ?? '')}`)
    }
  },
}

const allowed: ReadonlySet<string> = new Set([
  'configMap',
  'csi',
  'downwardAPI',
  'emptyDir',
  'ephemeral',
  'image',
  'persistentVolumeClaim',
  'projected',
  'secret',
])
