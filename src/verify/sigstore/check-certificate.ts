/** A signature by an identity in a certificate. */
import { createPublicKey, X509Certificate } from 'node:crypto'
import { quote, UsageError } from '../../findings.ts'
import { VerificationError } from '../errors.ts'
import { describeIdentity, isSigner, type KeylessSigner } from '../keyless.ts'
import { schemeOf } from '../keys.ts'
import { type Certificate, type Entity, type EntityCheck, type EntityFailure, lacks, type SigstoreTrust, signingTime } from './entity.ts'
import { certificateIdentity, isForCodeSigning } from './fulcio.ts'
import { runVerifier } from './run-verifier.ts'
import { instancesOf, type SigstoreRoot } from './trusted-root.ts'

/** Throws VerificationError `unsupported` where there is no trusted root to tell with. */
export function checkCertificate(entity: Entity, certificate: Certificate, { identities, root }: SigstoreTrust): EntityCheck {
  const failure = checkLeaf(certificate, entity)
  if (failure) return failure
  if (identities.length === 0)
    return { status: 'untrusted', code: 'unknown-identity', message: 'signed with a certificate, and no identity is trusted' }
  // Signers of one instance share its answer.
  const groups = Map.groupBy(identities, (signer) => `${signer.root?.name ?? ''} ${signer.transparencyLog ?? ''}`)
  const answers = [...groups.values()].flatMap((signers) =>
    rootsOf(signers, root).map((instance) => checkSigners(entity, certificate, signers, instance)),
  )
  const rank = (answer: EntityCheck) => (answer.status === 'verified' ? 0 : answer.code === 'unknown-authority' ? 2 : 1)
  const [best] = answers.toSorted((left, right) => rank(left) - rank(right))
  if (!best) throw new TypeError('no group of signers')
  return best
}

function checkLeaf(certificate: Certificate, { signature }: Entity): EntityFailure | undefined {
  try {
    const leaf = new X509Certificate(certificate.root.toDER())
    const key = {
      key: createPublicKey({ key: certificate.publicKey, format: 'der', type: 'spki' }),
      scheme: schemeOf(leaf.publicKey, 'the certificate'),
    }
    if (!isForCodeSigning(leaf))
      return { status: 'invalid', code: 'certificate-purpose', message: 'the certificate is not one for code signing' }
    if (signature.isSignedBy(key)) return undefined
  } catch (error) {
    const message = error instanceof UsageError ? error.message : 'the certificate does not parse'
    return { status: 'invalid', code: 'certificate-malformed', message }
  }
  return { status: 'invalid', code: 'signature', message: 'the signature is not by the certificate that comes with it' }
}

function rootsOf([first]: readonly KeylessSigner[], common: SigstoreRoot | undefined): readonly SigstoreRoot[] {
  const root = first?.root ?? common
  if (!root) throw new VerificationError('unsupported', `there is no trusted root to verify signer ${quote(first?.name ?? '')} with`)
  return instancesOf(root)
}

function checkSigners(entity: Entity, certificate: Certificate, signers: readonly KeylessSigner[], root: SigstoreRoot): EntityCheck {
  if (!claimsAuthorityOf(certificate, root)) {
    return { status: 'untrusted', code: 'unknown-authority', message: `the certificate is by no authority of ${root.name}` }
  }
  // An instance without logs, such as GitHub's for private repositories, has timestamps in their place.
  const use = signers[0]?.transparencyLog ?? (root.material.tlogs.length > 0 ? 'required' : 'ignored')
  const judged = use === 'ignored' ? withoutLog(entity) : entity
  const wanted = use === 'required' ? 1 : 0
  if (judged.tlogEntries.length < wanted) return lacks('log-entry-missing')
  if (!judged.timestamps.some((stamp) => stamp.$case === 'timestamp-authority' || stamp.tlogEntry.inclusionPromise))
    return lacks('timestamp-missing')
  // An instance without a certificate log has none to ask.
  const ctlogThreshold = root.material.ctlogs.length > 0 ? 1 : 0
  const result = runVerifier(judged, root.material, { tlogThreshold: wanted, timestampThreshold: 1, ctlogThreshold })
  if ('code' in result) return result
  const identity = certificateIdentity(result.signer)
  if (!identity) return { status: 'invalid', code: 'certificate-malformed', message: 'the certificate names no subject' }
  const signer = signers.find((candidate) => isSigner(candidate, identity))
  const time = signingTime(judged)
  const message = `signed by ${describeIdentity(identity)}${time.signedAt ? ` at ${time.signedAt.toISOString()}` : ''}`
  if (!signer) return { status: 'untrusted', code: 'unknown-identity', message: `${message}, whom the policy does not name` }
  return { status: 'verified', message, signer: signer.name, identity, ...time }
}

function withoutLog(entity: Entity): Entity {
  return { ...entity, tlogEntries: [], timestamps: entity.timestamps.filter(({ $case }) => $case === 'timestamp-authority') }
}

/** By the names alone, RFC 5280 4.2.1.1 and 4.2.1.2: whether the authority truly signed it, the library checks. */
function claimsAuthorityOf(certificate: Certificate, { material }: SigstoreRoot): boolean {
  const wanted = certificate.extAuthorityKeyID?.keyIdentifier
  return material.certificateAuthorities.some(({ certChain }) =>
    certChain.some((authority) => {
      const identifier = authority.extSubjectKeyID?.keyIdentifier
      return wanted && identifier ? identifier.equals(wanted) : authority.subject.equals(certificate.issuer)
    }),
  )
}
