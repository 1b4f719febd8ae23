/** A Notary Project signature envelope, taken apart; JWS and COSE have the same content. https://github.com/notaryproject/specifications/blob/main/specs/signature-specification.md */

export interface NotationEnvelope {
  readonly algorithm: NotationAlgorithm
  /** DER, from the leaf up. */
  readonly certificates: readonly Uint8Array[]
  /** What the signature covers. */
  readonly signedBytes: Uint8Array
  readonly signature: Uint8Array
  readonly payload: Uint8Array
  readonly contentType: string
  readonly scheme: string
  readonly critical: readonly string[]
  /** What the signer says. */
  readonly signingTime?: Date
  /** What a signing authority vouches for. */
  readonly authenticSigningTime?: Date
  readonly expiry?: Date
  /** A timestamp by an authority of time comes along (RFC 3161), not covered by the signature. */
  readonly hasTimestamp: boolean
}

export type NotationAlgorithm = 'PS256' | 'PS384' | 'PS512' | 'ES256' | 'ES384' | 'ES512'

export const payloadContentType = 'application/vnd.cncf.notary.payload.v1+json'

/** Named alike in both formats. */
export const headers = {
  scheme: 'io.cncf.notary.signingScheme',
  signingTime: 'io.cncf.notary.signingTime',
  authenticSigningTime: 'io.cncf.notary.authenticSigningTime',
  expiry: 'io.cncf.notary.expiry',
  timestamp: 'io.cncf.notary.timestampSignature',
} as const

/** Thrown by the readers of both formats, and told as a code by their caller. */
export class EnvelopeProblem extends Error {
  override readonly name = 'EnvelopeProblem'
}
