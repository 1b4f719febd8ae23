/** Label selectors: https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/#label-selectors */
import type { Field } from '../formats/field.ts'

export type Labels = ReadonlyMap<string, string>

export interface Selector {
  /** True where it has no requirement: an empty selector selects everything. */
  readonly isEmpty: boolean
  /** The requirements as a person would write them: `app=web,tier notin (a,b)`. */
  readonly text: string
  /** A label that everything selected has, as `pairOf` writes it; absent where none is sure. */
  readonly pair?: string
  matches(labels: Labels): boolean
  /** The keys of the requirements that the labels do not meet. */
  unmet(labels: Labels): readonly string[]
}

interface Requirement {
  readonly key: string
  readonly text: string
  readonly pair?: string
  matches(labels: Labels): boolean
}

/** A LabelSelector. A requirement that cannot be read (an unknown operator) matches nothing, as the API server would refuse it. */
export function readSelector(field: Field): Selector {
  const equal = field
    .at('matchLabels')
    .entries()
    .map(([key, value]) => equals(key, textOf(value)))
  const expressions = field.at('matchExpressions').items().map(expression)
  return selectorOf([...equal, ...expressions])
}

/** The plain map of Services and replication controllers. */
export function readPlainSelector(field: Field): Selector {
  return selectorOf(field.entries().map(([key, value]) => equals(key, textOf(value))))
}

/** Finds what selects given labels without asking every selector; in the order of the things. */
export function selecting<Thing>(things: readonly Thing[], selectorOf: (thing: Thing) => Selector): (labels: Labels) => readonly Thing[] {
  const all = things.map((thing, index) => ({ thing, index, selector: selectorOf(thing) }))
  const byPair = Map.groupBy(all, ({ selector }) => selector.pair)
  const unpaired = byPair.get(undefined) ?? []
  return (labels) => {
    const found = unpaired.filter(({ selector }) => selector.matches(labels))
    for (const [key, value] of labels)
      for (const one of byPair.get(pairOf(key, value)) ?? []) if (one.selector.matches(labels)) found.push(one)
    return found.sort((left, right) => left.index - right.index).map(({ thing }) => thing)
  }
}

function pairOf(key: string, value: string): string {
  return `${key}=${value}`
}

function selectorOf(requirements: readonly Requirement[]): Selector {
  const pair = requirements.find((requirement) => requirement.pair !== undefined)?.pair
  return {
    ...(pair === undefined ? {} : { pair }),
    isEmpty: requirements.length === 0,
    text: requirements.map(({ text }) => text).join(','),
    matches: (labels) => requirements.every((requirement) => requirement.matches(labels)),
    unmet: (labels) => requirements.filter((requirement) => !requirement.matches(labels)).map(({ key }) => key),
  }
}

export function readLabels(field: Field): Labels {
  return new Map(field.entries().map(([key, value]) => [key, textOf(value)]))
}

function textOf(field: Field): string {
  return field.value === undefined || field.value === null ? '' : String(field.value)
}

function equals(key: string, value: string): Requirement {
  const pair = pairOf(key, value)
  return { key, text: pair, pair, matches: (labels) => labels.get(key) === value }
}

function expression(field: Field): Requirement {
  const key = textOf(field.at('key'))
  const operator = textOf(field.at('operator'))
  const values = new Set(field.at('values').items().map(textOf))
  const list = [...values].join(',')
  switch (operator) {
    case 'In':
      return { key, text: `${key} in (${list})`, matches: (labels) => labels.has(key) && values.has(labels.get(key) ?? '') }
    case 'NotIn':
      // An object without the label is selected too.
      return { key, text: `${key} notin (${list})`, matches: (labels) => !labels.has(key) || !values.has(labels.get(key) ?? '') }
    case 'Exists':
      return { key, text: key, matches: (labels) => labels.has(key) }
    case 'DoesNotExist':
      return { key, text: `!${key}`, matches: (labels) => !labels.has(key) }
    default:
      return { key, text: `${key} ${operator} (${list})`, matches: () => false }
  }
}
