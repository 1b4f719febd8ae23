/** Variables of Kyverno's rules: `{{ expression }}` in texts, over the request and what the rule's context adds. https://kyverno.io/docs/policy-types/cluster-policy/variables/ */

import { type JSONValue, search } from '@jmespath-community/jmespath'
import { RegistryError } from '../../../oci/errors.ts'
import { operationOf } from '../match.ts'
import type { Target } from '../target.ts'
import { imagesOf } from './images.ts'

/** A form that is not understood here: the message names it. */
export class Unsupported extends Error {
  override readonly name = 'Unsupported'
}

/** An expression that fails over this object, as that of the length of a list that is not there. */
export class Failing extends Unsupported {}

/** What expressions can name. */
export interface Scope {
  readonly target: Target
  readonly data: Readonly<Record<string, unknown>>
  /** Names that the cluster would know and that are not known here, with the reason. */
  readonly unknown: ReadonlyMap<string, string>
  /** An expression that fails has no value, and is no gap. */
  readonly isForgiving?: true
  /** Where each map and list of the object stands. */
  readonly pathOf: (value: unknown) => Path | undefined
}

type Path = readonly (string | number)[]

/** More of them in one text, or one within the other, is no policy that somebody wrote. */
const limits = { rounds: 4, variables: 64 }

export function requestScope(target: Target): Scope {
  const paths = new Map<unknown, Path>()
  const { group, version, kind, name, namespace } = target
  const request = {
    object: plain(target.value(), [], paths),
    oldObject: plain(target.oldTarget?.value() ?? null),
    operation: operationOf(target),
    namespace,
    name,
    kind: { group, version, kind },
  }
  const scope: Scope = { target, data: { request }, unknown: needsCluster, pathOf: (value) => paths.get(value) }
  try {
    return withNames(scope, { images: imagesOf(target) })
  } catch (error) {
    if (!(error instanceof RegistryError)) throw error
    return withoutName(scope, 'images', error.message)
  }
}

const needsCluster: ReadonlyMap<string, string> = new Map(
  ['request.userInfo', 'request.roles', 'request.clusterRoles', 'serviceAccountName', 'serviceAccountNamespace', 'target'].map((name) => [
    name,
    `${name} is known in a cluster alone`,
  ]),
)

export function withNames(scope: Scope, names: Readonly<Record<string, unknown>>): Scope {
  return {
    ...scope,
    data: { ...scope.data, ...names },
    unknown: new Map([...scope.unknown].filter(([name]) => !Object.hasOwn(names, name))),
  }
}

/** With a name of which the reason says why it is not known. */
export function withoutName(scope: Scope, name: string, reason: string): Scope {
  return { ...scope, unknown: new Map([...scope.unknown, [name, reason]]) }
}

/**
 * A text with its variables replaced: the value itself where the text is one variable and no more. Maps and lists throughout; a variable in a key is not
 * replaced. `missing` stands for a variable without a value. Throws Unsupported.
 */
export function substituted(value: unknown, scope: Scope, missing?: string): unknown {
  if (typeof value === 'string') return value.includes('{{') ? substitutedText(value, scope, missing) : value
  if (Array.isArray(value)) return value.map((item) => substituted(item, scope, missing))
  if (!(value instanceof Map)) return value
  if ([...value.keys()].some((key) => String(key).includes('{{'))) throw new Unsupported('variables in a key')
  return new Map([...value].map(([key, inner]) => [key, substituted(inner, scope, missing)]))
}

function substitutedText(text: string, scope: Scope, missing: string | undefined): unknown {
  let rest = text
  for (let round = 0; round < limits.rounds; round += 1) {
    const found = [...rest.matchAll(/\{\{([^{}]*(?:\{[^{}]+\}[^{}]*)*)\}\}/g)]
    const [first] = found
    if (first === undefined) break
    if (found.length > limits.variables) throw new Unsupported(`more than ${limits.variables} variables in a text`)
    if (first[0] === rest.trim()) return celLike(valueOfVariable(first[1] ?? '', scope, missing))
    rest = filled(rest, found, scope, missing)
  }
  if (rest.includes('{{')) throw new Unsupported(`variables within variables: ${rest.slice(0, 80)}`)
  return rest
}

function valueOfVariable(expression: string, scope: Scope, missing: string | undefined): unknown {
  const value = (scope.isForgiving ? evaluateOr(expression, scope, missing) : evaluate(expression, scope)) ?? missing
  if (value === undefined) throw new Unsupported(`{{${expression.slice(0, 80)}}} has no value`)
  return value
}

/** One variable can stand in the expression of another: what it holds must not end that expression, nor be one. */
function filled(text: string, found: readonly RegExpExecArray[], scope: Scope, missing: string | undefined): string {
  const isInside = (index: number) => text.slice(0, index).split('{{').length > text.slice(0, index).split('}}').length
  let [result, end] = ['', 0]
  for (const match of found) {
    const value = valueOfVariable(match[1] ?? '', scope, missing)
    const written = typeof value === 'string' ? value : JSON.stringify(value)
    if (/\{\{|\}\}/.test(written) || (isInside(match.index) && /['"`\\]/.test(written)))
      throw new Unsupported(`{{${(match[1] ?? '').slice(0, 80)}}} holds what would be read as an expression`)
    result += text.slice(end, match.index) + written
    end = match.index + match[0].length
  }
  return result + text.slice(end)
}

/** Plain data. Throws Unsupported. */
export function evaluate(expression: string, { data, unknown }: Scope): unknown {
  const text = expression.trim()
  for (const [name, reason] of unknown) if (mentions(text, name)) throw new Unsupported(reason)
  try {
    return search(data as JSONValue, text)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const Kind = /^(?:Invalid type|not-a-number)\b/.test(why) ? Failing : Unsupported
    throw new Kind(`expression {{ ${text.slice(0, 80)} }}: ${why.slice(0, 80)}`, { cause: error })
  }
}

/** The same, or `otherwise` where the expression fails or has no value. */
export function evaluateOr(expression: string, scope: Scope, otherwise: unknown): unknown {
  try {
    return evaluate(expression, scope) ?? otherwise
  } catch (error) {
    if (!(error instanceof Failing)) throw error
    return otherwise
  }
}

/** Names in quotes are texts, and after a dot they are fields. */
function mentions(expression: string, name: string): boolean {
  const bare = expression.replace(/'[^']*'/g, "''")
  return new RegExp(`(?:^|[^\\w.])${RegExp.escape(name)}(?!\\w)`).test(bare)
}

/** As JSON has it. With `paths`, where each map and each list stands. */
function plain(value: unknown, path: Path = [], paths?: Map<unknown, Path>): unknown {
  if (typeof value === 'bigint') return Number(value)
  if (typeof value !== 'object' || value === null) return value ?? null
  const made = Array.isArray(value)
    ? value.map((item, index) => plain(item, [...path, index], paths))
    : value instanceof Map
      ? // Entries, and no assignments: a key named `__proto__` is a key.
        Object.fromEntries([...value].map(([key, inner]) => [String(key), plain(inner, [...path, String(key)], paths)]))
      : value
  paths?.set(made, path)
  return made
}

/** As patterns and conditions see values. */
export function celLike(value: unknown): unknown {
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value
  if (Array.isArray(value)) return value.map(celLike)
  if (typeof value === 'object' && value !== null) return new Map(Object.entries(value).map(([key, inner]) => [key, celLike(inner)]))
  return value
}

/** What a value of a rule is, with its variables replaced, as plain data. */
export function plainOf(value: unknown): unknown {
  return plain(value)
}
