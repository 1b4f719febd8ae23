/** Looks into JSON of unknown shape. */

/** The value below; undefined where there is none. Numbers are places in a list. */
export function at(value: unknown, ...path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((found, key) => {
    if (Array.isArray(found)) return typeof key === 'number' ? found[key] : undefined
    return typeof found === 'object' && found !== null && Object.hasOwn(found, key) ? (found as Record<string, unknown>)[key] : undefined
  }, value)
}

export function textAt(value: unknown, ...path: readonly (string | number)[]): string | undefined {
  const found = at(value, ...path)
  return typeof found === 'string' && found !== '' ? found : undefined
}

export function listAt(value: unknown, ...path: readonly (string | number)[]): readonly unknown[] {
  const found = at(value, ...path)
  return Array.isArray(found) ? found : []
}

/** Leaves out what is not there. */
export function present<Value>(entries: Readonly<Record<string, Value | undefined>>): ReadonlyMap<string, Value> {
  return new Map(Object.entries(entries).filter((entry): entry is [string, Value] => entry[1] !== undefined))
}
