/** One Notary Project signature, step by step. https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#signature-verification-details */
import { quote } from '../../findings.ts'
import type { Digest } from '../../oci/source.ts'
import { VerificationError } from '../errors.ts'
import type { SignatureCheck } from '../signature.ts'
import { type Chain, readChain } from './chain.ts'
import { EnvelopeProblem, headers, type NotationEnvelope } from './envelope.ts'
import { readEnvelope } from './read-envelope.ts'
import { checkSteps, type Failure, type NotationTrust, nameOf } from './steps.ts'
import type { NotationSteps, NotationTrustPolicy } from './trust-policy.ts'

export type { NotationTrust } from './steps.ts'

/** Throws VerificationError where a step that the policy enforces cannot be taken. */
export async function checkNotation(
  bytes: Uint8Array,
  mediaType: string,
  digest: Digest,
  policy: NotationTrustPolicy & { readonly steps: NotationSteps },
  trust: NotationTrust,
  signal: AbortSignal,
): Promise<SignatureCheck> {
  let envelope: NotationEnvelope
  try {
    envelope = readEnvelope(bytes, mediaType)
  } catch (error) {
    if (!(error instanceof EnvelopeProblem)) throw error
    return { status: 'invalid', code: 'envelope-malformed', message: error.message }
  }
  checkCritical(envelope)
  const chain = readChain(envelope.certificates)
  if (typeof chain === 'string') return { status: 'invalid', code: 'certificate', message: chain }
  const failures = checkSteps(envelope, chain, digest, policy, trust)
  const enforced = failures.find(({ step }) => policy.steps[step] === 'enforce')
  if (enforced?.step === 'authenticTimestamp' && envelope.hasTimestamp)
    throw new VerificationError('unsupported', `${enforced.message}, and the timestamp that comes with the signature is not read`)
  if (enforced) return answer(enforced)
  const revoked = await checkRevocation(chain, policy, trust, signal)
  if (revoked && policy.steps.revocation === 'enforce') return answer(revoked)
  const logged = [...failures, ...(revoked ? [revoked] : [])].map(({ message }) => `; not enforced by the policy: ${message}`)
  const message = `signed by ${nameOf(chain)}${logged.join('')}`
  const { authenticSigningTime } = envelope
  return { status: 'verified', message, signer: policy.name, ...(authenticSigningTime && { signedAt: authenticSigningTime }) }
}

const answer = ({ step: _, ...failure }: Failure): SignatureCheck => failure
const understood: readonly string[] = [headers.scheme, headers.authenticSigningTime, headers.expiry]

/** What a signer calls critical and nobody here understands may be a plugin's condition. */
function checkCritical({ critical }: NotationEnvelope): void {
  const unknown = critical.find((name) => !understood.includes(name))
  if (unknown !== undefined)
    throw new VerificationError('unsupported', `the signature has the critical header ${quote(unknown)}, which is not known`)
}

async function checkRevocation(
  chain: Chain,
  policy: NotationTrustPolicy & { steps: NotationSteps },
  trust: NotationTrust,
  signal: AbortSignal,
): Promise<Failure | undefined> {
  if (policy.steps.revocation === 'skip') return undefined
  const answer = trust.revocation
    ? await trust.revocation(chain, trust.now, signal)
    : { status: 'unknown' as const, message: 'there is no network to ask' }
  if (answer.status === 'good') return undefined
  const message = answer.status === 'revoked' ? answer.message : `whether a certificate was revoked is not known: ${answer.message}`
  if (answer.status === 'unknown' && policy.steps.revocation === 'enforce') throw new VerificationError('unsupported', message)
  return { step: 'revocation', status: 'invalid', code: answer.status === 'revoked' ? 'revoked' : 'revocation-unknown', message }
}
