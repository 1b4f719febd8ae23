/** Conditions over names that the vocabulary does not have as well: what only a running cluster knows. They are kept, and have no value here. */
import { type Condition, parseCondition, type ValueType, type Vocabulary } from './condition.ts'
import { type Token, tokenize } from './condition-tokens.ts'

export interface OpenCondition {
  readonly condition: Condition
  /** The names that the vocabulary does not have, in the order of the text. */
  readonly unknownNames: readonly string[]
}

const keywords: ReadonlySet<string> = new Set(['and', 'or', 'not', 'in', 'starts_with', 'ends_with', 'contains', 'true', 'false'])
const orderings: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])
const operators: ReadonlySet<string> = new Set(['==', '!=', ...orderings, 'in', 'starts_with', 'ends_with', 'contains'])

/** Throws ConditionError. An unknown name is of the type that its comparison asks for, and a boolean where it stands alone. */
export function openCondition(text: string, vocabulary: Vocabulary): OpenCondition {
  const words = [...vocabulary.values()].flatMap((type) => (type.kind === 'word' ? type.words : []))
  const known = new Set([...keywords, ...vocabulary.keys(), ...words])
  const tokens = tokenize(text)
  const unknown = new Map<string, ValueType>()
  for (const [index, token] of tokens.entries())
    if (token.kind === 'word' && !known.has(token.text) && !unknown.has(token.text)) unknown.set(token.text, typeAt(tokens, index))
  return { condition: parseCondition(text, new Map([...vocabulary, ...unknown])), unknownNames: [...unknown.keys()] }
}

function typeAt(tokens: readonly Token[], index: number): ValueType {
  const [before, after] = [tokens[index - 1], tokens[index + 1]]
  const isNegated = after?.text === 'not' && tokens[index + 2]?.text === 'in'
  const isCompared = (token: Token | undefined): boolean => token !== undefined && token.kind !== 'string' && operators.has(token.text)
  const operator = isNegated ? tokens[index + 2] : isCompared(after) ? after : isCompared(before) ? before : undefined
  if (operator === undefined) return { kind: 'boolean' }
  const step = operator === before ? -2 : isNegated ? 3 : 2
  const other = tokens[index + step]
  const value = other?.text === '[' ? tokens[index + step + 1] : other
  if (value?.kind === 'number' || orderings.has(operator.text)) return { kind: 'number' }
  if (value?.text === 'true' || value?.text === 'false') return { kind: 'boolean' }
  return { kind: 'string' }
}
