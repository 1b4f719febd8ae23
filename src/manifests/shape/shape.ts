/** What a value must look like: the part of the published schemas that an API server checks by itself. */

export type Shape = AnyShape | EnumShape | ListShape | MapShape | ObjectShape | ScalarShape

/** `int-or-string` is a port, `quantity` an amount (`500m`, `1`), `parameter` a Tekton value: text, list or map. */
export type ScalarType = 'boolean' | 'int-or-string' | 'integer' | 'number' | 'parameter' | 'quantity' | 'string'

export interface AnyShape {
  readonly kind: 'any'
}

export interface ScalarShape {
  readonly kind: 'scalar'
  readonly type: ScalarType
}

export interface EnumShape {
  readonly kind: 'enum'
  readonly values: readonly string[]
}

export interface ListShape {
  readonly kind: 'list'
  readonly of: Shape
}

export interface MapShape {
  readonly kind: 'map'
  readonly of: Shape
}

export interface ObjectShape {
  readonly kind: 'object'
  /** Shapes may be recursive: they are looked up when they are asked for. */
  field(name: string): Shape | undefined
  readonly names: readonly string[]
  readonly required: readonly string[]
  /** True where fields that are not named are kept. */
  readonly isOpen: boolean
}

export const anything: AnyShape = { kind: 'any' }
