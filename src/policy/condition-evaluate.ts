/** What a condition says of given values. */
import type { Comparison, Condition, Expression, Value } from './condition.ts'

/**
 * True or false, or undefined where a name that decides it has no value (Kleene's logic: `false and unknown` is false). The caller
 * turns undefined into a gap; it never means false.
 */
export function evaluateCondition(condition: Condition, values: ReadonlyMap<string, Value>): boolean | undefined {
  return evaluate(condition.root, values)
}

function evaluate(expression: Expression, values: ReadonlyMap<string, Value>): boolean | undefined {
  switch (expression.kind) {
    case 'and': {
      const left = evaluate(expression.left, values)
      if (left === false) return false
      const right = evaluate(expression.right, values)
      return right === false ? false : left === undefined ? undefined : right
    }
    case 'or': {
      const left = evaluate(expression.left, values)
      if (left === true) return true
      const right = evaluate(expression.right, values)
      return right === true ? true : left === undefined ? undefined : right
    }
    case 'not': {
      const operand = evaluate(expression.operand, values)
      return operand === undefined ? undefined : !operand
    }
    case 'name': {
      const value = values.get(expression.name)
      return typeof value === 'boolean' ? value : undefined
    }
    case 'literal':
      return expression.value === true
    case 'list':
      return undefined
    case 'compare':
      return compare(expression, values)
  }
}

function compare(expression: Expression & { kind: 'compare' }, values: ReadonlyMap<string, Value>): boolean | undefined {
  const { operator, left, right } = expression
  const leftValue = valueIn(left, values)
  if (leftValue === undefined) return undefined
  if (right.kind === 'list') return right.items.includes(leftValue) === (operator === 'in')
  const rightValue = valueIn(right, values)
  if (rightValue === undefined) return undefined
  switch (operator) {
    case '==':
      return leftValue === rightValue
    case '!=':
      return leftValue !== rightValue
    case 'starts_with':
      return String(leftValue).startsWith(String(rightValue))
    case 'ends_with':
      return String(leftValue).endsWith(String(rightValue))
    case 'contains':
      return String(leftValue).includes(String(rightValue))
    default:
      return compareOrder(operator, left, leftValue, right, rightValue)
  }
}

function valueIn(expression: Expression, values: ReadonlyMap<string, Value>): Value | undefined {
  if (expression.kind === 'literal') return expression.value
  return expression.kind === 'name' ? values.get(expression.name) : undefined
}

function compareOrder(operator: Comparison, left: Expression, leftValue: Value, right: Expression, rightValue: Value): boolean | undefined {
  const a = rank(left, right, leftValue)
  const b = rank(left, right, rightValue)
  if (a === undefined || b === undefined) return undefined
  if (operator === '<') return a < b
  if (operator === '<=') return a <= b
  if (operator === '>') return a > b
  return a >= b
}

/** A number is its own rank; a word has its place in its type. A word that the type does not hold (an unknown severity) has none. */
function rank(left: Expression, right: Expression, value: Value): number | undefined {
  if (typeof value === 'number') return value
  const type = left.kind === 'name' ? left.type : right.kind === 'name' ? right.type : undefined
  const place = type?.kind === 'word' ? type.words.indexOf(String(value)) : -1
  return place < 0 ? undefined : place
}
