/** Fields of JSON that nobody has looked at. What is wrong in them is told with its path. */
import { quote } from '../findings.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Most entries that one list of a record may have; the largest public records have some ten thousand versions. */
const maxEntries = 200_000

export function readObject(value: unknown): JsonObject {
  if (!isObject(value)) throw new WrongField('', 'an object', value)
  return value
}

export function readText(object: JsonObject, key: string, otherwise?: string): string {
  const value = object[key] ?? otherwise
  if (typeof value !== 'string') throw new WrongField(key, 'a text', object[key])
  return value
}

export function readTexts(object: JsonObject, key: string): readonly string[] {
  return readList(object, key, (value) => {
    if (typeof value !== 'string') throw new WrongField('', 'a text', value)
    return value
  })
}

export function readList<T>(object: JsonObject, key: string, read: (value: unknown) => T): readonly T[] {
  const list = object[key]
  if (list === undefined || list === null) return []
  if (!Array.isArray(list)) throw new WrongField(key, 'a list', list)
  if (list.length > maxEntries) throw new WrongField(key, `at most ${maxEntries} entries`, list.length)
  return list.map((value: unknown, index) => {
    try {
      return read(value)
    } catch (cause) {
      throw cause instanceof WrongField ? cause.inside(`${key}[${index}]`) : cause
    }
  })
}

export function readMap(object: JsonObject, key: string): ReadonlyMap<string, unknown> {
  const value = object[key]
  if (value === undefined || value === null) return nothing
  return new Map(Object.entries(within(key, () => readObject(value))))
}

const nothing: ReadonlyMap<string, unknown> = new Map()

export function within<T>(key: string, read: () => T): T {
  try {
    return read()
  } catch (cause) {
    throw cause instanceof WrongField ? cause.inside(key) : cause
  }
}

/** Its path is put together on the way out, since records are many and wrong ones few. */
export class WrongField extends Error {
  readonly path: string
  readonly expected: string
  readonly found: unknown
  constructor(path: string, expected: string, found: unknown) {
    super(path)
    this.path = path
    this.expected = expected
    this.found = found
  }

  inside(parent: string): WrongField {
    return new WrongField(this.path === '' ? parent : `${parent}.${this.path}`, this.expected, this.found)
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A value, short enough for a message. */
export function describe(value: unknown): string {
  if (typeof value === 'string') return quote(value, 60)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return value === undefined ? 'absent' : String(value)
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object'
}
