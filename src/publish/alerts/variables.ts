/** Secrets by the environment variables that the policy names. */
import { AlertError } from './errors.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** Throws AlertError. */
export function secretOf(environment: Environment, name: string): string {
  const value = environment[name]?.trim()
  if (!value) throw new AlertError(`the environment variable ${name} is not set`)
  return value
}

/** Throws AlertError, without the text that is no address. */
export function addressFrom(environment: Environment, { url, urlFrom }: { readonly url?: string; readonly urlFrom?: string }): URL {
  const text = url ?? secretOf(environment, urlFrom ?? '')
  // Another scheme would be named in an error, and with it the beginning of what may be a secret.
  if (!/^https?:/iu.test(text) || !URL.canParse(text)) throw new AlertError(`the environment variable ${urlFrom} holds no address`)
  return new URL(text)
}
