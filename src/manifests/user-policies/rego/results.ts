/**
 * What the rules of a package say, as verdicts: `deny`, `violation` and `warn`, alone or with a suffix, as conftest names them, and `allow`, as OPA's
 * own examples do. https://www.conftest.dev/#usage
 */
import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { Target } from '../target.ts'
import type { PolicyVerdict } from '../verdicts.ts'

/** The values of a package's rules, by their names; one that is undefined is not in it. */
export type RuleValues = ReadonlyMap<string, unknown>

export interface Refusal {
  readonly rule: string
  readonly isWarning: boolean
  readonly message: string
  /** Of the field that is wrong, where the policy says so. */
  readonly path?: readonly (string | number)[]
}

const namesPattern = /^(?:(deny|violation)|(warn))(?:_(.*))?$/su

/** Of the names of a package's rules those that judge: `allow` only where no other does, since it is a helper of the others then. */
export function judgingRules(names: Iterable<string>): ReadonlySet<string> {
  const all = new Set(names)
  const others = [...all].filter((name) => namesPattern.test(name))
  return new Set(others.length > 0 ? others : [...all].filter((name) => name === 'allow'))
}

/** `rules` are those that judge; one that has no value refuses nothing, but for `allow`. */
export function refusalsOf(values: RuleValues, rules: ReadonlySet<string>): readonly Refusal[] {
  const excepted = exceptionsOf(values)
  return [...rules].flatMap((rule) => {
    const value = values.get(rule)
    if (rule === 'allow') return value === true ? [] : [{ rule, isWarning: false, message: 'it is not allowed' }]
    const [, , warns, suffix = ''] = namesPattern.exec(rule) ?? []
    if (excepted.has(suffix)) return []
    return entriesOf(value).map((entry) => ({ rule, isWarning: warns !== undefined, ...said(entry, rule) }))
  })
}

/** https://www.conftest.dev/exceptions/: lists of rules, without `deny_`, that an input is excepted from. */
function exceptionsOf(values: RuleValues): ReadonlySet<string> {
  const lists = entriesOf(values.get('exception'))
  return new Set(lists.flatMap((list) => (Array.isArray(list) ? list.filter((name) => typeof name === 'string') : [])))
}

/** A set is a list here; a rule that is just true says one thing. Objects of messages (partial objects) say each of their values. */
function entriesOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value
  if (value === undefined || value === null || value === false) return []
  if (typeof value === 'object' && !('msg' in value) && !('message' in value)) return Object.values(value)
  return [value]
}

function said(entry: unknown, rule: string): Pick<Refusal, 'message' | 'path'> {
  if (typeof entry === 'string' && entry.trim() !== '') return { message: quote(entry.trim(), 300) }
  if (typeof entry !== 'object' || entry === null) return { message: `refused by the rule ${quote(rule)}` }
  const member = (name: string): unknown => Reflect.get(entry, name)
  const text = [member('msg'), member('message')].find((one) => typeof one === 'string' && one.trim() !== '')
  const path = pathOf(member('path') ?? member('field'))
  return { message: typeof text === 'string' ? quote(text.trim(), 300) : `refused by the rule ${quote(rule)}`, ...(path && { path }) }
}

function pathOf(value: unknown): readonly (string | number)[] | undefined {
  if (Array.isArray(value) && value.length > 0 && value.length < 50)
    return value.every((step) => typeof step === 'string' || typeof step === 'number') ? value : undefined
  if (typeof value !== 'string' || !/^[\w.[\]-]{1,300}$/u.test(value)) return undefined
  return [...value.matchAll(/\[(\d+)\]|[^.[\]]+/gu)].map(([step, index]) => (index === undefined ? step : Number(index)))
}

export function verdictOf({ message, path }: Refusal, target: Target): PolicyVerdict {
  return { kind: 'refused', message, field: path === undefined ? nameOf(target) : nearest(path, target) }
}

function nearest(path: readonly (string | number)[], target: Target): Field {
  for (let length = path.length; length > 0; length--) {
    const field = target.at(...path.slice(0, length))
    if (field.kind !== 'absent') return field
  }
  return nameOf(target)
}

function nameOf(target: Target): Field {
  return target.object.root.at('metadata', 'name')
}
