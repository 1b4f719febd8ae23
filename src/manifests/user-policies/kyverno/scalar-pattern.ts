/** Patterns of single values: wildcards, operators, ranges. https://kyverno.io/docs/policy-types/cluster-policy/validate/#operators */
import { parseQuantity } from '../../quota/quantity.ts'

export function matchesScalar(value: unknown, pattern: unknown): boolean {
  if (pattern === null || pattern === undefined) return value === null || value === undefined
  if (typeof pattern === 'boolean') return value === pattern || value === String(pattern)
  if (typeof pattern !== 'string') return amountOf(value) === amountOf(pattern)
  if (value instanceof Map || Array.isArray(value) || value === null || value === undefined) return false
  return pattern.split('|').some((part) => part.split('&').every((one) => matchesOne(value, one.trim())))
}

function matchesOne(value: unknown, pattern: string): boolean {
  const [, operator = '', operand = ''] = /^(>=|<=|>|<|!)?\s*([\s\S]*)$/.exec(pattern) ?? []
  if (operator === '!') return !matchesOne(value, operand)
  if (operator !== '') return compares(amountOf(value), operator, amountOf(operand))
  const [, low, isOutside, high] = /^(\S*\d\S*?)\s*(!?)-\s*(\d\S*)$/.exec(operand) ?? []
  const [from, to, amount] = [amountOf(low), amountOf(high), amountOf(value)]
  if (from !== undefined && to !== undefined && amount !== undefined) return (amount >= from && amount <= to) !== (isOutside === '!')
  const [left, right] = [amountOf(value), amountOf(operand)]
  return matchesWildcard(String(value), operand) || (left !== undefined && left === right)
}

function compares(left: number | undefined, operator: string, right: number | undefined): boolean {
  if (left === undefined || right === undefined) return false
  if (operator === '>') return left > right
  if (operator === '>=') return left >= right
  return operator === '<' ? left < right : left <= right
}

const secondsOf: ReadonlyMap<string, number> = new Map([
  ['h', 3600],
  ['m', 60],
  ['s', 1],
])

/** A number, a quantity or a duration, in one scale. */
export function amountOf(value: unknown): number | undefined {
  const amount = parseQuantity(value)
  if (amount !== undefined || typeof value !== 'string' || !/^(?:\d{1,9}[hms])+$/.test(value)) return amount
  return [...value.matchAll(/(\d+)([hms])/g)].reduce((sum, [, number, unit]) => sum + Number(number) * (secondsOf.get(unit ?? '') ?? 0), 0)
}

/** `*` is any run of characters, `?` one of them; in time that grows with the product of the lengths and no faster. */
export function matchesWildcard(text: string, pattern: string): boolean {
  let [at, patternAt, star, mark] = [0, 0, -1, 0]
  while (at < text.length) {
    if (patternAt < pattern.length && pattern[patternAt] === '*') {
      star = patternAt
      mark = at
      patternAt += 1
    } else if (patternAt < pattern.length && (pattern[patternAt] === '?' || pattern[patternAt] === text[at])) {
      at += 1
      patternAt += 1
    } else if (star >= 0) {
      mark += 1
      at = mark
      patternAt = star + 1
    } else return false
  }
  while (pattern[patternAt] === '*') patternAt += 1
  return patternAt === pattern.length
}
