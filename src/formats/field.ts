/** A value of a YAML or JSON document with its place: what a rule reads and what a violation points at. */
import type { Location } from '../findings.ts'

export type FieldKind = 'absent' | 'null' | 'scalar' | 'list' | 'map'

export interface Field {
  readonly kind: FieldKind
  /** The scalar (string, number, boolean), null for null; undefined for absent fields, lists and maps. */
  readonly value: string | number | boolean | bigint | null | undefined
  /** As it is written, for scalars: `0755` and `"yes"` stay what they are. */
  readonly text: string | undefined
  /** True where an alias (`*name`) stands for the value: `location()` is that of the alias, the fields below have their own. */
  readonly isAlias?: boolean
  /** True for a field of a rendered chart or overlay: the text at `location()` is what it is made from, not the field itself. */
  readonly isRendered?: boolean
  /** True for a scalar that each rendering of a chart makes anew: it is written nowhere. */
  readonly isGenerated?: boolean
  /** Keys and indexes from the document's root. */
  readonly path: readonly (string | number)[]
  /** The field below, through aliases and merge keys. A field that is not there is a Field of kind `absent` with the place of its nearest parent. */
  at(...path: readonly (string | number)[]): Field
  /** The elements of a list; none for anything else. */
  items(): readonly Field[]
  /** The entries of a map in the order of the file, each key once (the last one wins); none for anything else. */
  entries(): readonly (readonly [key: string, value: Field])[]
  /** Where the value stands (an absent field: its nearest parent's key). Computed when it is asked for. */
  location(): Location
  /** Where its key stands; the value's place for elements of a list and for the root. */
  keyLocation(): Location
  /** The whole value as plain data. Maps become null-prototype objects. Bounded by the parser's bounds. */
  toJson(): unknown
}
