/** Signers without a key of their own: an identity that an OpenID Connect issuer vouches for, written into a certificate. */
import { quote } from '../findings.ts'
import { type AnchoredExpression, matchesExpression } from './anchored-expression.ts'
import type { LogUse } from './keys.ts'
import type { CertificateIdentity, FulcioExtension } from './sigstore/fulcio.ts'
import type { SigstoreRoot } from './sigstore/trusted-root.ts'

export type TextMatcher = { readonly equals: string } | { readonly matches: AnchoredExpression }

export interface KeylessSigner {
  /** For messages, and to count who agrees. */
  readonly name: string
  readonly issuer: TextMatcher
  readonly subject: TextMatcher
  readonly extensions?: ReadonlyMap<FulcioExtension, TextMatcher>
  /** The Sigstore instance that it signs with, where it is not the common one. */
  readonly root?: SigstoreRoot
  /** Default `required`, where the instance has a log. With `ignored`, a timestamp authority has to say when it was signed. */
  readonly transparencyLog?: LogUse
}

export function isSigner({ issuer, subject, extensions = new Map() }: KeylessSigner, identity: CertificateIdentity): boolean {
  return (
    matches(issuer, identity.issuer) &&
    matches(subject, identity.subject) &&
    extensions.entries().every(([name, matcher]) => matches(matcher, identity.extensions.get(name)))
  )
}

function matches(matcher: TextMatcher, text: string | undefined): boolean {
  if (text === undefined) return false
  return 'equals' in matcher ? matcher.equals === text : matchesExpression(matcher.matches, text)
}

/** `"user@example.com" of "https://accounts.example.com"`, and the workflow where the certificate tells it. */
export function describeIdentity({ issuer, subject, extensions }: CertificateIdentity): string {
  const ref = extensions.get('sourceRepositoryRef') ?? extensions.get('githubWorkflowRef')
  const trigger = extensions.get('buildTrigger') ?? extensions.get('githubWorkflowTrigger')
  const details = [ref && `ref ${quote(ref)}`, trigger && `trigger ${quote(trigger)}`].filter((detail) => detail !== undefined)
  return `${quote(subject, 200)} of ${issuer === undefined ? 'no issuer' : quote(issuer)}${details.length > 0 ? ` (${details.join(', ')})` : ''}`
}
