/** One signature of cosign's tag form, made with a key. https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#properties */
import { quote } from '../findings.ts'
import type { Descriptor, Digest, ImageSource } from '../oci/source.ts'
import { decodeBase64 } from './base64.ts'
import { isSignedBy, looksLikeSignature, type PublicKey } from './keys.ts'
import { readBounded } from './read-bounded.ts'
import type { SignatureCheck } from './signature.ts'
import { readSimpleSigning, simpleSigningMediaType } from './simple-signing.ts'

export const signatureAnnotation = 'dev.cosignproject.cosign/signature'
/** A payload is some 250 bytes; the rest is room for the signer's own claims. */
const maxPayloadBytes = 64 * 1024

export type CosignSignatureCode =
  | 'signature-absent'
  | 'signature-encoding'
  | 'signature-malformed'
  | 'payload-malformed'
  | 'payload-type'
  | 'payload-digest'
  | 'unknown-key'

/** Other layers of the same manifest are not signatures. */
export function isCosignSignature(layer: Descriptor): boolean {
  return layer.mediaType === simpleSigningMediaType
}

/**
 * `invalid`: no reader, whatever keys it trusts, may take this for a signature of the digest. `untrusted`: it may be one, but no key that we
 * trust made it; a keyed signature carries no name, so that a stranger's and a damaged one look the same from here. Throws what reading throws.
 */
export async function checkCosignSignature(
  source: ImageSource,
  layer: Descriptor,
  digest: Digest,
  keys: readonly PublicKey[],
  signal: AbortSignal,
): Promise<SignatureCheck> {
  const encoded = layer.annotations?.get(signatureAnnotation)
  if (encoded === undefined) return invalid('signature-absent', 'the signature layer has no signature annotation')
  const signature = decodeBase64(encoded)
  if (!signature) return invalid('signature-encoding', 'the signature is not base64')
  if (!looksLikeSignature(signature))
    return invalid('signature-malformed', `${signature.length} bytes that are no signature of a known scheme`)

  const payload = await readBounded(source, layer, maxPayloadBytes, signal)
  const read = readSimpleSigning(payload, digest)
  if ('code' in read) return invalid(read.code, read.message)

  const signer = keys.find((key) => isSignedBy(key, payload, signature))
  if (!signer) return { status: 'untrusted', code: 'unknown-key', message: 'no trusted key made this signature' }
  return { status: 'verified', message: `signed with key ${quote(signer.name)}`, signer: signer.name }
}

function invalid(code: Exclude<CosignSignatureCode, 'unknown-key'>, message: string): SignatureCheck {
  return { status: 'invalid', code, message }
}
