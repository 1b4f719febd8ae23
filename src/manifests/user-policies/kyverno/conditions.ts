/** Deny rules and preconditions, in their common forms: https://kyverno.io/docs/policy-types/cluster-policy/preconditions/ */
import type { Field } from '../../../formats/field.ts'
import { celValue } from '../cel/value.ts'
import { amountOf, matchesScalar, matchesWildcard } from './scalar-pattern.ts'
import { type Scope, substituted, Unsupported } from './variables.ts'

/** Preconditions hold of an expression that fails what they hold of an empty text: kyverno/kyverno, pkg/engine/variables. Throws Unsupported. */
export function preconditionsHold(block: Field, scope: Scope): boolean {
  return conditionsHold(block, { ...scope, isForgiving: true })
}

/** Throws Unsupported. An absent block holds. */
export function conditionsHold(block: Field, scope: Scope): boolean {
  if (block.kind === 'list') return block.items().every((condition) => conditionHolds(condition, scope))
  const [any, all] = [block.at('any').items(), block.at('all').items()]
  return (
    (any.length === 0 || any.some((condition) => conditionHolds(condition, scope))) &&
    all.every((condition) => conditionHolds(condition, scope))
  )
}

function conditionHolds(condition: Field, scope: Scope): boolean {
  const [key, value] = [operandOf(condition.at('key'), scope), operandOf(condition.at('value'), scope)]
  const [keys, values] = [listOf(key), listOf(value)]
  const isAmong = (one: unknown) => values.some((other) => isEqual(one, other))
  const operator = String(condition.at('operator').value)
  switch (operator) {
    case 'Equal':
    case 'Equals':
      return isEqual(key, value)
    case 'NotEqual':
    case 'NotEquals':
      return !isEqual(key, value)
    case 'In':
    case 'AllIn':
      return keys.every(isAmong)
    case 'AnyIn':
      return keys.some(isAmong)
    case 'NotIn':
    case 'AllNotIn':
      return !keys.some(isAmong)
    case 'AnyNotIn':
      return keys.some((one) => !isAmong(one))
    case 'DurationGreaterThan':
    case 'DurationGreaterThanOrEquals':
    case 'DurationLessThan':
    case 'DurationLessThanOrEquals':
      return compares(amountOf(key), operator.slice('Duration'.length), amountOf(value))
    case 'GreaterThan':
    case 'GreaterThanOrEquals':
    case 'LessThan':
    case 'LessThanOrEquals':
      return compares(amountOf(key), operator, amountOf(value))
    default:
      throw new Unsupported(`condition operator ${operator.slice(0, 40)}`)
  }
}

function compares(left: number | undefined, operator: string, right: number | undefined): boolean {
  if (left === undefined || right === undefined) return false
  if (left === right) return operator.endsWith('OrEquals')
  return operator.startsWith('GreaterThan') ? left > right : left < right
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [value]
}

function isEqual(left: unknown, right: unknown): boolean {
  if (Array.isArray(left) && Array.isArray(right))
    return left.length === right.length && left.every((one, index) => isEqual(one, right[index]))
  if (typeof left === 'string' && typeof right === 'string') return matchesWildcard(left, right) || matchesWildcard(right, left)
  return left === right || (right !== null && right !== undefined && matchesScalar(left, right))
}

/** What has no value is an empty text in conditions: kyverno/kyverno, pkg/engine/variables. */
function operandOf(field: Field, scope: Scope): unknown {
  return substituted(celValue(field), scope, '')
}
