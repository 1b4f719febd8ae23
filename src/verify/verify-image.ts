/** Who vouches for an image: every signature that its repository holds for one digest, against those whom we trust. */
import type { Digest, ImageSource, Reference } from '../oci/source.ts'
import type { CandidateCheck, Subject } from './candidate.ts'
import { hasSbomTag } from './cosign-tag.ts'
import { VerificationError } from './errors.ts'
import { findCandidates, type Place } from './find-candidates.ts'
import type { KeylessSigner } from './keyless.ts'
import { parsePublicKey, type TrustedKey } from './keys.ts'
import type { NotationTrust } from './notation/check.ts'
import { settle } from './settle.ts'
import type { SignatureResult } from './signature.ts'
import type { SigstoreRoot } from './sigstore/trusted-root.ts'
import { summarise } from './summarise.ts'

export interface VerifyRequest {
  /** Need not check digests: what a signature covers, the signature itself protects. */
  readonly source: ImageSource
  readonly reference: Reference
  /** What the reference named when it was resolved, once. The tag is not looked at again. */
  readonly digest: Digest
  readonly trust: Trust
  /** Look for attestations as well. Default false. */
  readonly attestations?: boolean
  /** Do not look further once enough signers agree. Default false: everything is looked at. */
  readonly stopWhenVerified?: boolean
}

export interface Trust {
  readonly keys: readonly TrustedKey[]
  readonly identities?: readonly KeylessSigner[]
  /** The Sigstore instance of those identities that name none of their own. */
  readonly root?: SigstoreRoot
  readonly notation?: NotationTrust
  /** How many signers must agree, each counted once. Default 1. */
  readonly threshold?: number
}

/** An image of a busy project has some ten; whoever may push can add any number. */
const maxCandidates = 256
const atOnce = 8

/**
 * One good signature by a trusted signer is enough, or as many as the threshold says. Throws RegistryError or VerificationError where there
 * are too few and something could not be read or was not looked at, and UsageError for a key that is none: never `unsigned` for want of an answer.
 */
export async function verifyImage(request: VerifyRequest, signal: AbortSignal): Promise<SignatureResult> {
  const result = await lookEverywhere(request, signal)
  const { source, reference, digest } = request
  // Who finds an SBOM there may take it for a signature.
  if (result.status !== 'unsigned' || !(await hasSbomTag(source, reference, digest, signal))) return result
  return { ...result, message: `${result.message}; the SBOM below its tag is signed by nobody` }
}

async function lookEverywhere(request: VerifyRequest, signal: AbortSignal): Promise<SignatureResult> {
  const { keys, identities = [], root, notation, threshold = 1 } = request.trust
  const trust = { keys: keys.map(parsePublicKey), identities, ...(root && { root }) }
  const subject = { source: request.source, reference: request.reference, digest: request.digest, trust, ...(notation && { notation }) }
  const places: readonly Place[] = ['signature-tag', 'referrers', ...(request.attestations ? (['attestation-tag'] as const) : [])]
  if (!request.stopWhenVerified) return answer(await Promise.all(places.map((place) => look(subject, place, signal))), threshold)
  const looked: Looked[] = []
  for (const place of places) {
    looked.push(await look(subject, place, signal))
    const result = summarise(
      looked.flatMap(({ checks }) => checks),
      threshold,
    )
    if (result.status === 'verified' && !request.attestations) return result
  }
  return answer(looked, threshold)
}

interface Looked {
  readonly checks: readonly CandidateCheck[]
  /** Why this is not all that there is to say. */
  readonly failure?: unknown
}

async function look(subject: Subject, place: Place, signal: AbortSignal): Promise<Looked> {
  try {
    const { candidates, isCut } = await findCandidates(subject, place, maxCandidates, signal)
    const settled = await settle(candidates, atOnce, (candidate) => candidate.check(signal))
    const checks = settled.flatMap((result) => (result.status === 'fulfilled' && result.value ? [result.value] : []))
    const rejected = settled.find((result) => result.status === 'rejected')
    if (rejected) return { checks, failure: rejected.reason }
    if (!isCut) return { checks }
    return {
      checks,
      failure: new VerificationError('too-many', `more than ${maxCandidates} signatures, and too few of the first are by a trusted signer`),
    }
  } catch (failure) {
    return { checks: [], failure }
  }
}

function answer(looked: readonly Looked[], threshold: number): SignatureResult {
  const result = summarise(
    looked.flatMap(({ checks }) => checks),
    threshold,
  )
  const failed = looked.find(({ failure }) => failure !== undefined)
  if (result.status !== 'verified' && failed) throw failed.failure
  return result
}
