/** Violations in one expression: the type does not allow members that are undefined. */

import type { Severity, Suggestion } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { Violation } from './rule.ts'

export function violation(field: Field, message: string, suggestion?: Suggestion, severity?: Severity): Violation {
  return { field, message, ...(suggestion && { suggestion }), ...(severity && { severity }) }
}

/** True for a field that the API server would see: `null` is the same as not there. */
export function isSet(field: Field): boolean {
  return field.kind !== 'absent' && field.kind !== 'null'
}
