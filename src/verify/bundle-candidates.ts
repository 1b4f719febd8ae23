/** Bundles that refer to the image. https://github.com/sigstore/cosign/blob/main/specs/BUNDLE_SPEC.md */
import type { Descriptor } from '../oci/source.ts'
import { artifactOfDigest } from './artifact.ts'
import { readArtifactManifest } from './artifact-manifest.ts'
import type { Candidate, CandidateCheck, ManifestReader, Subject } from './candidate.ts'
import { readBounded } from './read-bounded.ts'
import type { AttestationCheck } from './signature.ts'
import type { BundleCheck } from './sigstore/check-bundle.ts'
import type { Statement } from './statement.ts'

/** The statement that `cosign sign` makes since version 3. */
const signaturePredicateType = 'https://sigstore.dev/cosign/sign/v1'
const bundleMediaType = /^application\/vnd\.dev\.sigstore\.bundle(?:\.v0\.\d+\+json|\+json;version=0\.\d+)$/

/** True for what refers to an image and may hold a bundle; a fallback list may lack the type. */
export function mayBeBundle({ artifactType }: Descriptor): boolean {
  return artifactType === undefined || bundleMediaType.test(artifactType)
}

export function bundleCandidate(subject: Subject, referrer: Descriptor, readManifest: ManifestReader): Candidate {
  return { check: (signal) => checkReferrer(subject, referrer, readManifest, signal) }
}

async function checkReferrer(
  { source, digest, trust }: Subject,
  referrer: Descriptor,
  readManifest: ManifestReader,
  signal: AbortSignal,
): Promise<CandidateCheck | undefined> {
  const { layers } = await readArtifactManifest(source, referrer, signal)
  const layer = layers.find(({ mediaType }) => bundleMediaType.test(mediaType))
  // Of no type that the list knows, and no bundle after all.
  if (!layer && referrer.artifactType === undefined) return undefined
  if (!layer) return { signature: { status: 'invalid', code: 'bundle-absent', message: 'the artifact holds no bundle', form: 'bundle' } }
  const [{ checkBundle }, { maxBundleBytes }] = await Promise.all([import('./sigstore/check-bundle.ts'), import('./sigstore/bundle.ts')])
  const bytes = await readBounded(source, layer, maxBundleBytes, signal)
  const check = await checkBundle(bytes, artifactOfDigest(digest), trust, { whole: () => readManifest(signal) })
  return sortCheck(check)
}

/** A statement of any other kind is an attestation: it speaks of the image, and does not stand for it. */
export function sortCheck({ statement, content, ...check }: BundleCheck): CandidateCheck {
  const common = { ...check, form: 'bundle' } as const
  if (content !== 'envelope' || statement?.predicateType === signaturePredicateType) return { signature: common }
  return { attestation: { ...common, ...about(check.status, statement) } }
}

/** What a statement says of itself; its content only where somebody trusted stands for it. */
export function about(
  status: BundleCheck['status'],
  statement: Statement | undefined,
): Pick<AttestationCheck, 'predicateType' | 'predicate'> {
  if (!statement) return {}
  const { predicateType, predicate } = statement
  return { predicateType, ...(status === 'verified' && { predicate }) }
}
