/** Objects as JSON has them, from what the engines for CEL are given. */
export function plainValue(value: unknown): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (Array.isArray(value)) return value.map(plainValue)
  // Entries, and no assignments: a key named `__proto__` is a key.
  if (value instanceof Map) return Object.fromEntries([...value].map(([key, inner]) => [String(key), plainValue(inner)]))
  return value
}
