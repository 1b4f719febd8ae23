export type TarErrorCode = 'malformed' | 'truncated' | 'too-large' | 'unsupported'

/** An archive that is not read to its end. */
export class TarError extends Error {
  override readonly name = 'TarError'
  readonly code: TarErrorCode
  constructor(code: TarErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
