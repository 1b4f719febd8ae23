/** One Notary Project signature, step by step. https://github.com/notaryproject/specifications/blob/main/specs/trust-store-trust-policy.md#signature-verification-details */
import type { X509Certificate } from 'node:crypto'
import { quote } from '../../findings.ts'
import type { Digest } from '../../oci/source.ts'
import { VerificationError } from '../errors.ts'
import type { SignatureCheck } from '../signature.ts'
import { algorithmOf, isEnvelopeSigned } from './algorithms.ts'
import { type Chain, isValidAt, readChain } from './chain.ts'
import { EnvelopeProblem, headers, type NotationEnvelope } from './envelope.ts'
import { readPayload } from './payload.ts'
import { readEnvelope } from './read-envelope.ts'
import type { RevocationCheck } from './revocation.ts'
import { includesName, subjectNameOf } from './subject-name.ts'
import type { NotationStep, NotationSteps, NotationTrustPolicy } from './trust-policy.ts'

export interface NotationTrust {
  readonly policies: readonly NotationTrustPolicy[]
  /** Roots by the name of their store: `ca:acme`. */
  readonly stores: ReadonlyMap<string, readonly X509Certificate[]>
  readonly now: Date
  /** Absent: nobody can be asked. */
  readonly revocation?: RevocationCheck
}

interface Failure {
  readonly step: NotationStep
  readonly status: 'untrusted' | 'invalid'
  readonly code: string
  readonly message: string
}

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
  const failures = [
    checkIntegrity(envelope, chain, digest),
    checkAuthenticity(envelope, chain, policy, trust),
    checkExpiry(envelope, trust.now),
    checkTime(envelope, chain, trust.now),
  ].filter((failure) => failure !== undefined)
  const enforced = failures.find(({ step }) => policy.steps[step] === 'enforce')
  if (enforced) return answer(enforced)
  const revoked = await checkRevocation(chain, policy, trust, signal)
  if (revoked && policy.steps.revocation === 'enforce') return answer(revoked)
  const logged = [...failures, ...(revoked ? [revoked] : [])].map(({ message }) => `; not enforced by the policy: ${message}`)
  const message = `signed by ${nameOf(chain)}${logged.join('')}`
  const { authenticSigningTime } = envelope
  return { status: 'verified', message, signer: policy.name, ...(authenticSigningTime && { signedAt: authenticSigningTime }) }
}

const answer = ({ step: _, ...failure }: Failure): SignatureCheck => failure
const nameOf = ({ leaf }: Chain) => quote((leaf.subject ?? '').replaceAll('\n', ', '), 200)
const understood: readonly string[] = [headers.scheme, headers.authenticSigningTime, headers.expiry]

/** What a signer calls critical and nobody here understands may be a plugin's condition. */
function checkCritical({ critical }: NotationEnvelope): void {
  const unknown = critical.find((name) => !understood.includes(name))
  if (unknown !== undefined)
    throw new VerificationError('unsupported', `the signature has the critical header ${quote(unknown)}, which is not known`)
}

function checkIntegrity(envelope: NotationEnvelope, { leaf }: Chain, digest: Digest): Failure | undefined {
  const failed = (code: string, message: string): Failure => ({ step: 'integrity', status: 'invalid', code, message })
  if (algorithmOf(leaf.publicKey) !== envelope.algorithm)
    return failed('algorithm', `${envelope.algorithm} is not the algorithm of the signing key`)
  if (!isEnvelopeSigned(envelope, leaf.publicKey)) return failed('signature', 'the signature is not by the certificate that comes with it')
  const payload = readPayload(envelope, digest)
  return payload && failed(payload.code, payload.message)
}

const schemes: ReadonlyMap<string, string> = new Map([
  ['notary.x509', 'ca:'],
  ['notary.x509.signingAuthority', 'signingAuthority:'],
])

function checkAuthenticity(
  { scheme }: NotationEnvelope,
  chain: Chain,
  policy: NotationTrustPolicy,
  { stores }: NotationTrust,
): Failure | undefined {
  const failed = (code: string, message: string): Failure => ({ step: 'authenticity', status: 'untrusted', code, message })
  const kind = schemes.get(scheme) ?? ''
  const roots = policy.trustStores.filter((store) => store.startsWith(kind)).flatMap((store) => rootsOf(store, stores))
  const root = chain.certificates.at(-1)
  if (!root || !roots.some(({ fingerprint256 }) => fingerprint256 === root.fingerprint256)) {
    return failed(
      'unknown-authority',
      `the certificate of ${nameOf(chain)} is by no authority of ${policy.trustStores.map((store) => quote(store)).join(', ')}`,
    )
  }
  const subject = subjectNameOf(chain.leaf)
  if (policy.trustedIdentities === '*') return undefined
  if (subject && policy.trustedIdentities.some((wanted) => includesName(subject, wanted))) return undefined
  return failed('unknown-identity', `signed by ${nameOf(chain)}, whom the policy does not name`)
}

function rootsOf(store: string, stores: NotationTrust['stores']): readonly X509Certificate[] {
  const roots = stores.get(store)
  if (!roots) throw new VerificationError('unsupported', `the trust store ${quote(store)} was not given`)
  return roots
}

function checkExpiry({ expiry }: NotationEnvelope, now: Date): Failure | undefined {
  if (!expiry || now < expiry) return undefined
  return { step: 'expiry', status: 'invalid', code: 'expired', message: `the signature was good until ${expiry.toISOString()}` }
}

/** Without a time that somebody vouches for, the certificates must be valid now. */
function checkTime({ authenticSigningTime }: NotationEnvelope, chain: Chain, now: Date): Failure | undefined {
  const time = authenticSigningTime ?? now
  if (isValidAt(chain, time)) return undefined
  return {
    step: 'authenticTimestamp',
    status: 'invalid',
    code: 'certificate-time',
    message: `a certificate was not valid at ${time.toISOString()}`,
  }
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
