export type RegistryErrorCode =
  | 'unauthorized'
  | 'not-found'
  | 'rate-limited'
  | 'unreachable'
  | 'digest-mismatch'
  | 'too-large'
  | 'malformed'
  | 'unsupported'

/** An image or a part of it could not be had as its descriptor says. */
export class RegistryError extends Error {
  override readonly name = 'RegistryError'
  readonly code: RegistryErrorCode
  constructor(code: RegistryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
