/** Evaluates the expressions of one target: each expression is parsed once a run, each variable is worked out when it is asked for. */

import type { Environment } from '@marcbachmann/cel-js'
import type { Field } from '../../formats/field.ts'
import { kubernetesEnvironment, withOwnFunctions } from './cel/environment.ts'
import { operationOf } from './match.ts'
import type { Target } from './target.ts'

export type Outcome =
  | { readonly kind: 'value'; readonly value: unknown }
  /** The expression fails in the cluster too. */
  | { readonly kind: 'error'; readonly message: string }
  /** Nobody can say without a cluster, or the expression needs what is not known here. */
  | { readonly kind: 'unknown'; readonly message: string }

export interface Inputs {
  readonly object: unknown
  readonly oldObject: unknown
  readonly request: unknown
  readonly params: unknown
  readonly namespaceObject?: unknown
  readonly variables: readonly (readonly [name: string, expression: string])[]
}

export interface Scope {
  evaluate(expression: string): Outcome
}

export interface Evaluator {
  scope(inputs: Inputs): Scope
  /** The nearest field that the expression speaks of. */
  placeOf(expression: string, target: Target): Field
}

export function celEvaluator(): Evaluator {
  const environment = kubernetesEnvironment()
  const parsed = new Map<string, ReturnType<Environment['parse']>>()
  const run = (expression: string, context: object): unknown => {
    const known = parsed.get(expression)
    const program = known ?? environment.parse(withOwnFunctions(expression))
    if (known === undefined) parsed.set(expression, program)
    return program(context as Record<string, unknown>)
  }
  return { scope: (inputs) => scopeOf(inputs, run), placeOf }
}

function scopeOf({ variables, ...inputs }: Inputs, run: (expression: string, context: object) => unknown): Scope {
  const values = {}
  const context = { ...inputs, variables: values }
  for (const [name, expression] of variables) {
    Object.defineProperty(values, name, { configurable: true, enumerable: true, get: () => keep(values, name, run(expression, context)) })
  }
  return {
    evaluate(expression) {
      try {
        return { kind: 'value', value: run(expression, context) }
      } catch (error) {
        return outcomeOf(error)
      }
    },
  }
}

function keep(values: object, name: string, value: unknown): unknown {
  Object.defineProperty(values, name, { configurable: true, enumerable: true, value })
  return value
}

/** Errors that say that we do not know a word, not that the object is wrong. */
const unknownCodes: ReadonlySet<string> = new Set(['unknown_variable', 'no_matching_overload', 'undefined_function'])

function outcomeOf(error: unknown): Outcome {
  const message = (error instanceof Error ? (error.message.split('\n')[0] ?? '') : String(error)).slice(0, 200)
  const code = String(Reflect.get(Object(error), 'code') ?? '')
  // A word that is not known here, and may be in the cluster.
  if (/ of a pattern is not known$/.test(message)) return { kind: 'unknown', message }
  const needsCluster = /\b(?:authorizer|userInfo|namespaceObject)\b/.test(message)
  if (needsCluster) return { kind: 'unknown', message: `needs a cluster: ${message}` }
  return { kind: unknownCodes.has(code) || Reflect.get(Object(error), 'name') === 'ParseError' ? 'unknown' : 'error', message }
}

/** https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-expression; who asks is not known here. */
export function requestOf(target: Target): ReadonlyMap<string, unknown> {
  const { group, version, kind, resource, name, namespace } = target
  const [gvk, gvr] = [
    new Map([
      ['group', group],
      ['version', version],
      ['kind', kind],
    ]),
    new Map([
      ['group', group],
      ['version', version],
      ['resource', resource],
    ]),
  ]
  return new Map<string, unknown>([
    ['kind', gvk],
    ['resource', gvr],
    ['requestKind', gvk],
    ['requestResource', gvr],
    ['subResource', ''],
    ['name', name],
    ['namespace', namespace],
    ['operation', operationOf(target)],
    ['dryRun', false],
  ])
}

function placeOf(expression: string, target: Target): Field {
  for (const [, path = ''] of expression.slice(0, 10_000).matchAll(/\bobject((?:\.\??[A-Za-z_]\w*)+)/g)) {
    const steps = path.split(/\.\??/).filter((step) => step !== '')
    for (let length = steps.length; length > 1; length -= 1) {
      const field = target.at(...steps.slice(0, length))
      if (field.kind !== 'absent') return field
    }
  }
  return target.object.root.at('metadata', 'name')
}
