/** What Kyverno's JMESPath has beside the language's own functions: https://kyverno.io/docs/policy-types/cluster-policy/jmespath/#custom-filters */

import { type JSONValue, registerFunction, TYPE_ANY, TYPE_ARRAY, TYPE_NUMBER, TYPE_OBJECT, TYPE_STRING } from '@jmespath-community/jmespath'
import { compilePattern } from '../cel/re2.ts'
import { matchesWildcard } from './scalar-pattern.ts'

type Types = readonly (typeof TYPE_STRING | typeof TYPE_ANY | typeof TYPE_ARRAY | typeof TYPE_NUMBER | typeof TYPE_OBJECT)[]

interface OwnFunction {
  readonly types: Types
  readonly call: (...values: never[]) => JSONValue
}

/** The library has one table of functions; what is here takes the place of those of its own that are other functions in Kyverno. */
export function registerFunctions(): void {
  for (const [name, { types, call }] of Object.entries(functions)) {
    registerFunction(
      name,
      (values) => call(...(values as never[])),
      types.map((type) => ({ types: [type] })),
      { override: true },
    )
  }
}

const texts = (count: number): Types => Array.from({ length: count }, () => TYPE_STRING)

const functions: Readonly<Record<string, OwnFunction>> = {
  base64_decode: { types: texts(1), call: (text: string) => Buffer.from(text, 'base64').toString() },
  base64_encode: { types: texts(1), call: (text: string) => Buffer.from(text).toString('base64') },
  equal_fold: { types: texts(2), call: (left: string, right: string) => left.toLowerCase() === right.toLowerCase() },
  items: {
    types: [TYPE_ANY, TYPE_STRING, TYPE_STRING],
    call: (value: JSONValue, keyName: string, valueName: string) =>
      Object.entries(value ?? {}).map(([key, one]) => ({ [keyName]: Array.isArray(value) ? Number(key) : key, [valueName]: one })),
  },
  label_match: {
    types: [TYPE_OBJECT, TYPE_OBJECT],
    call: (wanted: Record<string, JSONValue>, labels: Record<string, JSONValue>) =>
      Object.entries(wanted).every(([key, value]) => Object.hasOwn(labels, key) && labels[key] === value),
  },
  object_from_lists: {
    types: [TYPE_ARRAY, TYPE_ARRAY],
    call: (keys: JSONValue[], values: JSONValue[]) => Object.fromEntries(keys.map((key, index) => [String(key), values[index] ?? null])),
  },
  parse_json: { types: texts(1), call: (text: string) => JSON.parse(text) as JSONValue },
  pattern_match: { types: [TYPE_STRING, TYPE_ANY], call: (pattern: string, value: JSONValue) => matchesWildcard(String(value), pattern) },
  regex_match: {
    types: [TYPE_STRING, TYPE_ANY],
    call: (pattern: string, value: JSONValue) => compilePattern(pattern, '').test(String(value)),
  },
  replace_all: { types: texts(3), call: (text: string, from: string, to: string) => bounded(text.split(from).join(to)) },
  split: { types: texts(2), call: (text: string, separator: string) => text.split(separator) },
  to_lower: { types: texts(1), call: (text: string) => text.toLowerCase() },
  to_upper: { types: texts(1), call: (text: string) => text.toUpperCase() },
  trim: { types: texts(2), call: (text: string, cut: string) => trimEnd(trimEnd(text, cut, false), cut, true) },
  trim_prefix: { types: texts(2), call: (text: string, prefix: string) => (text.startsWith(prefix) ? text.slice(prefix.length) : text) },
  truncate: { types: [TYPE_STRING, TYPE_NUMBER], call: (text: string, length: number) => [...text].slice(0, Math.max(0, length)).join('') },
}

function trimEnd(text: string, cut: string, isEnd: boolean): string {
  const characters = [...text]
  const kept = isEnd ? characters.findLastIndex((one) => !cut.includes(one)) : characters.findIndex((one) => !cut.includes(one))
  if (kept < 0) return ''
  return (isEnd ? characters.slice(0, kept + 1) : characters.slice(kept)).join('')
}

function bounded(text: string): string {
  if (text.length > 1024 * 1024) throw new RangeError('text of more than 1 MiB')
  return text
}
