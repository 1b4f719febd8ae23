/** Notary Project signatures that refer to the image. https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md#oci-signatures */
import type { Descriptor } from '../oci/source.ts'
import { readArtifactManifest } from './artifact-manifest.ts'
import type { Candidate, Subject } from './candidate.ts'
import { readBounded } from './read-bounded.ts'
import type { SignatureCheck } from './signature.ts'

const artifactType = 'application/vnd.cncf.notary.signature'
/** An envelope holds a chain and little more. */
const maxEnvelopeBytes = 1024 * 1024

export function isNotationSignature(referrer: Descriptor): boolean {
  return referrer.artifactType === artifactType
}

export function notationCandidate(subject: Subject, referrer: Descriptor): Candidate {
  return { check: async (signal) => ({ signature: { ...(await checkReferrer(subject, referrer, signal)), form: 'notation' } }) }
}

async function checkReferrer(subject: Subject, referrer: Descriptor, signal: AbortSignal): Promise<SignatureCheck> {
  const { source, reference, digest, notation } = subject
  if (!notation)
    return { status: 'untrusted', code: 'unknown-authority', message: 'a Notary Project signature, and no Notation trust policy is given' }
  const [{ checkNotation }, { trustPolicyFor }] = await Promise.all([import('./notation/check.ts'), import('./notation/trust-policy.ts')])
  const policy = trustPolicyFor(notation.policies, reference)
  if (!policy) return { status: 'untrusted', code: 'unknown-scope', message: 'no Notation trust policy is for this repository' }
  const { steps } = policy
  if (!steps) return { status: 'untrusted', code: 'skipped', message: 'the Notation trust policy for this repository verifies nothing' }
  const { layers } = await readArtifactManifest(source, referrer, signal)
  const [layer] = layers
  if (!layer || layers.length > 1)
    return { status: 'invalid', code: 'envelope-absent', message: `the signature has ${layers.length} envelopes, expected 1` }
  const bytes = await readBounded(source, layer, maxEnvelopeBytes, signal)
  return checkNotation(bytes, layer.mediaType, digest, { ...policy, steps }, notation, signal)
}
