/** Conditions over the objects of a cluster, under `denyObjects`: the language of `condition.ts`, whose names are fields of the object. */
import { quote } from '../findings.ts'
import { type Condition, parseCondition, type ValueType, type Vocabulary } from './condition.ts'
import { ConditionError } from './condition-error.ts'
import { tokenize } from './condition-tokens.ts'

export interface ObjectCondition {
  readonly condition: Condition
  /** What it is asked about: each object, each pod that an object would make, or each container of such a pod. */
  readonly of: 'object' | 'pod' | 'container'
  /** The fields that its names stand for, by name. */
  readonly fields: ReadonlyMap<string, FieldName>
}

export interface FieldName {
  readonly root: 'object' | 'pod' | 'container'
  /** `*` stands for each element of a list or map. */
  readonly path: readonly (string | number)[]
}

/** Names that are written alone. */
export const plainNames: ReadonlyMap<string, { readonly type: ValueType; readonly meaning: string }> = new Map([
  ['api_version', { type: { kind: 'string' }, meaning: 'such as `apps/v1`' }],
  ['file', { type: { kind: 'string' }, meaning: 'the file that it is written in' }],
  ['group', { type: { kind: 'string' }, meaning: 'such as `apps`, empty for the core group' }],
  ['kind', { type: { kind: 'string' }, meaning: 'such as `Deployment`' }],
  ['name', { type: { kind: 'string' }, meaning: 'of the object' }],
  ['namespace', { type: { kind: 'string' }, meaning: 'empty for objects of the whole cluster' }],
])

/** What a dotted name may begin with, and the field that this is. */
export const fieldRoots: ReadonlyMap<string, FieldName> = new Map([
  ['annotations', { root: 'object', path: ['metadata', 'annotations'] }],
  ['container', { root: 'container', path: [] }],
  ['data', { root: 'object', path: ['data'] }],
  ['labels', { root: 'object', path: ['metadata', 'labels'] }],
  ['metadata', { root: 'object', path: ['metadata'] }],
  ['object', { root: 'object', path: [] }],
  ['pod', { root: 'pod', path: [] }],
  ['spec', { root: 'object', path: ['spec'] }],
])

/** Throws ConditionError. */
export function parseObjectCondition(text: string): ObjectCondition {
  const vocabulary = new Map<string, ValueType>([...plainNames].map(([name, { type }]) => [name, type]))
  const fields = new Map<string, FieldName>()
  for (const { kind, text: word, column } of tokenize(text)) {
    if (kind !== 'word' || !/[.[]/u.test(word)) continue
    fields.set(word, fieldOf(word, column))
    vocabulary.set(word, { kind: 'field' })
  }
  const roots = new Set([...fields.values()].map(({ root }) => root))
  const of = roots.has('container') ? 'container' : roots.has('pod') ? 'pod' : 'object'
  return { condition: parseCondition(text, vocabulary satisfies Vocabulary), of, fields }
}

function fieldOf(word: string, column: number): FieldName {
  const [first = '', ...steps] = stepsOf(word, column)
  const root = typeof first === 'string' ? fieldRoots.get(first) : undefined
  if (!root) throw new ConditionError(column, `${quote(word)} begins with none of ${[...fieldRoots.keys()].join(', ')}`)
  return { root: root.root, path: [...root.path, ...steps] }
}

/** `labels["app.kubernetes.io/name"]`, `spec.ports[0].port`, `spec.rules[*].host`. */
function stepsOf(word: string, column: number): (string | number)[] {
  const steps: (string | number)[] = []
  const pattern = /(?:^|\.)([\w-]+)|\[(?:"([^"]*)"|(\d+)|(\*))\]/uy
  while (pattern.lastIndex < word.length) {
    const start = pattern.lastIndex
    const match = pattern.exec(word)
    if (!match) throw new ConditionError(column + start, `${quote(word.slice(start))} is no field`)
    const [, name, key, index, star] = match
    steps.push(name ?? key ?? star ?? Number(index))
  }
  return steps
}
