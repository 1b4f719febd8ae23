/** JSON files whose root is an object. */
import { readText } from './text.ts'

/** Throws RangeError above `limitBytes`, SyntaxError for what is not JSON or not an object. */
export async function readJsonObject(body: AsyncIterable<Uint8Array>, limitBytes: number): Promise<ReadonlyMap<string, unknown>> {
  const members = membersOf(JSON.parse(await readText(body, limitBytes)))
  if (!members) throw new SyntaxError('the root is not an object')
  return members
}

/** Undefined for anything but an object. Keys from outside stay in a Map. */
export function membersOf(value: unknown): ReadonlyMap<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? new Map(Object.entries(value)) : undefined
}

export function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The elements of a list; none for anything else. */
export function itemsOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
