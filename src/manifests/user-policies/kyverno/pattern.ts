/** Kyverno's patterns: objects that an object is laid beside. https://kyverno.io/docs/policy-types/cluster-policy/validate/#patterns */
import { matchesScalar } from './scalar-pattern.ts'

/** `skip`: a condition of the pattern does not hold, so that it asks for nothing. */
export type Match =
  | { readonly kind: 'match' }
  | { readonly kind: 'skip' }
  | { readonly kind: 'mismatch'; readonly path: readonly (string | number)[] }

type Path = readonly (string | number)[]

const match: Match = { kind: 'match' }
const skip: Match = { kind: 'skip' }

/** `value` and `pattern` are as `celValue` makes them: maps, arrays and scalars; depth is bounded by the parser. */
export function matchPattern(value: unknown, pattern: unknown, path: Path = []): Match {
  if (pattern instanceof Map) return value instanceof Map ? matchMap(value, pattern, path) : { kind: 'mismatch', path }
  if (Array.isArray(pattern)) return Array.isArray(value) ? matchList(value, pattern, path) : { kind: 'mismatch', path }
  const isRight = Array.isArray(value) ? value.every((item) => matchesScalar(item, pattern)) : matchesScalar(value, pattern)
  return isRight ? match : { kind: 'mismatch', path }
}

interface Entry {
  readonly anchor: string
  readonly key: string
  readonly pattern: unknown
}

function matchMap(value: ReadonlyMap<unknown, unknown>, pattern: ReadonlyMap<unknown, unknown>, path: Path): Match {
  const entries = [...pattern].map(([key, inner]) => readEntry(String(key), inner))
  // Conditions come first: where one does not hold, the rest of this map is not asked for.
  for (const entry of entries.filter(({ anchor }) => anchor === '(' || anchor === '<(')) {
    const found = value.has(entry.key) ? matchPattern(value.get(entry.key), entry.pattern, [...path, entry.key]) : skip
    if (found.kind !== 'match') return skip
  }
  for (const entry of entries.filter(({ anchor }) => anchor !== '(' && anchor !== '<(' && anchor !== '+(')) {
    const result = matchEntry(value, entry, [...path, entry.key])
    if (result.kind === 'mismatch') return result
  }
  return match
}

function readEntry(text: string, pattern: unknown): Entry {
  const [, anchor = '', key = text] = /^([=X^<+]?\()(.*)\)$/s.exec(text) ?? []
  return { anchor, key, pattern }
}

function matchEntry(value: ReadonlyMap<unknown, unknown>, { anchor, key, pattern }: Entry, path: Path): Match {
  const isThere = value.has(key)
  switch (anchor) {
    case '=(':
      return isThere ? matchPattern(value.get(key), pattern, path) : match
    case 'X(':
      return isThere ? { kind: 'mismatch', path } : match
    case '^(': {
      const list = value.get(key)
      const wanted = Array.isArray(pattern) ? pattern[0] : pattern
      const isFound = Array.isArray(list) && list.some((item) => matchPattern(item, wanted).kind === 'match')
      return isFound ? match : { kind: 'mismatch', path }
    }
    default:
      if (!isThere) return pattern === null ? match : { kind: 'mismatch', path }
      return matchPattern(value.get(key), pattern, path)
  }
}

/** One map is for every element; scalars are for every element too, or one for each. */
function matchList(value: readonly unknown[], pattern: readonly unknown[], path: Path): Match {
  const [first] = pattern
  if (pattern.length > 1 && !(first instanceof Map) && pattern.length !== value.length) return { kind: 'mismatch', path }
  for (const [index, item] of value.entries()) {
    const wanted = first instanceof Map || pattern.length === 1 ? first : pattern[index]
    const result = matchPattern(item, wanted, [...path, index])
    if (result.kind === 'mismatch') return result
  }
  return match
}
