/** Signs and verifies entries of a cache that others can write: who holds the private key is believed, and nobody else. RFC 8032, FIPS 186-5 */
import { createHash, createPrivateKey, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { UsageError } from '../findings.ts'

export interface CacheKey {
  /** `sha256:` of the public key. */
  readonly id: string
  /** Absent where the key is public: then entries are read and none is written. */
  readonly sign?: (key: string, bytes: Uint8Array) => string
  /** `signature` in base64. Never throws. */
  verify(key: string, bytes: Uint8Array, signature: string): boolean
}

const curves = new Set(['prime256v1', 'secp384r1', 'secp521r1'])

/** One PEM block: a private key (PKCS#8, SEC 1) or a public one; Ed25519 or ECDSA. `name` is for messages, which never show the text. Throws UsageError. */
export function parseCacheKey(pem: string, name: string): CacheKey {
  const secret = /-----BEGIN (?:EC )?PRIVATE KEY-----/u.test(pem) ? readKey(() => createPrivateKey(pem), name) : undefined
  const open = readKey(() => createPublicKey(secret ?? pem), name)
  const type = open.asymmetricKeyType
  if (type !== 'ed25519' && !(type === 'ec' && curves.has(open.asymmetricKeyDetails?.namedCurve ?? '')))
    throw new UsageError(`${name}: expected an Ed25519 key, or an ECDSA key of the curves P-256, P-384 or P-521`)
  // Ed25519 has a hash of its own. RFC 8032 5.1
  const hash = type === 'ed25519' ? null : 'sha256'
  return {
    id: `sha256:${createHash('sha256')
      .update(open.export({ type: 'spki', format: 'der' }))
      .digest('hex')}`,
    ...(secret && { sign: (key, bytes) => sign(hash, signed(key, bytes), secret).toString('base64') }),
    verify(key, bytes, signature) {
      try {
        return verify(hash, signed(key, bytes), open, Buffer.from(signature, 'base64'))
      } catch {
        // What is no signature verifies nothing.
        return false
      }
    },
  }
}

/** What is signed names what the entry is kept under: one that is moved to another key is not believed. */
function signed(key: string, bytes: Uint8Array): Buffer {
  const digest = (content: Uint8Array | string): string => createHash('sha256').update(content).digest('hex')
  return Buffer.from(`portcullis.cache/v1\nkey ${digest(key)}\nentry ${digest(bytes)}\n`)
}

function readKey(read: () => KeyObject, name: string): KeyObject {
  try {
    return read()
  } catch {
    // The cause might show a part of the key.
    throw new UsageError(`${name}: expected one PEM block with a private or a public key that is not encrypted`)
  }
}
