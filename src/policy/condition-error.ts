/** `column` counts from 1, within the condition's text. */
export class ConditionError extends Error {
  override readonly name = 'ConditionError'
  readonly column: number
  constructor(column: number, message: string) {
    super(message)
    this.column = column
  }
}
