/** The entries of `denyObjects`. */
import { type Location, quote, UsageError } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import { ConditionError } from './condition-error.ts'
import { type ObjectCondition, parseObjectCondition } from './object-condition.ts'
import { at } from './validate.ts'

export interface ObjectDenial extends ObjectCondition {
  readonly name: string
  /** Instead of the condition itself. */
  readonly message?: string
  /** It is reported and does not block. */
  readonly isWarning: boolean
  readonly location: Location
}

export interface ObjectDenialSource {
  readonly name: string
  readonly condition: string
  readonly message?: string | undefined
  readonly mode: 'deny' | 'warn'
}

/** Throws UsageError with the line of the condition. */
export function objectDenialOf({ name, condition: text, message, mode }: ObjectDenialSource, field: Field): ObjectDenial {
  const place = field.at('condition').location()
  try {
    const parsed = parseObjectCondition(text)
    return { name, ...parsed, ...(message === undefined ? {} : { message }), isWarning: mode === 'warn', location: place }
  } catch (error) {
    if (!(error instanceof ConditionError)) throw error
    throw new UsageError(`${at(place)}: condition of ${quote(name)}, column ${error.column}: ${error.message}`, { cause: error })
  }
}
