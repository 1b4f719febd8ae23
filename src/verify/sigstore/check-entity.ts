/** Who made a signature: a key that we trust, or an identity in a certificate of a Sigstore instance that we trust. */
import { checkCertificate } from './check-certificate.ts'
import { checkKey } from './check-key.ts'
import type { Entity, EntityCheck, SigstoreTrust } from './entity.ts'

/** Throws VerificationError where the trust does not suffice to tell. */
export function checkEntity(entity: Entity, trust: SigstoreTrust): EntityCheck {
  return entity.key.$case === 'certificate' ? checkCertificate(entity, entity.key.certificate, trust) : checkKey(entity, trust)
}
