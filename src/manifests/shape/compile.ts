/** JSON schemas, as OpenAPI and CustomResourceDefinitions write them, to shapes. Data from outside: depth is bounded, and what is not understood is `any`. */

import { anything, type ObjectShape, type ScalarType, type Shape } from './shape.ts'

/** A schema deeper than this is `any` below. */
const depthLimit = 64

/** `resolve` gives the shape that a `$ref` names. */
export function compileSchema(schema: unknown, resolve: (reference: string) => Shape, depth = 0): Shape {
  const get = reader(schema)
  if (depth > depthLimit || get === undefined) return anything
  const reference = get('$ref')
  if (typeof reference === 'string') return resolve(reference)
  if (get('x-kubernetes-int-or-string') === true || get('format') === 'int-or-string') return { kind: 'scalar', type: 'int-or-string' }
  const below = (inner: unknown) => compileSchema(inner, resolve, depth + 1)
  switch (get('type')) {
    case 'array':
      return { kind: 'list', of: below(get('items')) }
    case 'object':
      return compileObject(get, below)
    case 'string': {
      const values = get('enum')
      const isClosed = Array.isArray(values) && values.every((value) => typeof value === 'string')
      return isClosed ? { kind: 'enum', values } : { kind: 'scalar', type: 'string' }
    }
    case 'boolean':
    case 'integer':
    case 'number':
      return { kind: 'scalar', type: get('type') as ScalarType }
    default:
      return get('properties') === undefined ? anything : compileObject(get, below)
  }
}

type Reader = (key: string) => unknown

function reader(schema: unknown): Reader | undefined {
  if (typeof schema !== 'object' || schema === null) return undefined
  return (key) => (Object.hasOwn(schema, key) ? Reflect.get(schema, key) : undefined)
}

function compileObject(get: Reader, below: (schema: unknown) => Shape): Shape {
  const [properties, additional, required] = [get('properties'), get('additionalProperties'), get('required')]
  const isOpen = get('x-kubernetes-preserve-unknown-fields') === true || get('x-kubernetes-embedded-resource') === true
  if (typeof properties !== 'object' || properties === null) {
    if (typeof additional === 'object' && additional !== null) return { kind: 'map', of: below(additional) }
    return anything
  }
  const texts = Array.isArray(required) ? required.filter((name) => typeof name === 'string') : []
  return objectShape(new Map(Object.entries(properties)), texts, isOpen || (additional !== undefined && additional !== false), below)
}

function objectShape(
  properties: ReadonlyMap<string, unknown>,
  required: readonly string[],
  isOpen: boolean,
  below: (schema: unknown) => Shape,
): ObjectShape {
  const compiled = new Map<string, Shape>()
  return {
    kind: 'object',
    names: [...properties.keys()],
    required,
    isOpen,
    field(name) {
      const known = compiled.get(name)
      if (known !== undefined || !properties.has(name)) return known
      const shape = below(properties.get(name))
      compiled.set(name, shape)
      return shape
    },
  }
}
