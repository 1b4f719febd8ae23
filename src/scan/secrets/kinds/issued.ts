/** Tokens that begin with their issuer's own mark: certain wherever they stand. */
import type { SecretKind } from '../kind.ts'

type IssuedParts = Pick<
  SecretKind,
  'id' | 'title' | 'severity' | 'opens' | 'revoke' | 'references' | 'anchors' | 'expression' | 'isGenuine'
>

export function issued(parts: IssuedParts): SecretKind {
  return { ...parts, isCertain: true, inBinaries: true }
}
