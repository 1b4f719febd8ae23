/** The answer of a verification: who vouches for one digest. */
import type { SignatureStatus } from '../findings.ts'

export interface SignatureResult {
  readonly status: SignatureStatus
  /** One lower-case clause for the reader: who signed, or the step that failed. */
  readonly message: string
  /** Every signature that was looked at. */
  readonly signatures: readonly SignatureCheck[]
}

export interface SignatureCheck {
  readonly status: 'verified' | 'untrusted' | 'invalid'
  /** The step that failed, for `untrusted` and `invalid`: told apart by tests and readers. */
  readonly code?: string
  readonly message: string
  /** The signer whom the policy names, for `verified`. */
  readonly signer?: string
}
