export type VerificationErrorCode = 'malformed' | 'too-large' | 'too-many' | 'too-slow' | 'unreachable' | 'unsupported'

/** Signatures could not be looked at as a whole: nothing can be said about the image, and the caller reports a gap. */
export class VerificationError extends Error {
  override readonly name = 'VerificationError'
  readonly code: VerificationErrorCode
  constructor(code: VerificationErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
