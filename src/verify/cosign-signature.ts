/** One signature of cosign's tag form. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#properties */
import { createHash } from 'node:crypto'
import { quote } from '../findings.ts'
import type { Descriptor } from '../oci/source.ts'
import { artifactOf } from './artifact.ts'
import { decodeBase64 } from './base64.ts'
import type { Candidate, Subject } from './candidate.ts'
import { isSignedBy, looksLikeSignature } from './keys.ts'
import { readBounded } from './read-bounded.ts'
import type { SignatureCheck } from './signature.ts'
import type { SigstoreTrust } from './sigstore/entity.ts'
import { certificateAnnotation, legacyBundle } from './sigstore/legacy-bundle.ts'
import { readSimpleSigning, simpleSigningMediaType } from './simple-signing.ts'

export const signatureAnnotation = 'dev.cosignproject.cosign/signature'
/** A payload is some 250 bytes; the rest is room for the signer's own claims. */
const maxPayloadBytes = 64 * 1024

/** Other layers of the same manifest are not signatures. */
export function isCosignSignature(layer: Descriptor): boolean {
  return layer.mediaType === simpleSigningMediaType
}

export function cosignCandidate(subject: Subject, layer: Descriptor): Candidate {
  return { check: async (signal) => ({ signature: { ...(await checkCosignSignature(subject, layer, signal)), form: 'cosign-tag' } }) }
}

/**
 * `invalid`: no reader, whatever keys it trusts, may take this for a signature of the digest. `untrusted`: it may be one, but no key that we
 * trust made it; a keyed signature carries no name, so that a stranger's and a damaged one look the same from here.
 */
async function checkCosignSignature({ source, digest, trust }: Subject, layer: Descriptor, signal: AbortSignal): Promise<SignatureCheck> {
  const encoded = layer.annotations?.get(signatureAnnotation)
  if (encoded === undefined) return invalid('signature-absent', 'the signature layer has no signature annotation')
  const signature = decodeBase64(encoded)
  if (!signature) return invalid('signature-encoding', 'the signature is not base64')
  if (!looksLikeSignature(signature))
    return invalid('signature-malformed', `${signature.length} bytes that are no signature of a known scheme`)

  const payload = await readBounded(source, layer, maxPayloadBytes, signal)
  const read = readSimpleSigning(payload, digest)
  if ('code' in read) return invalid(read.code, read.message)

  const key = trust.keys.find(({ transparencyLog, ...key }) => transparencyLog === 'ignored' && isSignedBy(key, payload, signature))
  if (key) return { status: 'verified', message: `signed with key ${quote(key.name)}`, signer: key.name }
  const needsMore = layer.annotations?.has(certificateAnnotation) || trust.keys.some(({ transparencyLog }) => transparencyLog !== 'ignored')
  if (needsMore) return checkEvidence(layer, payload, encoded, trust)
  return { status: 'untrusted', code: 'unknown-key', message: 'no trusted key made this signature' }
}

/** Certificates and log entries, with the libraries that know them. */
async function checkEvidence(layer: Descriptor, payload: Uint8Array, signature: string, trust: SigstoreTrust): Promise<SignatureCheck> {
  const messageDigest = { algorithm: 'SHA2_256', digest: createHash('sha256').update(payload).digest('base64') }
  const bundle = legacyBundle(layer, { messageSignature: { messageDigest, signature } })
  if (!bundle) return invalid('annotation-malformed', 'the certificate, log or timestamp annotation does not parse')
  const { checkBundle } = await import('./sigstore/check-bundle.ts')
  const { content: _, ...check } = await checkBundle(bundle, artifactOf(payload), trust)
  return check
}

function invalid(code: string, message: string): SignatureCheck {
  return { status: 'invalid', code, message }
}
