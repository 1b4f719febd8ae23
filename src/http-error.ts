export type HttpErrorCode = 'offline' | 'refused-address' | 'insecure' | 'unreachable' | 'timed-out' | 'too-large' | 'too-many-redirects'

/** A request that got no answer, or an answer that was not taken. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly code: HttpErrorCode
  constructor(code: HttpErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
