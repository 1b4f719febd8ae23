/** Signatures over a digest, where the message itself is not at hand. Node's own functions hash the message themselves. */
import { constants, type KeyObject, publicDecrypt } from 'node:crypto'
import type { HashName } from './artifact.ts'
import type { PublicKey } from './keys.ts'

type Curves = typeof import('@noble/curves/nist.js')

/** True when the key made this signature over a message with this digest; undefined where the scheme cannot tell (Ed25519, RSA PSS). */
export type PrehashedCheck = (
  key: Pick<PublicKey, 'key' | 'scheme'>,
  hash: HashName,
  digest: Uint8Array,
  signature: Uint8Array,
) => boolean | undefined

export async function loadPrehashed(): Promise<PrehashedCheck> {
  const curves = await import('@noble/curves/nist.js')
  return ({ key, scheme }, hash, digest, signature) => {
    if (scheme === 'ecdsa') return isEcdsaSigned(curves, key, digest, signature)
    if (scheme === 'rsa') return isPkcs1Signed(key, hash, digest, signature) || undefined
    return undefined
  }
}

function isEcdsaSigned(curves: Curves, key: KeyObject, digest: Uint8Array, signature: Uint8Array): boolean {
  const { crv, x = '', y = '' } = key.export({ format: 'jwk' })
  const curve = crv === 'P-256' ? curves.p256 : crv === 'P-384' ? curves.p384 : curves.p521
  const point = Buffer.concat([Buffer.from([4]), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')])
  try {
    return curve.verify(signature, digest, point, { prehash: false, lowS: false, format: 'der' })
  } catch {
    // Bytes that are no DER signature are no signature.
    return false
  }
}

/** The DER of DigestInfo up to the digest. RFC 8017 9.2, note 1 */
const digestInfo: Readonly<Record<HashName, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
}

function isPkcs1Signed(key: KeyObject, hash: HashName, digest: Uint8Array, signature: Uint8Array): boolean {
  try {
    const signed = publicDecrypt({ key, padding: constants.RSA_PKCS1_PADDING }, signature)
    return signed.equals(Buffer.concat([Buffer.from(digestInfo[hash], 'hex'), digest]))
  } catch {
    // Wrong padding: not by this key, or not PKCS#1 v1.5.
    return false
  }
}
