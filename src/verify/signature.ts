/** The answer of a verification: who vouches for one digest. */
import type { SignatureStatus } from '../findings.ts'
import type { CertificateIdentity } from './sigstore/fulcio.ts'

export interface SignatureResult {
  readonly status: SignatureStatus
  /** One lower-case clause for the reader: who signed, or the step that failed. */
  readonly message: string
  /** Every signature that was looked at. */
  readonly signatures: readonly SignatureCheck[]
  /** Every statement about the digest that was looked at; they do not count as signatures. */
  readonly attestations?: readonly AttestationCheck[]
}

export interface SignatureCheck {
  readonly status: 'verified' | 'untrusted' | 'invalid'
  /** The step that failed, for `untrusted` and `invalid`: told apart by tests and readers. */
  readonly code?: string
  readonly message: string
  /** The signer whom the policy names, for `verified`. */
  readonly signer?: string
  readonly form?: SignatureForm
  /** Who the certificate says that it was, for `verified` without a key. */
  readonly identity?: CertificateIdentity
  /** The first moment that a log or a timestamp authority proves. */
  readonly signedAt?: Date
}

/** `cosign-tag`: below a tag made of the digest. `bundle`: a Sigstore bundle that refers to it. `notation`: a Notary Project signature. */
export type SignatureForm = 'cosign-tag' | 'bundle' | 'notation'

export interface AttestationCheck extends SignatureCheck {
  /** What kind of statement it is: verified for `verified`, else what it says of itself; absent where it could not be read. */
  readonly predicateType?: string
  /** For `verified`. */
  readonly predicate?: unknown
}
