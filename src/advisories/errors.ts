/** What this room throws. */

export type AdvisoryErrorCode =
  | 'unreadable-record'
  | 'unreadable-source'
  | 'unreadable-version'
  | 'worse-database'
  | 'wrong-answer'
  | 'wrong-format'

export class AdvisoryError extends Error {
  override readonly name: string = 'AdvisoryError'
  readonly code: AdvisoryErrorCode
  constructor(code: AdvisoryErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}

/** A version that its ecosystem's order cannot place. Nobody guesses: the caller reports a gap. */
export class UnreadableVersion extends AdvisoryError {
  override readonly name = 'UnreadableVersion'
  constructor(message: string, options?: ErrorOptions) {
    super('unreadable-version', message, options)
  }
}
