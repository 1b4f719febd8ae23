/** The small condition language of policies. */
export interface Condition {
  readonly text: string
}
