/** A signature with all that comes with it, and what checking it says. */
import type { SignedEntity } from '@sigstore/verify'
import type { KeylessSigner } from '../keyless.ts'
import type { PublicKey } from '../keys.ts'
import type { SignedContent } from './content.ts'
import type { CertificateIdentity } from './fulcio.ts'
import type { SigstoreRoot } from './trusted-root.ts'

/** The library's entity, whose content is ours. */
export type Entity = Omit<SignedEntity, 'signature'> & { readonly signature: SignedContent }

export type Certificate = Extract<SignedEntity['key'], { $case: 'certificate' }>['certificate']

export interface SigstoreTrust {
  readonly keys: readonly PublicKey[]
  readonly identities: readonly KeylessSigner[]
  /** For signers that name none of their own. */
  readonly root?: SigstoreRoot
}

export type EntityCheck = EntitySuccess | EntityFailure

export interface EntitySuccess {
  readonly status: 'verified'
  readonly message: string
  readonly signer: string
  readonly identity?: CertificateIdentity
  /** The first moment that is proven. */
  readonly signedAt?: Date
}

export interface EntityFailure {
  readonly status: 'untrusted' | 'invalid'
  readonly code: EntityCode
  readonly message: string
}

export type EntityCode =
  | 'certificate'
  | 'certificate-purpose'
  | 'certificate-log'
  | 'certificate-malformed'
  | 'certificate-time'
  | 'checkpoint'
  | 'inclusion-proof'
  | 'inclusion-promise'
  | 'log-body'
  | 'log-entry'
  | 'log-entry-missing'
  | 'signature'
  | 'timestamp'
  | 'evidence-malformed'
  | 'timestamp-missing'
  | 'unknown-authority'
  | 'unknown-identity'
  | 'unknown-key'

/** What the timestamps say, once they are verified. */
export function signingTime({ timestamps }: Entity): { signedAt?: Date } {
  const moments = timestamps.flatMap((stamp) => {
    if (stamp.$case === 'timestamp-authority') return [stamp.timestamp.signingTime.getTime()]
    return stamp.tlogEntry.inclusionPromise ? [Number(stamp.tlogEntry.integratedTime) * 1000] : []
  })
  return moments.length > 0 ? { signedAt: new Date(Math.min(...moments)) } : {}
}

/** A signature that may be good, and lacks what the policy wants beside it. */
export function lacks(code: 'log-entry-missing' | 'timestamp-missing'): EntityFailure {
  const what = code === 'log-entry-missing' ? 'entry of a transparency log' : 'timestamp that proves when the certificate was used'
  return { status: 'untrusted', code, message: `the signature comes with no ${what}` }
}
