/** Deny rules and preconditions, in their common forms: https://kyverno.io/docs/policy-types/cluster-policy/preconditions/ */
import type { Field } from '../../../formats/field.ts'
import { operationOf } from '../match.ts'
import type { Target } from '../target.ts'
import { amountOf, matchesScalar, matchesWildcard } from './scalar-pattern.ts'

/** A form that is not understood here: the message names it. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'
}

/** Throws Unsupported. An absent block holds. */
export function conditionsHold(block: Field, target: Target): boolean {
  if (block.kind === 'list') return block.items().every((condition) => conditionHolds(condition, target))
  const [any, all] = [block.at('any').items(), block.at('all').items()]
  return (
    (any.length === 0 || any.some((condition) => conditionHolds(condition, target))) &&
    all.every((condition) => conditionHolds(condition, target))
  )
}

function conditionHolds(condition: Field, target: Target): boolean {
  const [key, value] = [operandOf(condition.at('key'), target), operandOf(condition.at('value'), target)]
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

function operandOf(field: Field, target: Target): unknown {
  if (field.kind === 'list') return field.items().map((item) => operandOf(item, target))
  if (typeof field.value !== 'string' || !field.value.includes('{{'))
    return typeof field.value === 'number' ? BigInt(Math.trunc(field.value)) : field.value
  const [, expression] = /^\{\{([^{}]*)\}\}$/.exec(field.value.trim()) ?? []
  if (expression === undefined) throw new Unsupported('variables inside of a text')
  return resolve(expression.trim(), target)
}

/** A path below the request, with lists flattened by `[]`, and a literal for when there is nothing. */
function resolve(expression: string, target: Target): unknown {
  const [, path = '', fallback] = /^([\w.[\]*"/-]+?)\s*(?:\|\|\s*(`[^`]*`|'[^']*'))?$/.exec(expression) ?? []
  if (path === 'request.operation') return operationOf(target)
  if (path === 'request.namespace') return target.namespace
  if (path === 'request.name') return target.name
  const [, root, below] = /^request\.(object|oldObject)((?:\.\w[\w-]*|\."[^"]+"|\[\*?\])*)$/.exec(path) ?? []
  if (root === undefined || below === undefined) throw new Unsupported(`expression {{ ${expression.slice(0, 80)} }}`)
  const steps = [...below.matchAll(/\.(\w[\w-]*)|\."([^"]+)"|(\[\*?\])/g)].map(([, plain, quoted, all]) =>
    all === undefined ? (plain ?? quoted ?? '') : undefined,
  )
  const value = follow(root === 'object' ? target.value() : target.oldTarget?.value(), steps)
  return value ?? (fallback === undefined ? null : literalOf(fallback))
}

/** `undefined` among the steps: each element of the list. */
function follow(value: unknown, steps: readonly (string | undefined)[]): unknown {
  const [step, ...rest] = steps
  if (steps.length === 0) return value
  if (step !== undefined) return value instanceof Map ? follow(value.get(step), rest) : undefined
  if (!Array.isArray(value)) return undefined
  const found = value.map((item) => follow(item, rest)).filter((item) => item !== undefined && item !== null)
  return rest.includes(undefined) ? found.flat() : found
}

function literalOf(text: string): unknown {
  if (text.startsWith("'")) return text.slice(1, -1)
  try {
    const value: unknown = JSON.parse(text.slice(1, -1))
    return typeof value === 'number' && Number.isInteger(value) ? BigInt(value) : value
  } catch (error) {
    throw new Unsupported(`literal ${text.slice(0, 40)}`, { cause: error })
  }
}
