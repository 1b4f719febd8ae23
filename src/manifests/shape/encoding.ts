/**
 * Shapes as text, for the table that ships with the program. A line is an object: `name=shape` for each field, `name!=shape` where it is
 * required, `~` first where it is open. A shape is a letter, the number of a line, `[` and `{` for lists and maps of what follows, or
 * `(A|B)` for closed sets of words.
 */

import { anything, type ObjectShape, type ScalarType, type Shape } from './shape.ts'

const letters: readonly (readonly [letter: string, type: ScalarType])[] = [
  ['b', 'boolean'],
  ['i', 'integer'],
  ['n', 'number'],
  ['p', 'parameter'],
  ['q', 'quantity'],
  ['s', 'string'],
  ['x', 'int-or-string'],
]
const typeOf: ReadonlyMap<string, ScalarType> = new Map(letters)
const letterOf: ReadonlyMap<ScalarType, string> = new Map(letters.map(([letter, type]) => [type, letter]))

export class ShapeWriter {
  readonly #lines: string[] = []
  readonly #byShape = new Map<ObjectShape, number>()
  readonly #byLine = new Map<string, number>()

  write(shape: Shape): string {
    switch (shape.kind) {
      case 'any':
        return '*'
      case 'enum':
        return `(${shape.values.join('|')})`
      case 'list':
        return `[${this.write(shape.of)}`
      case 'map':
        return `{${this.write(shape.of)}`
      case 'object':
        return String(this.#object(shape))
      case 'scalar':
        return letterOf.get(shape.type) ?? '*'
    }
  }

  get lines(): readonly string[] {
    return this.#lines
  }

  /** Equal objects share a line, but for those that hold themselves. */
  #object(shape: ObjectShape): number {
    const known = this.#byShape.get(shape)
    if (known !== undefined) return known
    const reserved = this.#lines.length
    this.#byShape.set(shape, reserved)
    this.#lines.push('')
    const fields = shape.names.map(
      (name) => `${name}${shape.required.includes(name) ? '!' : ''}=${this.write(shape.field(name) ?? anything)}`,
    )
    const line = `${shape.isOpen ? '~ ' : ''}${fields.join(' ')}`
    const equal = this.#byLine.get(line)
    if (equal !== undefined && reserved === this.#lines.length - 1) {
      this.#lines.pop()
      this.#byShape.set(shape, equal)
      return equal
    }
    this.#lines[reserved] = line
    this.#byLine.set(line, reserved)
    return reserved
  }
}

/** Reads lines when they are asked for: most trees use a few kinds. */
export function shapeReader(lines: readonly string[]): (text: string) => Shape {
  const objects = new Map<number, ObjectShape>()
  const read = (text: string): Shape => {
    const [first = ''] = text
    if (first === '[') return { kind: 'list', of: read(text.slice(1)) }
    if (first === '{') return { kind: 'map', of: read(text.slice(1)) }
    if (first === '(') return { kind: 'enum', values: text.slice(1, -1).split('|') }
    const type = typeOf.get(text)
    if (type !== undefined) return { kind: 'scalar', type }
    const index = Number(text)
    const line = text === '*' ? undefined : lines[index]
    if (line === undefined) return anything
    const shape = objects.get(index) ?? readObject(line, read)
    objects.set(index, shape)
    return shape
  }
  return read
}

function readObject(line: string, read: (text: string) => Shape): ObjectShape {
  const isOpen = line.startsWith('~')
  const words = line
    .replace('~', '')
    .split(' ')
    .filter((word) => word !== '')
  const fields = new Map(words.map((word) => [word.slice(0, word.indexOf('=')), word.slice(word.indexOf('=') + 1)] as const))
  const required = [...fields.keys()].filter((name) => name.endsWith('!')).map((name) => name.slice(0, -1))
  const texts = new Map([...fields].map(([name, text]) => [name.replace(/!$/, ''), text]))
  const shapes = new Map<string, Shape>()
  return {
    kind: 'object',
    names: [...texts.keys()],
    required,
    isOpen,
    field(name) {
      const text = texts.get(name)
      if (text === undefined) return undefined
      const shape = shapes.get(name) ?? read(text)
      shapes.set(name, shape)
      return shape
    },
  }
}
