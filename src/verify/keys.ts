/** Public keys in PEM and what their signatures look like. Schemes: https://github.com/sigstore/cosign/blob/main/specs/SIGNATURE_SPEC.md#signature-schemes */
import { constants, createPublicKey, type KeyObject, verify } from 'node:crypto'
import { quote, UsageError } from '../findings.ts'

/** A key that a policy names. */
export interface TrustedKey {
  /** Where it was read, for messages. */
  readonly name: string
  /** One PEM block: SubjectPublicKeyInfo, or PKCS#1 for RSA. */
  readonly pem: string
  /** Whether its signatures must stand in a transparency log. Default `ignored`. */
  readonly transparencyLog?: LogUse
}

/** `required`: an entry that verifies. `present`: every entry that is there verifies. `ignored`: entries are not looked at. */
export type LogUse = 'required' | 'present' | 'ignored'

export interface PublicKey {
  readonly name: string
  readonly transparencyLog: LogUse
  readonly key: KeyObject
  readonly scheme: 'ecdsa' | 'rsa' | 'rsa-pss' | 'ed25519'
}

const block = /^\s*-----BEGIN (RSA )?PUBLIC KEY-----\s[A-Za-z0-9+/=\s]+-----END (RSA )?PUBLIC KEY-----\s*$/
const curves = new Map([
  ['prime256v1', 'P-256'],
  ['secp384r1', 'P-384'],
  ['secp521r1', 'P-521'],
])
/** NIST SP 800-131A; Sigstore's libraries refuse shorter ones as well. */
const smallestRsaBits = 2048

/** Throws UsageError for anything that is not exactly one public key of a kind that can be verified with. */
export function parsePublicKey(source: TrustedKey): PublicKey {
  const where = `key ${quote(source.name)}`
  if (!block.test(source.pem)) throw new UsageError(`${where}: expected one PEM block "PUBLIC KEY"`)
  let key: KeyObject
  try {
    key = createPublicKey(source.pem)
  } catch (cause) {
    throw new UsageError(`${where}: the PEM block holds no public key`, { cause })
  }
  return { name: source.name, transparencyLog: source.transparencyLog ?? 'ignored', key, scheme: schemeOf(key, where) }
}

/** Throws UsageError, led by `where`, for a kind or a strength that is not verified with. */
export function schemeOf(key: KeyObject, where: string): PublicKey['scheme'] {
  const type = key.asymmetricKeyType
  if (type === 'ec') {
    const curve = key.asymmetricKeyDetails?.namedCurve ?? 'unnamed'
    if (!curves.has(curve)) throw new UsageError(`${where}: expected curve ${[...curves.values()].join(', ')}, is ${curve}`)
    return 'ecdsa'
  }
  if (type === 'rsa' || type === 'rsa-pss') {
    const bits = key.asymmetricKeyDetails?.modulusLength ?? 0
    if (bits < smallestRsaBits)
      throw new UsageError(`${where}: an RSA key of ${bits} bits is too short, expected ${smallestRsaBits} or more`)
    return type
  }
  if (type === 'ed25519') return type
  throw new UsageError(`${where}: expected an ECDSA, RSA or Ed25519 key, is ${type ?? 'unknown'}`)
}

/** The signature does not say its hash: cosign hashes with SHA-256 under every key unless it was told otherwise. */
const hashes = ['sha256', 'sha384', 'sha512'] as const

/** True when the key made this signature over these bytes, by any scheme and hash of its kind. */
export function isSignedBy({ key, scheme }: Pick<PublicKey, 'key' | 'scheme'>, data: Uint8Array, signature: Uint8Array): boolean {
  if (scheme === 'ed25519') return verify(null, data, key, signature)
  return hashes.some((hash) => {
    if (scheme === 'ecdsa') return verify(hash, data, { key, dsaEncoding: 'der' }, signature)
    const pss = { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_AUTO }
    if (scheme === 'rsa-pss') return verify(hash, data, pss, signature)
    return verify(hash, data, { key, padding: constants.RSA_PKCS1_PADDING }, signature) || verify(hash, data, pss, signature)
  })
}

/** True for bytes that a key of a known scheme could have made: 64 bytes (Ed25519), a modulus' length (RSA), or two integers in DER (ECDSA, RFC 3279 2.2.3). */
export function looksLikeSignature(bytes: Uint8Array): boolean {
  return bytes.length === 64 || (bytes.length >= smallestRsaBits / 8 && bytes.length <= 2048) || isEcdsaSignature(bytes)
}

function isEcdsaSignature(bytes: Uint8Array): boolean {
  const long = bytes[1] === 0x81
  const start = long ? 3 : 2
  if (bytes[0] !== 0x30 || bytes[start - 1] !== bytes.length - start) return false
  const second = integerEnd(bytes, start)
  return second !== undefined && integerEnd(bytes, second) === bytes.length
}

/** Where the DER integer at `start` ends; undefined where there is none. P-521's integers have up to 66 bytes, so one length byte is enough. */
function integerEnd(bytes: Uint8Array, start: number): number | undefined {
  const length = bytes[start + 1]
  if (bytes[start] !== 0x02 || length === undefined || length === 0 || length > 67) return undefined
  const end = start + 2 + length
  return end <= bytes.length ? end : undefined
}
