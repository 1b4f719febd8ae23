/** An inventory of keys to migrate: NIST IR 8547, https://doi.org/10.6028/NIST.IR.8547.ipd */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isCertificate, keyOf } from '../../certificates.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const certificateQuantumVulnerable: Rule<KubernetesObject> = {
  id: 'certificate/quantum-vulnerable',
  severity: 'low',
  title: 'Key that a quantum computer breaks',
  why: 'RSA and elliptic curves fall to a large quantum computer, and what is recorded today can be read then. Standards plan to end their use by 2035; this is the list of what has to move.',
  fix: 'Nothing yet where the issuer has no other algorithm; keep the list short, and the certificates short-lived.',
  references: ['https://csrc.nist.gov/pubs/ir/8547/ipd'],
  kinds: ['Certificate'],
  *check(object) {
    if (!isCertificate(object)) return
    const { algorithm, size } = keyOf(object)
    if (!/^(?:RSA|ECDSA|ED25519)$/.test(algorithm)) return
    const key = object.root.at('spec', 'privateKey', 'algorithm')
    yield violation(
      key.kind === 'absent' ? object.root.at('spec', 'secretName') : key,
      `key is ${algorithm}${size === undefined ? '' : ` with ${size} bits`}`,
    )
  },
}
