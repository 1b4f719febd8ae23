/** The `Field` of a YAML or JSON document: made when it is asked for, and kept by its parent, so that many rules share one walk. */
import type { Location } from '../../findings.ts'
import type { Field, FieldKind } from '../field.ts'
import { effectivePairs } from './merge.ts'
import { targetOf, type YamlNode, type YamlPair } from './node.ts'
import { type Dialect, isNull, type ScalarValue, scalarValue } from './scalar.ts'
import type { TextLines } from './text-lines.ts'

/** What all fields of one document share. */
export interface DocumentSource {
  readonly file: string
  readonly lines: TextLines
  readonly dialect: Dialect
}

/** How long a map is before its keys are looked up by a table. */
const shortMap = 8

export class ValueField implements Field {
  readonly #source: DocumentSource
  readonly #written: YamlNode
  readonly #parent: ValueField | undefined
  /** The pair or the index under which it stands in its parent. */
  readonly #place: YamlPair | number | undefined
  /** Of the map's pairs or the list's items, those that were asked for. */
  #children: (ValueField | undefined)[] | undefined
  #pairs: readonly YamlPair[] | undefined
  #indexes: ReadonlyMap<string, number> | undefined

  constructor(source: DocumentSource, node: YamlNode, parent?: ValueField, place?: YamlPair | number) {
    this.#source = source
    this.#written = node
    this.#parent = parent
    this.#place = place
  }

  get kind(): FieldKind {
    const node = targetOf(this.#written)
    if (node.kind !== 'scalar') return node.kind
    return isNull(node, this.#source.dialect) ? 'null' : 'scalar'
  }

  get value(): ScalarValue | undefined {
    const node = targetOf(this.#written)
    return node.kind === 'scalar' ? scalarValue(node, this.#source.dialect) : undefined
  }

  get text(): string | undefined {
    const node = targetOf(this.#written)
    return node.kind === 'scalar' ? this.#source.lines.text.slice(node.start, node.end) : undefined
  }

  get isAlias(): boolean {
    return this.#written.kind === 'alias'
  }

  get path(): readonly (string | number)[] {
    if (!this.#parent || this.#place === undefined) return []
    return [...this.#parent.path, typeof this.#place === 'number' ? this.#place : this.#place.key]
  }

  at(...path: readonly (string | number)[]): Field {
    let field: ValueField = this
    for (let depth = 0; depth < path.length; depth++) {
      const step = path[depth]
      const child = typeof step === 'number' ? field.#item(step) : field.#entry(step ?? '')
      if (child === undefined) return new AbsentField(field, path, depth)
      field = child
    }
    return field
  }

  items(): readonly ValueField[] {
    const node = targetOf(this.#written)
    return node.kind === 'list' ? node.items.map((item, index) => this.#childAt(index, item, index)) : []
  }

  entries(): readonly (readonly [key: string, value: ValueField])[] {
    return this.#effectivePairs().map((pair, index) => [pair.key, this.#childAt(index, pair.value, pair)])
  }

  location(): Location {
    // `key:` without a value has no place of its own.
    if (this.#written.start === this.#written.end && typeof this.#place === 'object') return this.keyLocation()
    return this.#locate(this.#written.start, this.#written.end)
  }

  keyLocation(): Location {
    return typeof this.#place === 'object' ? this.#locate(this.#place.keyStart, this.#place.keyEnd) : this.location()
  }

  toJson(): unknown {
    return plainData(this.#written, this.#source.dialect)
  }

  #item(index: number): ValueField | undefined {
    const node = targetOf(this.#written)
    const item = node.kind === 'list' ? node.items[index] : undefined
    return item && this.#childAt(index, item, index)
  }

  #entry(key: string): ValueField | undefined {
    const pairs = this.#effectivePairs()
    const index = pairs.length > shortMap ? this.#indexOf(pairs, key) : indexOfKey(pairs, key)
    const pair = pairs[index]
    return pair && this.#childAt(index, pair.value, pair)
  }

  #indexOf(pairs: readonly YamlPair[], key: string): number {
    this.#indexes ??= new Map(pairs.map((pair, index) => [pair.key, index]))
    return this.#indexes.get(key) ?? -1
  }

  #effectivePairs(): readonly YamlPair[] {
    if (this.#pairs) return this.#pairs
    const node = targetOf(this.#written)
    const pairs = node.kind === 'map' ? effectivePairs(node, this.#source.dialect) : []
    this.#pairs = pairs
    return pairs
  }

  #childAt(index: number, node: YamlNode, place: YamlPair | number): ValueField {
    // As long as it can get: an array that grows by its indexes takes several times as much.
    this.#children ??= new Array(this.#length())
    const kept = this.#children[index]
    if (kept) return kept
    const child = new ValueField(this.#source, node, this, place)
    this.#children[index] = child
    return child
  }

  #length(): number {
    const node = targetOf(this.#written)
    return node.kind === 'list' ? node.items.length : this.#effectivePairs().length
  }

  #locate(start: number, end: number): Location {
    const from = this.#source.lines.positionOf(start)
    const to = this.#source.lines.positionOf(end)
    return { file: this.#source.file, startLine: from.line, endLine: to.line, startColumn: from.column, endColumn: to.column }
  }
}

function indexOfKey(pairs: readonly YamlPair[], key: string): number {
  for (let index = 0; index < pairs.length; index++) if (pairs[index]?.key === key) return index
  return -1
}

/** A field that is not there: it stands where its nearest parent's key does. */
class AbsentField implements Field {
  readonly kind = 'absent'
  readonly value = undefined
  readonly text = undefined
  readonly #nearest: ValueField
  readonly #above: AbsentField | undefined
  readonly #asked: readonly (string | number)[]
  readonly #depth: number

  /** Of the path that was asked for, the steps from `depth` on are not there; `above` are those of another that was asked before. */
  constructor(nearest: ValueField, asked: readonly (string | number)[], depth: number, above?: AbsentField) {
    this.#nearest = nearest
    this.#asked = asked
    this.#depth = depth
    this.#above = above
  }

  get path(): readonly (string | number)[] {
    return [...(this.#above ?? this.#nearest).path, ...this.#asked.slice(this.#depth)]
  }

  at(...path: readonly (string | number)[]): Field {
    return path.length === 0 ? this : new AbsentField(this.#nearest, path, 0, this)
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
  if (target.kind === 'scalar') return scalarValue(target, dialect)
  if (target.kind === 'list') return target.items.map((item) => plainData(item, dialect))
  const map = Object.create(null) as Record<string, unknown>
  for (const pair of effectivePairs(target, dialect)) map[pair.key] = plainData(pair.value, dialect)
  return map
}
