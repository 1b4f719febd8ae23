/** What telling GitHub can fail with. */
export type PublishErrorCode = 'bad-event' | 'forbidden' | 'moved' | 'rate-limited' | 'refused' | 'unreachable' | 'untrusted-artifact'

export class PublishError extends Error {
  override readonly name = 'PublishError'
  readonly code: PublishErrorCode
  constructor(code: PublishErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
