/** A field of a rendered document that stands where it comes from: in a template, among the values, in a base or an overlay. */
import type { Location } from '../../findings.ts'
import type { Field, FieldKind } from '../../formats/field.ts'

/** Where a field that is there comes from; `part` is its value or its key. */
export type Locate = (field: Field, part: 'value' | 'key') => Location

/** Whether a scalar is made anew by each rendering: a random value, or a hash of what is. */
export type IsGenerated = (field: Field) => boolean

/** Annotations that a renderer was asked for, and that no cluster would see. */
export type HiddenKeys = ReadonlySet<string>

export class MappedField implements Field {
  readonly isRendered = true
  readonly #inner: Field
  /** Itself, or the nearest field above that is there. */
  readonly #nearest: MappedField
  readonly #locate: Locate
  readonly #hidden: HiddenKeys
  readonly #isGenerated: IsGenerated

  constructor(inner: Field, locate: Locate, hidden: HiddenKeys = new Set(), isGenerated: IsGenerated = () => false, nearest?: MappedField) {
    this.#isGenerated = isGenerated
    this.#inner = inner
    this.#locate = locate
    this.#hidden = hidden
    this.#nearest = inner.kind === 'absent' && nearest ? nearest : this
  }

  get kind(): FieldKind {
    return this.#inner.kind
  }

  get value(): Field['value'] {
    return this.#inner.value
  }

  get isGenerated(): boolean {
    return this.kind === 'scalar' && this.#isGenerated(this.#inner)
  }

  get text(): string | undefined {
    return this.#inner.text
  }

  get path(): readonly (string | number)[] {
    return this.#inner.path
  }

  at(...path: readonly (string | number)[]): Field {
    let field: MappedField = this
    for (const step of path) {
      // A key that nobody has stands for one that is not to be seen.
      const inner = field.#inner.at(this.#hidden.has(String(step)) ? '\0' : step)
      field = new MappedField(inner, this.#locate, this.#hidden, this.#isGenerated, field.#nearest)
    }
    return field
  }

  items(): readonly Field[] {
    return this.#inner.items().map((item) => this.#child(item))
  }

  entries(): readonly (readonly [key: string, value: Field])[] {
    return this.#inner.entries().flatMap(([key, value]) => (this.#hidden.has(key) ? [] : [[key, this.#child(value)] as const]))
  }

  location(): Location {
    return this.#nearest === this ? this.#locate(this.#inner, 'value') : this.#nearest.keyLocation()
  }

  keyLocation(): Location {
    return this.#nearest === this ? this.#locate(this.#inner, 'key') : this.#nearest.keyLocation()
  }

  toJson(): unknown {
    if (this.kind === 'list') return this.items().map((item) => item.toJson())
    if (this.kind !== 'map') return this.#inner.toJson()
    const map = Object.create(null) as Record<string, unknown>
    for (const [key, value] of this.entries()) map[key] = value.toJson()
    return map
  }

  #child(inner: Field): MappedField {
    return new MappedField(inner, this.#locate, this.#hidden, this.#isGenerated, this)
  }
}
