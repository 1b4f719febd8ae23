/** Lists and sets: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library, https://pkg.go.dev/github.com/google/cel-go/ext#Sets */
import type { Environment } from '@marcbachmann/cel-js'

type List = readonly unknown[]

export function registerLists(environment: Environment): void {
  environment
    .registerFunction('list.isSorted(): bool', (list: List) =>
      list.every((item, index) => index === 0 || compare(list[index - 1], item) <= 0),
    )
    .registerFunction('list.sum(): dyn', (list: List) => list.reduce(add, typeof list[0] === 'number' ? 0 : 0n))
    .registerFunction('list.min(): dyn', (list: List) => extreme(list, -1))
    .registerFunction('list.max(): dyn', (list: List) => extreme(list, 1))
    .registerFunction('list.indexOf(dyn): int', (list: List, wanted: unknown) => BigInt(list.findIndex((item) => isEqual(item, wanted))))
    .registerFunction('list.lastIndexOf(dyn): int', (list: List, wanted: unknown) =>
      BigInt(list.findLastIndex((item) => isEqual(item, wanted))),
    )
    .registerFunction('list.distinct(): list<dyn>', (list: List) =>
      list.filter((item, index) => list.findIndex((other) => isEqual(other, item)) === index),
    )
    .registerFunction('list.reverse(): list<dyn>', (list: List) => list.toReversed())
    .registerFunction('list.sort(): list<dyn>', (list: List) => list.toSorted(compare))
    .registerFunction('list.slice(int, int): list<dyn>', (list: List, from: bigint, to: bigint) => list.slice(Number(from), Number(to)))
    .registerFunction('list.flatten(): list<dyn>', (list: List) => list.flat(1))
  class Sets {}
  const contains = (list: List, others: List) => others.every((other) => list.some((item) => isEqual(item, other)))
  environment
    .registerType('kubernetes.Sets', Sets)
    .registerConstant('sets', 'kubernetes.Sets', new Sets())
    .registerFunction('kubernetes.Sets.contains(list, list): bool', (_: Sets, a: List, b: List) => contains(a, b))
    .registerFunction('kubernetes.Sets.equivalent(list, list): bool', (_: Sets, a: List, b: List) => contains(a, b) && contains(b, a))
    .registerFunction('kubernetes.Sets.intersects(list, list): bool', (_: Sets, a: List, b: List) => a.some((item) => contains(b, [item])))
}

export function isEqual(a: unknown, b: unknown): boolean {
  if (typeof a === 'bigint' && typeof b === 'number') return Number(a) === b
  if (typeof a === 'number' && typeof b === 'bigint') return a === Number(b)
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((item, index) => isEqual(item, b[index]))
  if (a instanceof Map && b instanceof Map)
    return a.size === b.size && [...a].every(([key, value]) => b.has(key) && isEqual(value, b.get(key)))
  return a === b
}

function compare(a: unknown, b: unknown): number {
  const [left, right] = [a as bigint, b as bigint]
  return left < right ? -1 : left > right ? 1 : 0
}

function add(a: unknown, b: unknown): unknown {
  if (typeof a === 'bigint' && typeof b === 'bigint') return a + b
  return Number(a) + Number(b)
}

function extreme(list: List, sign: number): unknown {
  if (list.length === 0) throw new Error('min and max of an empty list')
  return list.reduce((best, item) => (sign * compare(item, best) > 0 ? item : best))
}
