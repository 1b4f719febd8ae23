/** What goes wrong with a tree of files. */
export type TreeErrorCode = 'outside' | 'too-large' | 'too-many' | 'unknown-revision' | 'unreadable'

export class TreeError extends Error {
  override readonly name = 'TreeError'
  readonly code: TreeErrorCode

  constructor(code: TreeErrorCode, message: string, options?: ErrorOptions) {
    super(message, options)
    this.code = code
  }
}
