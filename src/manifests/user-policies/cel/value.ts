/** Fields as CEL sees objects: maps with the keys of the file, whole numbers as integers, and nothing where there is `null`. */
import type { Field } from '../../../formats/field.ts'

export function celValue(field: Field): unknown {
  switch (field.kind) {
    case 'map':
      return new Map(
        field
          .entries()
          .filter(([, value]) => value.kind !== 'null')
          .map(([key, value]) => [key, celValue(value)]),
      )
    case 'list':
      return field.items().map(celValue)
    case 'scalar':
      return typeof field.value === 'number' && Number.isSafeInteger(field.value) ? BigInt(field.value) : field.value
    default:
      return null
  }
}
