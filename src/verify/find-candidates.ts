/** Everything beside an image that may vouch for it: cosign's tags, and what refers to it. */
import type { Descriptor } from '../oci/source.ts'
import { artifactOf } from './artifact.ts'
import { bundleCandidate, mayBeBundle } from './bundle-candidates.ts'
import type { Candidate, ManifestReader, Subject } from './candidate.ts'
import { cosignAttestationCandidate, isCosignAttestation } from './cosign-attestation.ts'
import { cosignCandidate, isCosignSignature } from './cosign-signature.ts'
import { listCosignTag } from './cosign-tag.ts'
import { isNotationSignature, notationCandidate } from './notation-candidates.ts'
import { readBounded } from './read-bounded.ts'

/** One place to look at. */
export type Place = 'signature-tag' | 'attestation-tag' | 'referrers'

export interface Found {
  /** At most `limit`. */
  readonly candidates: readonly Candidate[]
  /** There are more than these. */
  readonly isCut: boolean
}

/** Throws RegistryError where the place does not answer for certain. */
export async function findCandidates(subject: Subject, place: Place, limit: number, signal: AbortSignal): Promise<Found> {
  if (place === 'referrers') return findReferrers(subject, limit, signal)
  const { source, reference, digest } = subject
  const [suffix, is, candidate] =
    place === 'signature-tag'
      ? (['sig', isCosignSignature, cosignCandidate] as const)
      : (['att', isCosignAttestation, cosignAttestationCandidate] as const)
  const layers = (await listCosignTag(source, reference, digest, suffix, signal)).filter(is)
  return { candidates: layers.slice(0, limit).map((layer) => candidate(subject, layer)), isCut: layers.length > limit }
}

/** How many referrers of other kinds are passed over. */
const maxReferrers = 4096

async function findReferrers(subject: Subject, limit: number, signal: AbortSignal): Promise<Found> {
  const readManifest = manifestReader(subject)
  const candidates: Candidate[] = []
  let seen = 0
  for await (const referrer of subject.source.referrers(subject.digest, signal)) {
    seen++
    const found = candidateOf(subject, referrer, readManifest)
    if (found && candidates.length === limit) return { candidates, isCut: true }
    if (found) candidates.push(found)
    if (seen === maxReferrers) return { candidates, isCut: true }
  }
  return { candidates, isCut: false }
}

function candidateOf(subject: Subject, referrer: Descriptor, readManifest: ManifestReader): Candidate | undefined {
  if (isNotationSignature(referrer)) return notationCandidate(subject, referrer)
  return mayBeBundle(referrer) ? bundleCandidate(subject, referrer, readManifest) : undefined
}

/** A manifest or an index; its size is not known here. */
const maxManifestBytes = 4 * 1024 * 1024

function manifestReader({ source, reference, digest }: Subject): ManifestReader {
  let manifest: ReturnType<ManifestReader> | undefined
  const read = async (signal: AbortSignal) => {
    const { tag: _, ...named } = reference
    const descriptor = await source.resolve({ ...named, digest }, signal)
    return artifactOf(await readBounded(source, descriptor, maxManifestBytes, signal))
  }
  return (signal) => {
    manifest ??= read(signal)
    return manifest
  }
}
