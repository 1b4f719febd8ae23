/** Who vouches for an image: every signature that its repository holds for one digest, against those whom we trust. */
import type { Digest, ImageSource, Reference } from '../oci/source.ts'
import { checkCosignSignature, isCosignSignature } from './cosign-signature.ts'
import { listCosignTag } from './cosign-tag.ts'
import { VerificationError } from './errors.ts'
import { parsePublicKey, type TrustedKey } from './keys.ts'
import { settle } from './settle.ts'
import type { SignatureCheck, SignatureResult } from './signature.ts'

export interface VerifyRequest {
  /** Need not check digests: what a signature covers, the signature itself protects. */
  readonly source: ImageSource
  readonly reference: Reference
  /** What the reference named when it was resolved, once. The tag is not looked at again. */
  readonly digest: Digest
  readonly trust: Trust
}

export interface Trust {
  readonly keys: readonly TrustedKey[]
}

/** An image of a busy project has some ten; whoever may push can add any number. */
const maxSignatures = 256
const atOnce = 8

/**
 * One good signature by a trusted signer is enough. Throws RegistryError or VerificationError where there is none and something could not
 * be read or was not looked at, and UsageError for a key that is none: never `unsigned` for want of an answer.
 */
export async function verifyImage(request: VerifyRequest, signal: AbortSignal): Promise<SignatureResult> {
  const { source, reference, digest, trust } = request
  const keys = trust.keys.map(parsePublicKey)
  const found = (await listCosignTag(source, reference, digest, 'sig', signal)).filter(isCosignSignature)
  const settled = await settle(found.slice(0, maxSignatures), atOnce, (layer) => checkCosignSignature(source, layer, digest, keys, signal))
  const checks = settled.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  if (!checks.some(({ status }) => status === 'verified')) {
    const failure = settled.find((result) => result.status === 'rejected')
    if (failure) throw failure.reason
    if (found.length > maxSignatures) {
      throw new VerificationError('too-many', `${found.length} signatures, none of the first ${maxSignatures} is by a trusted signer`)
    }
  }
  return summarise(checks)
}

function summarise(signatures: readonly SignatureCheck[]): SignatureResult {
  if (signatures.length === 0) return { status: 'unsigned', message: 'no signature for this digest', signatures }
  // In this order: one good signature is enough, and a forged one says more than a stranger's.
  for (const status of ['verified', 'invalid', 'untrusted'] as const) {
    const first = signatures.find((signature) => signature.status === status)
    if (first) return { status, message: first.message, signatures }
  }
  throw new TypeError('a signature with an unknown status')
}
