/** Which findings are told at their lines: what the change brings, and what keeps it from being merged. */
import type { Finding } from '../../findings.ts'

/** What the base has too blocks where it was disclosed after the base and the policy says so. */
export function isTold({ blocking, state }: Finding): boolean {
  return state === 'new' || blocking
}
