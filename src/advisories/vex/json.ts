/** Looks into JSON that nobody has looked at. */

export type JsonObject = Readonly<Record<string, unknown>>

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function objectsOf(value: unknown): readonly JsonObject[] {
  return Array.isArray(value) ? value.filter(isObject) : []
}

/** Texts of a list, without what is none and without what is empty. */
export function textsOf(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((entry): entry is string => typeof entry === 'string' && entry !== '') : []
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** A member with a text, as an object to be spread; nothing without one. */
export function member<K extends string>(key: K, value: unknown): { readonly [P in K]?: string } {
  const text = textOf(value)
  return text === undefined ? {} : ({ [key]: text } as { readonly [P in K]: string })
}
