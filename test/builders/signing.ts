/** Keys that are the same on every run, and cosign's signatures by key, right in all but what a test asks for. */
import {
  constants,
  createECDH,
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
} from 'node:crypto'
import type { Descriptor, Digest } from '../../src/oci/source.ts'
import type { TrustedKey } from '../../src/verify/keys.ts'
import type { WritableRepository } from './memory-repository.ts'

export interface SigningKey extends TrustedKey {
  readonly privateKey: KeyObject
  /** In the encoding that cosign uses: DER for ECDSA. */
  sign(data: Uint8Array): Uint8Array
}

const curves = {
  'P-256': ['prime256v1', 32, 'sha256'],
  'P-384': ['secp384r1', 48, 'sha384'],
  'P-521': ['secp521r1', 66, 'sha512'],
} as const
type Hash = 'sha256' | 'sha384' | 'sha512'

/** The private scalar is derived from the name. */
export function ecdsaKey(name: string, curve: keyof typeof curves = 'P-256', hash: Hash = curves[curve][2]): SigningKey {
  const [opensslName, length] = curves[curve]
  const scalar = Buffer.alloc(length)
  createHash('sha256')
    .update(name)
    .digest()
    .copy(scalar, length - 32)
  const ecdh = createECDH(opensslName)
  ecdh.setPrivateKey(scalar)
  const point = ecdh.getPublicKey().subarray(1)
  const coordinate = (start: number) => point.subarray(start, start + length).toString('base64url')
  const jwk = { kty: 'EC', crv: curve, d: scalar.toString('base64url'), x: coordinate(0), y: coordinate(length) }
  const privateKey = createPrivateKey({ key: jwk, format: 'jwk' })
  return signingKey(name, privateKey, (data) => sign(hash, data, { key: privateKey, dsaEncoding: 'der' }))
}

/** The seed is derived from the name. RFC 8410 section 7 */
export function ed25519Key(name: string): SigningKey {
  const seed = createHash('sha256').update(name).digest()
  const der = Buffer.concat([Buffer.from('302e020100300506032b657004220420', 'hex'), seed])
  const privateKey = createPrivateKey({ key: der, format: 'der', type: 'pkcs8' })
  return signingKey(name, privateKey, (data) => sign(null, data, privateKey))
}

/** A new key on every run: there is no short way to a fixed one. */
export function rsaKey(name: string, padding: 'pkcs1' | 'pss' = 'pkcs1', hash: Hash = 'sha256', modulusLength = 2048): SigningKey {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength })
  const paddings = { pkcs1: constants.RSA_PKCS1_PADDING, pss: constants.RSA_PKCS1_PSS_PADDING }
  return signingKey(name, privateKey, (data) => sign(hash, data, { key: privateKey, padding: paddings[padding] }))
}

function signingKey(name: string, privateKey: KeyObject, signData: (data: Uint8Array) => Uint8Array): SigningKey {
  const pem = createPublicKey(privateKey).export({ type: 'spki', format: 'pem' }).toString()
  return { name, pem, privateKey, sign: signData }
}

export interface CosignSignature {
  readonly key: SigningKey
  /** The digest that the payload names. */
  readonly digest: Digest
  /** Instead of the simple-signing document. */
  readonly payload?: string | Uint8Array
  readonly type?: string
  /** Instead of the key's signature over the payload; null leaves the annotation out. */
  readonly signature?: string | null
  readonly mediaType?: string
  readonly annotations?: Readonly<Record<string, string>>
}

/** The payload as a layer, with its signature as an annotation. */
export function cosignLayer(repository: WritableRepository, options: CosignSignature): Descriptor {
  const { key, digest, type = 'cosign container image signature', mediaType = 'application/vnd.dev.cosign.simplesigning.v1+json' } = options
  const critical = { identity: { 'docker-reference': 'ghcr.io/acme/shop' }, image: { 'docker-manifest-digest': digest }, type }
  const payload = Buffer.from(options.payload ?? JSON.stringify({ critical, optional: null }))
  const signature = options.signature === undefined ? Buffer.from(key.sign(payload)).toString('base64') : options.signature
  const annotations = new Map(Object.entries(options.annotations ?? {}))
  if (signature !== null) annotations.set('dev.cosignproject.cosign/signature', signature)
  return repository.add(payload, mediaType, { annotations })
}

/** `cosign sign`: the signatures stand under the digest's tag. */
export function cosignSign(repository: WritableRepository, digest: Digest, ...signatures: readonly Partial<CosignSignature>[]): void {
  const layers = signatures.map((signature) => cosignLayer(repository, { key: ecdsaKey('release'), digest, ...signature }))
  repository.tag(`${digest.replace(':', '-')}.sig`, repository.addManifest(layers))
}
