/** The `Field` of a YAML or JSON document: made when it is asked for, and kept by its parent, so that many rules share one walk. */
import type { Location } from '../../findings.ts'
import type { Field, FieldKind } from '../field.ts'
import { effectivePairs } from './merge.ts'
import { type ScalarNode, type TargetNode, targetOf, type YamlNode, type YamlPair } from './node.ts'
import { type Dialect, type ScalarValue, scalarValue } from './scalar.ts'
import type { TextLines } from './text-lines.ts'

/** What all fields of one document share. */
export interface DocumentSource {
  readonly file: string
  readonly lines: TextLines
  readonly dialect: Dialect
}

type Entry = readonly [key: string, value: ValueField]

export class ValueField implements Field {
  readonly #source: DocumentSource
  readonly #written: YamlNode
  readonly #node: TargetNode
  readonly #parent: ValueField | undefined
  readonly #key: string | number
  readonly #pair: YamlPair | undefined
  #value: ScalarValue | undefined
  #entries: readonly Entry[] | undefined
  #byKey: ReadonlyMap<string, ValueField> | undefined
  #items: readonly ValueField[] | undefined

  constructor(source: DocumentSource, node: YamlNode, parent?: ValueField, key: string | number = '', pair?: YamlPair) {
    this.#source = source
    this.#written = node
    this.#node = targetOf(node)
    this.#parent = parent
    this.#key = key
    this.#pair = pair
  }

  get kind(): FieldKind {
    if (this.#node.kind !== 'scalar') return this.#node.kind
    return this.value === null ? 'null' : 'scalar'
  }

  get value(): ScalarValue | undefined {
    if (this.#node.kind !== 'scalar') return undefined
    this.#value ??= scalarValue(this.#node, this.#source.dialect)
    return this.#value
  }

  get text(): string | undefined {
    return this.#node.kind === 'scalar' ? this.#source.lines.text.slice(this.#node.start, this.#node.end) : undefined
  }

  get isAlias(): boolean {
    return this.#written.kind === 'alias'
  }

  get path(): readonly (string | number)[] {
    return this.#parent ? [...this.#parent.path, this.#key] : []
  }

  at(...path: readonly (string | number)[]): Field {
    let field: ValueField = this
    for (let depth = 0; depth < path.length; depth++) {
      const step = path[depth]
      const child = typeof step === 'number' ? field.items()[step] : field.#child(step ?? '')
      if (child === undefined) return new AbsentField(field, path.slice(depth))
      field = child
    }
    return field
  }

  items(): readonly ValueField[] {
    const node = this.#node
    if (node.kind !== 'list') return []
    this.#items ??= node.items.map((item, index) => new ValueField(this.#source, item, this, index))
    return this.#items
  }

  entries(): readonly Entry[] {
    const node = this.#node
    if (node.kind !== 'map') return []
    this.#entries ??= effectivePairs(node, this.#source.dialect).map((pair) => [
      pair.key,
      new ValueField(this.#source, pair.value, this, pair.key, pair),
    ])
    return this.#entries
  }

  location(): Location {
    // `key:` without a value has no place of its own.
    if (this.#written.start === this.#written.end && this.#pair) return this.keyLocation()
    return this.#locate(this.#written.start, this.#written.end)
  }

  keyLocation(): Location {
    return this.#pair ? this.#locate(this.#pair.keyStart, this.#pair.keyEnd) : this.location()
  }

  toJson(): unknown {
    return plainData(this.#node, this.#source.dialect)
  }

  #child(key: string): ValueField | undefined {
    const entries = this.entries()
    if (entries.length > 8) {
      this.#byKey ??= new Map(entries)
      return this.#byKey.get(key)
    }
    for (const [name, field] of entries) if (name === key) return field
    return undefined
  }

  #locate(start: number, end: number): Location {
    const from = this.#source.lines.positionOf(start)
    const to = this.#source.lines.positionOf(end)
    return { file: this.#source.file, startLine: from.line, endLine: to.line, startColumn: from.column, endColumn: to.column }
  }
}

/** A field that is not there: it stands where its nearest parent's key does. */
class AbsentField implements Field {
  readonly kind = 'absent'
  readonly value = undefined
  readonly text = undefined
  readonly #nearest: ValueField
  readonly #below: readonly (string | number)[]

  constructor(nearest: ValueField, below: readonly (string | number)[]) {
    this.#nearest = nearest
    this.#below = below
  }

  get path(): readonly (string | number)[] {
    return [...this.#nearest.path, ...this.#below]
  }

  at(...path: readonly (string | number)[]): Field {
    return path.length === 0 ? this : new AbsentField(this.#nearest, [...this.#below, ...path])
  }

  items(): readonly Field[] {
    return []
  }

  entries(): readonly (readonly [string, Field])[] {
    return []
  }

  location(): Location {
    return this.#nearest.keyLocation()
  }

  keyLocation(): Location {
    return this.#nearest.keyLocation()
  }

  toJson(): unknown {
    return undefined
  }
}

function plainData(node: YamlNode, dialect: Dialect): unknown {
  const target = targetOf(node)
  if (target.kind === 'scalar') return scalarValue(target as ScalarNode, dialect)
  if (target.kind === 'list') return target.items.map((item) => plainData(item, dialect))
  const map = Object.create(null) as Record<string, unknown>
  for (const pair of effectivePairs(target, dialect)) map[pair.key] = plainData(pair.value, dialect)
  return map
}
