/** How a secret is spoken of, with nothing of it but a hash and its first characters. */
import type { Severity } from '../../findings.ts'

export interface ToldSecret {
  readonly hash: string
  readonly beginning?: string
}

export function tellHash({ hash, beginning }: ToldSecret): string {
  return `SHA-256 ${hash}…${beginning ? `, begins with ${JSON.stringify(beginning)}` : ''}`
}

const order: readonly Severity[] = ['unknown', 'low', 'medium', 'high', 'critical']

export function noMoreThan(severity: Severity, limit: Severity): Severity {
  return order.indexOf(severity) <= order.indexOf(limit) ? severity : limit
}

/** The gap of a file whose search was ended. */
export function tooManySecrets(path: string): string {
  return `${path}: has more secrets than are looked at, or is made to look so`
}
