/** Which comparisons mean something: a text has no order, a word is one of its type's. */
import { quote } from '../findings.ts'
import type { Comparison, Expression, Value, ValueType } from './condition.ts'
import { ConditionError } from './condition-error.ts'

/** A name alone is a truth only when it is a boolean. */
export function asTruth(expression: Expression): Expression {
  if (expression.kind === 'name' && expression.type.kind !== 'boolean' && expression.type.kind !== 'field') {
    throw new ConditionError(expression.column, `${quote(expression.name)} is a ${expression.type.kind}, expected a comparison`)
  }
  if (expression.kind === 'list' || (expression.kind === 'literal' && typeof expression.value !== 'boolean')) {
    throw new ConditionError(expression.column, 'expected a comparison, found a value')
  }
  return expression
}

const orderings: ReadonlySet<Comparison> = new Set(['<', '<=', '>', '>='])
const textual: ReadonlySet<Comparison> = new Set(['starts_with', 'ends_with', 'contains'])

export function checkedComparison(operator: Comparison, left: Expression, right: Expression, column: number): Expression {
  const name = left.kind === 'name' ? left : right.kind === 'name' ? right : undefined
  if (!name) throw new ConditionError(column, `one side of ${quote(operator)} has to be a name`)
  const other = name === left ? right : left
  const isMembership = operator === 'in' || operator === 'not in'
  if (isMembership && (right.kind !== 'list' || name !== left))
    throw new ConditionError(column, `${quote(operator)} takes a name on its left and a list on its right`)
  if (!isMembership && other.kind === 'list') throw new ConditionError(other.column, `${quote(operator)} takes no list`)
  if (orderings.has(operator) && !isOrdered(name.type))
    throw new ConditionError(column, `${quote(name.name)} has no order, ${quote(operator)} cannot be used`)
  if (textual.has(operator) && !((name.type.kind === 'string' || name.type.kind === 'field') && name === left))
    throw new ConditionError(column, `${quote(operator)} takes a text on its left`)
  if (other.kind === 'name') {
    if (other.type.kind !== name.type.kind && other.type.kind !== 'field' && name.type.kind !== 'field')
      throw new ConditionError(other.column, `${quote(other.name)} is a ${other.type.kind}, expected a ${name.type.kind}`)
  } else if (other.kind === 'literal') checkValue(name, other.value, other.bare, other.column)
  else if (other.kind === 'list')
    for (const [index, item] of other.items.entries()) checkValue(name, item, other.bare[index] ?? false, other.column)
  else throw new ConditionError(column, 'expected a value, found a comparison')
  return { kind: 'compare', operator, left, right, column }
}

function isOrdered(type: ValueType): boolean {
  return type.kind === 'number' || type.kind === 'field' || (type.kind === 'word' && type.ordered === true)
}

function checkValue(name: Expression & { kind: 'name' }, value: Value, bare: boolean, column: number): void {
  const { type } = name
  if (type.kind === 'word') {
    if (typeof value !== 'string' || !type.words.includes(value)) {
      throw new ConditionError(column, `${quote(name.name)} is one of ${type.words.join(', ')}, found ${quote(String(value))}`)
    }
    return
  }
  if (type.kind === 'field' && !bare) return
  if (bare) throw new ConditionError(column, `${quote(name.name)} is a ${type.kind}, a text has to be quoted: ${quote(String(value))}`)
  if (typeof value !== type.kind) throw new ConditionError(column, `${quote(name.name)} is a ${type.kind}, found ${quote(String(value))}`)
}
