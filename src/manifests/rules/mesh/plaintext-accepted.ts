/** Modes of PeerAuthentication: https://istio.io/latest/docs/reference/config/security/peer_authentication/ */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { replaceScalar } from '../../edits.ts'
import { mutualTlsOf, rootNamespace } from '../../istio.ts'
import type { Rule } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const plaintextAccepted: Rule<KubernetesObject> = {
  id: 'mesh/plaintext-accepted',
  severity: 'medium',
  title: 'Plain text is accepted in the mesh',
  why: 'With PERMISSIVE, or DISABLE, a workload takes requests without mutual TLS: anybody on the network can read them and send them, as nobody in particular.',
  fix: 'Set the mode to STRICT.',
  references: ['https://istio.io/latest/docs/reference/config/security/peer_authentication/'],
  kinds: ['PeerAuthentication'],
  *check(object, context) {
    if (object.kind !== 'PeerAuthentication' || !object.apiVersion.startsWith('security.istio.io/')) return
    const spec = object.root.at('spec')
    const ports = spec
      .at('portLevelMtls')
      .entries()
      .map(([port, field]) => ({ where: ` on port ${port}`, field: field.at('mode') }))
    const mode = spec.at('mtls', 'mode')
    // Without a mode it has that of its namespace, or of the mesh: PERMISSIVE where none says another.
    if (!isSet(mode) || mode.value === 'UNSET') {
      const others = context.objectsOf('PeerAuthentication').filter((one) => one !== object)
      if (mutualTlsOf(others, object.namespace, new Map()) === undefined)
        yield violation(
          mode,
          'mode is not set, nor that of its namespace or of the mesh in this tree: the default is PERMISSIVE',
          undefined,
          object.namespace === rootNamespace ? undefined : 'low',
        )
    }
    for (const { where, field } of [{ where: '', field: mode }, ...ports]) {
      if (field.value !== 'PERMISSIVE' && field.value !== 'DISABLE') continue
      yield violation(
        field,
        `mode is ${field.value}${where}`,
        replaceScalar(context, field, 'STRICT'),
        field.value === 'DISABLE' ? 'high' : undefined,
      )
    }
  },
}
