/** One attestation of cosign's tag form. https://github.com/sigstore/cosign/blob/main/specs/ATTESTATION_SPEC.md */
import { createHash } from 'node:crypto'
import type { Descriptor } from '../oci/source.ts'
import { artifactOfDigest } from './artifact.ts'
import { about } from './bundle-candidates.ts'
import type { Candidate, Subject } from './candidate.ts'
import { readBounded } from './read-bounded.ts'
import type { AttestationCheck } from './signature.ts'
import { legacyBundle } from './sigstore/legacy-bundle.ts'

/** An envelope may carry a whole SBOM. */
const maxEnvelopeBytes = 16 * 1024 * 1024

export function isCosignAttestation(layer: Descriptor): boolean {
  return layer.mediaType === 'application/vnd.dsse.envelope.v1+json'
}

export function cosignAttestationCandidate(subject: Subject, layer: Descriptor): Candidate {
  return { check: async (signal) => ({ attestation: { ...(await checkAttestation(subject, layer, signal)), form: 'cosign-tag' } }) }
}

async function checkAttestation({ source, digest, trust }: Subject, layer: Descriptor, signal: AbortSignal): Promise<AttestationCheck> {
  const bytes = await readBounded(source, layer, maxEnvelopeBytes, signal)
  let dsseEnvelope: unknown
  try {
    dsseEnvelope = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    return { status: 'invalid', code: 'envelope-malformed', message: 'the envelope is not JSON' }
  }
  const envelopeDigest = createHash('sha256').update(bytes).digest('hex')
  const bundle = legacyBundle(layer, { dsseEnvelope })
  if (!bundle)
    return { status: 'invalid', code: 'annotation-malformed', message: 'the certificate, log or timestamp annotation does not parse' }
  const { checkBundle } = await import('./sigstore/check-bundle.ts')
  const { statement, content: _, ...check } = await checkBundle(bundle, artifactOfDigest(digest), trust, { envelopeDigest })
  return { ...check, ...about(check.status, statement) }
}
