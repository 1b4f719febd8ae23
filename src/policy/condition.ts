/**
 * The small condition language of policies: comparisons, `in` and `not in`, `and`, `or`, `not`, parentheses, strings, numbers, lists and
 * bare words, over names that a vocabulary declares. Checked when it is read, so that a misspelt name cannot make a rule that never fires.
 */
import { quote } from '../findings.ts'
import { asTruth, checkedComparison } from './condition-check.ts'
import { ConditionError } from './condition-error.ts'
import { type Token, tokenize } from './condition-tokens.ts'

export { ConditionError } from './condition-error.ts'
export { evaluateCondition } from './condition-evaluate.ts'

export type ValueType =
  | { readonly kind: 'boolean' }
  | { readonly kind: 'number' }
  | { readonly kind: 'string' }
  /** One of a few words, written bare or quoted. `ordered`: from the least up, so that `<` and `>=` mean something. */
  | { readonly kind: 'word'; readonly words: readonly string[]; readonly ordered?: boolean }
  /** Whatever stands there: a text, a number, a truth, or nothing. Alone, it is true where something stands there that is not `false`. */
  | { readonly kind: 'field' }

/** The names that a condition may use. */
export type Vocabulary = ReadonlyMap<string, ValueType>

export type Value = string | number | boolean

export interface Condition {
  readonly text: string
  /** The names that it uses. */
  readonly names: ReadonlySet<string>
  readonly root: Expression
}

export type Comparison = '==' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'not in' | 'starts_with' | 'ends_with' | 'contains'

export type Expression =
  | { readonly kind: 'and' | 'or'; readonly left: Expression; readonly right: Expression }
  | { readonly kind: 'not'; readonly operand: Expression }
  | { readonly kind: 'name'; readonly name: string; readonly type: ValueType; readonly column: number }
  | { readonly kind: 'literal'; readonly value: Value; readonly bare: boolean; readonly column: number }
  | { readonly kind: 'list'; readonly items: readonly Value[]; readonly bare: readonly boolean[]; readonly column: number }
  | {
      readonly kind: 'compare'
      readonly operator: Comparison
      readonly left: Expression
      readonly right: Expression
      readonly column: number
    }

const maximumLength = 10_000
const maximumDepth = 64

/** Throws ConditionError where the text is no condition, uses an unknown name, or compares what cannot be compared. */
export function parseCondition(text: string, vocabulary: Vocabulary): Condition {
  if (text.length > maximumLength) throw new ConditionError(1, `condition has ${text.length} characters, at most ${maximumLength} are read`)
  const parser = new Parser(tokenize(text), vocabulary)
  const root = parser.parse()
  return { text, names: parser.names, root }
}

const comparisons = new Set<string>(['==', '!=', '<', '<=', '>', '>=', 'in', 'starts_with', 'ends_with', 'contains'])
const reserved = new Set<string>([...comparisons, 'and', 'or', 'not'])

class Parser {
  readonly names = new Set<string>()
  readonly #tokens: readonly Token[]
  readonly #vocabulary: Vocabulary
  #position = 0
  #depth = 0

  constructor(tokens: readonly Token[], vocabulary: Vocabulary) {
    this.#tokens = tokens
    this.#vocabulary = vocabulary
  }

  parse(): Expression {
    const root = this.#or()
    const rest = this.#peek()
    if (rest.kind !== 'end') throw new ConditionError(rest.column, `expected the end of the condition, found ${quote(rest.text)}`)
    return asTruth(root)
  }

  #or(): Expression {
    let left = this.#and()
    while (this.#takeWord('or')) left = { kind: 'or', left: asTruth(left), right: asTruth(this.#and()) }
    return left
  }

  #and(): Expression {
    let left = this.#not()
    while (this.#takeWord('and')) left = { kind: 'and', left: asTruth(left), right: asTruth(this.#not()) }
    return left
  }

  #not(): Expression {
    const token = this.#peek()
    if (!this.#takeWord('not')) return this.#comparison()
    return this.#deeper(token.column, () => ({ kind: 'not', operand: asTruth(this.#not()) }))
  }

  #comparison(): Expression {
    const left = this.#operand()
    const token = this.#peek()
    const operator = this.#comparisonOperator()
    if (operator === undefined) return left
    const right = this.#operand(left)
    return checkedComparison(operator, left, right, token.column)
  }

  #comparisonOperator(): Comparison | undefined {
    const token = this.#peek()
    if (token.kind === 'word' && token.text === 'not') {
      this.#position++
      if (!this.#takeWord('in'))
        throw new ConditionError(this.#peek().column, `expected "in" after "not", found ${quote(this.#peek().text)}`)
      return 'not in'
    }
    if ((token.kind !== 'symbol' && token.kind !== 'word') || !comparisons.has(token.text)) return undefined
    this.#position++
    return token.text as Comparison
  }

  /** `beside`: what it is compared with, whose words come before the names that are written like them. */
  #operand(beside?: Expression): Expression {
    const token = this.#next()
    const { column } = token
    if (token.kind === 'string') return { kind: 'literal', value: token.text, bare: false, column }
    if (token.kind === 'number') return { kind: 'literal', value: Number(token.text), bare: false, column }
    if (token.kind === 'symbol' && token.text === '(') return this.#deeper(column, () => this.#parenthesised())
    if (token.kind === 'symbol' && token.text === '[') return this.#list(column, beside)
    if (token.kind === 'word' && !reserved.has(token.text)) return this.#word(token, beside)
    throw new ConditionError(column, `expected a name or a value, found ${token.kind === 'end' ? 'the end' : quote(token.text)}`)
  }

  #parenthesised(): Expression {
    const inner = this.#or()
    this.#expect(')')
    return inner
  }

  #list(column: number, beside: Expression | undefined): Expression {
    const items: Value[] = []
    const bare: boolean[] = []
    while (!this.#takeSymbol(']')) {
      if (items.length > 0) this.#expect(',')
      const item = this.#operand(beside)
      if (item.kind !== 'literal')
        throw new ConditionError(item.kind === 'name' || item.kind === 'list' ? item.column : column, 'a list holds values only')
      items.push(item.value)
      bare.push(item.bare)
    }
    return { kind: 'list', items, bare, column }
  }

  #word(token: Token, beside: Expression | undefined): Expression {
    if (token.text === 'true' || token.text === 'false')
      return { kind: 'literal', value: token.text === 'true', bare: false, column: token.column }
    if (beside?.kind === 'name' && beside.type.kind === 'word' && beside.type.words.includes(token.text))
      return { kind: 'literal', value: token.text, bare: true, column: token.column }
    const type = this.#vocabulary.get(token.text)
    if (type) {
      this.names.add(token.text)
      return { kind: 'name', name: token.text, type, column: token.column }
    }
    // A bare word is a value only beside a name whose words hold it; `checkedComparison` looks.
    const isKnownWord = [...this.#vocabulary.values()].some((known) => known.kind === 'word' && known.words.includes(token.text))
    if (!isKnownWord)
      throw new ConditionError(token.column, `unknown name ${quote(token.text)}, expected ${nearest(token.text, this.#vocabulary)}`)
    return { kind: 'literal', value: token.text, bare: true, column: token.column }
  }

  #deeper(column: number, read: () => Expression): Expression {
    this.#depth++
    if (this.#depth > maximumDepth) throw new ConditionError(column, `nested more than ${maximumDepth} deep`)
    const expression = read()
    this.#depth--
    return expression
  }

  #peek(): Token {
    return this.#tokens[Math.min(this.#position, this.#tokens.length - 1)] as Token
  }

  #next(): Token {
    const token = this.#peek()
    this.#position++
    return token
  }

  #takeWord(text: string): boolean {
    const token = this.#peek()
    if (token.kind !== 'word' || token.text !== text) return false
    this.#position++
    return true
  }

  #takeSymbol(text: string): boolean {
    const token = this.#peek()
    if (token.kind !== 'symbol' || token.text !== text) return false
    this.#position++
    return true
  }

  #expect(symbol: string): void {
    const token = this.#next()
    if (token.kind !== 'symbol' || token.text !== symbol) {
      throw new ConditionError(token.column, `expected ${quote(symbol)}, found ${token.kind === 'end' ? 'the end' : quote(token.text)}`)
    }
  }
}

function nearest(word: string, vocabulary: Vocabulary): string {
  const words = [...vocabulary.values()].flatMap((type) => (type.kind === 'word' ? type.words : []))
  const known = [...new Set([...vocabulary.keys(), ...words])].sort((a, b) => editDistance(word, a) - editDistance(word, b))
  return known.slice(0, 3).join(', ')
}

export function editDistance(left: string, right: string): number {
  let row = Array.from({ length: right.length + 1 }, (_, index) => index)
  for (let i = 1; i <= left.length; i++) {
    const next = [i]
    for (let j = 1; j <= right.length; j++) {
      const substitute = (row[j - 1] ?? 0) + (left[i - 1] === right[j - 1] ? 0 : 1)
      next.push(Math.min(substitute, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[right.length] ?? 0
}
