/** Something beside an image that may vouch for it, found and not yet looked at. */
import type { Digest, ImageSource, Reference } from '../oci/source.ts'
import type { Artifact } from './artifact.ts'
import type { NotationTrust } from './notation/check.ts'
import type { AttestationCheck, SignatureCheck } from './signature.ts'
import type { SigstoreTrust } from './sigstore/entity.ts'

/** What is looked at, and with whose eyes. */
export interface Subject {
  readonly source: ImageSource
  readonly reference: Reference
  readonly digest: Digest
  readonly trust: SigstoreTrust
  readonly notation?: NotationTrust
}

export interface Candidate {
  /** Undefined for what turns out to be neither. Throws RegistryError or VerificationError where nothing can be said. */
  check(signal: AbortSignal): Promise<CandidateCheck | undefined>
}

export type CandidateCheck = { readonly signature: SignatureCheck } | { readonly attestation: AttestationCheck }

/** The image's manifest as an artifact, where its bytes are needed: read once. */
export type ManifestReader = (signal: AbortSignal) => Promise<Artifact>
