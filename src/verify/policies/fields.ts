/** Reads signers out of policy documents; what is wrong with one is said with its line. */
import { type Location, quote, UsageError } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { readAnchoredExpression } from '../anchored-expression.ts'
import type { TextMatcher } from '../keyless.ts'
import { type LogUse, parsePublicKey, type TrustedKey } from '../keys.ts'

export function placeOf(location: Location): string {
  return `${location.file}:${location.startLine}`
}

export function textOf(field: Field): string | undefined {
  return typeof field.value === 'string' && field.value !== '' ? field.value : undefined
}

export function wrong(field: Field, message: string): UsageError {
  return new UsageError(`${placeOf(field.location())}: ${message}`)
}

/** Exact where that is written, else the expression; neither: UsageError. */
export function readMatcher(exact: Field, expression: Field, what: string): TextMatcher {
  const equals = textOf(exact)
  const matches = textOf(expression)
  if (equals !== undefined && matches !== undefined) throw wrong(expression, `${what} is given twice, exactly and as an expression`)
  if (equals !== undefined) return { equals }
  if (matches !== undefined) return { matches: readAnchoredExpression(matches, placeOf(expression.location())) }
  throw wrong(exact, `the identity has no ${what}: anyone would be trusted`)
}

/** Throws UsageError, with the line, for a key that is none. */
export function readKey(field: Field, name: string, transparencyLog: LogUse): TrustedKey {
  return readKeyText(field, textOf(field) ?? '', name, transparencyLog)
}

/** The same, for one key of several in a field. */
export function readKeyText(field: Field, pem: string, name: string, transparencyLog: LogUse): TrustedKey {
  const key = { name, pem, transparencyLog }
  try {
    parsePublicKey(key)
  } catch (error) {
    throw wrong(field, error instanceof UsageError ? error.message : `${quote(name)} is no key`)
  }
  return key
}
