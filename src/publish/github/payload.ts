/** Readers of a webhook's payload, which is `unknown` until it has been looked at. */
import { quote } from '../../findings.ts'
import { PublishError } from './errors.ts'

export function at(value: unknown, ...path: readonly string[]): unknown {
  let current = value
  for (const key of path) {
    if (typeof current !== 'object' || current === null || !Object.hasOwn(current, key)) return undefined
    current = (current as Record<string, unknown>)[key]
  }
  return current
}

export function text(payload: unknown, ...path: readonly string[]): string {
  const value = at(payload, ...path)
  if (typeof value !== 'string') throw bad(`${path.join('.')} is not text`)
  return value
}

export function isSha(value: string): boolean {
  return /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)
}

export function sha(payload: unknown, ...path: readonly string[]): string {
  const value = text(payload, ...path)
  if (!isSha(value)) throw bad(`${path.join('.')} ${quote(value)} is not a commit`)
  return value
}

export function bad(message: string): PublishError {
  return new PublishError('bad-event', `the event cannot be read: ${message}`)
}
