/** Algorithms and the keys that they go with. Signature specification, "Algorithm Selection" */
import { constants, type KeyObject, verify } from 'node:crypto'
import type { NotationAlgorithm, NotationEnvelope } from './envelope.ts'

const hashOf: Readonly<Record<NotationAlgorithm, string>> = {
  ES256: 'sha256',
  ES384: 'sha384',
  ES512: 'sha512',
  PS256: 'sha256',
  PS384: 'sha384',
  PS512: 'sha512',
}

/** The one algorithm that a key may be used with; undefined for a key that may not be used. */
export function algorithmOf(key: KeyObject): NotationAlgorithm | undefined {
  const { namedCurve, modulusLength } = key.asymmetricKeyDetails ?? {}
  if (key.asymmetricKeyType === 'ec') return byCurve.get(namedCurve ?? '')
  return key.asymmetricKeyType === 'rsa' ? byBits.get(modulusLength ?? 0) : undefined
}

const byCurve: ReadonlyMap<string, NotationAlgorithm> = new Map([
  ['prime256v1', 'ES256'],
  ['secp384r1', 'ES384'],
  ['secp521r1', 'ES512'],
])
const byBits: ReadonlyMap<number, NotationAlgorithm> = new Map([
  [2048, 'PS256'],
  [3072, 'PS384'],
  [4096, 'PS512'],
])

export function isEnvelopeSigned({ algorithm, signedBytes, signature }: NotationEnvelope, key: KeyObject): boolean {
  const hash = hashOf[algorithm]
  if (algorithm.startsWith('ES')) return verify(hash, signedBytes, { key, dsaEncoding: 'ieee-p1363' }, signature)
  const saltLength = constants.RSA_PSS_SALTLEN_DIGEST
  return verify(hash, signedBytes, { key, padding: constants.RSA_PKCS1_PSS_PADDING, saltLength }, signature)
}
