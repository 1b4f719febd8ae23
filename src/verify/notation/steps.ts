/** The steps that need nothing but the envelope, the policy and the trust store. */
import type { X509Certificate } from 'node:crypto'
import { quote } from '../../findings.ts'
import type { Digest } from '../../oci/source.ts'
import { VerificationError } from '../errors.ts'
import { algorithmOf, isEnvelopeSigned } from './algorithms.ts'
import { type Chain, isValidAt } from './chain.ts'
import type { NotationEnvelope } from './envelope.ts'
import { readPayload } from './payload.ts'
import type { RevocationCheck } from './revocation.ts'
import { includesName, subjectNameOf } from './subject-name.ts'
import type { NotationStep, NotationTrustPolicy } from './trust-policy.ts'

export interface NotationTrust {
  readonly policies: readonly NotationTrustPolicy[]
  /** Roots by the name of their store: `ca:acme`. */
  readonly stores: ReadonlyMap<string, readonly X509Certificate[]>
  readonly now: Date
  /** Absent: nobody can be asked. */
  readonly revocation?: RevocationCheck
}

export interface Failure {
  readonly step: NotationStep
  readonly status: 'untrusted' | 'invalid'
  readonly code: string
  readonly message: string
}

/** One after the other; undefined for each that holds. Throws VerificationError for a trust store that was not given. */
export function checkSteps(
  envelope: NotationEnvelope,
  chain: Chain,
  digest: Digest,
  policy: NotationTrustPolicy,
  trust: NotationTrust,
): readonly Failure[] {
  return [
    checkIntegrity(envelope, chain, digest),
    checkAuthenticity(envelope, chain, policy, trust),
    checkExpiry(envelope, trust.now),
    checkTime(envelope, chain, trust.now),
  ].filter((failure) => failure !== undefined)
}

export function nameOf({ leaf }: Chain): string {
  return quote((leaf.subject ?? '').replaceAll('\n', ', '), 200)
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
