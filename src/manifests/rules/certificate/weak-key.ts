/** Key sizes: NIST SP 800-57 Part 1, table 2, https://doi.org/10.6028/NIST.SP.800-57pt1r5 */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isCertificate, keyOf } from '../../certificates.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const certificateWeakKey: Rule<KubernetesObject> = {
  id: 'certificate/weak-key',
  severity: 'high',
  title: 'Key is too small',
  why: 'An RSA key under 2048 bits, or a curve under 256, can be broken with means that exist.',
  fix: 'Use ECDSA with 256 or 384 bits, Ed25519, or RSA with 3072 bits.',
  references: ['https://csrc.nist.gov/pubs/sp/800/57/pt1/r5/final'],
  kinds: ['Certificate'],
  *check(object) {
    if (!isCertificate(object)) return
    const { algorithm, size, field } = keyOf(object)
    const least = algorithm === 'RSA' ? 2048 : 256
    if (size !== undefined && size < least) yield violation(field, `${algorithm} key has ${size} bits, less than ${least}`)
  },
}
