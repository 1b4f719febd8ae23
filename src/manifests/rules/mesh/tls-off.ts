/** TLS of the client’s side: https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings */
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { replaceScalar } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const tlsOff: Rule<KubernetesObject> = {
  id: 'mesh/tls-off',
  severity: 'medium',
  title: 'DestinationRule turns TLS, or its checks, off',
  why: 'Requests to this host leave the sidecar in plain text, or to whoever answers: what the mesh encrypts elsewhere can be read and changed here.',
  fix: 'Use the mode ISTIO_MUTUAL inside of the mesh, and SIMPLE with `caCertificates` or `subjectAltNames` to the outside.',
  references: ['https://istio.io/latest/docs/reference/config/networking/destination-rule/#ClientTLSSettings'],
  kinds: ['DestinationRule'],
  *check(object, context) {
    if (object.kind !== 'DestinationRule' || !object.apiVersion.startsWith('networking.istio.io/')) return
    const spec = object.root.at('spec')
    const policies = [
      spec.at('trafficPolicy'),
      ...spec
        .at('subsets')
        .items()
        .map((subset) => subset.at('trafficPolicy')),
    ]
    for (const tls of policies.flatMap(settingsOf)) {
      if (tls.at('mode').value === 'DISABLE') yield violation(tls.at('mode'), 'TLS to the host is turned off')
      if (tls.at('insecureSkipVerify').value === true)
        yield violation(
          tls.at('insecureSkipVerify'),
          'the certificate of the host is not checked',
          replaceScalar(context, tls.at('insecureSkipVerify'), 'false'),
          'high',
        )
    }
  },
}

function settingsOf(policy: Field): readonly Field[] {
  return [
    policy.at('tls'),
    ...policy
      .at('portLevelSettings')
      .items()
      .map((port) => port.at('tls')),
  ]
}
