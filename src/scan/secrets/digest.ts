/** What is told of a secret instead of it. */
import { createHash } from 'node:crypto'
import type { SecretKind } from './kind.ts'

/**
 * The first digits of its SHA-256. Of a password only four: a dictionary can be held against more of them, and whoever reads the report would know
 * which word it was.
 */
export function digestOf(secret: string, { isPassword }: Pick<SecretKind, 'isPassword'>): string {
  return createHash('sha256')
    .update(secret, 'latin1')
    .digest('hex')
    .slice(0, isPassword ? 4 : 12)
}

/** No more than four characters, no more than a fourth of it, and nothing of a password. */
export function beginningOf(secret: string, { isPassword }: Pick<SecretKind, 'isPassword'>): string {
  if (isPassword) return ''
  const beginning = secret.slice(0, Math.min(4, Math.floor(secret.length / 4)))
  return /^[\x21-\x7e]*$/.test(beginning) ? beginning : ''
}
