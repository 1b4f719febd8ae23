/** `deny`, `pattern` and `anyPattern`, over the object or over each element of its lists: https://kyverno.io/docs/policy-types/cluster-policy/validate/ */

import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isSet } from '../../violation.ts'
import { celValue } from '../cel/value.ts'
import type { PolicyVerdict } from '../verdicts.ts'
import { conditionsHold, preconditionsHold } from './conditions.ts'
import { withContext } from './context.ts'
import { type Match, matchPattern } from './pattern.ts'
import { celLike, evaluateOr, type Scope, substituted, Unsupported, withNames } from './variables.ts'

/** Quoted, with its variables as far as they are known: the message is there for people. */
export function messageOf(validate: Field, scope: Scope): string {
  const written = String(validate.at('message').value ?? '').trim()
  return written === '' ? 'refused by the rule' : quote(filledOrWritten(written, scope), 300)
}

function filledOrWritten(written: string, scope: Scope): string {
  try {
    const filled = substituted(written, scope, '')
    return typeof filled === 'string' ? filled : written
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error
    return written
  }
}

/** `value` is what patterns are laid beside: the object, or an element, which stands at `path` of it where that is known. */
interface Subject {
  readonly value: unknown
  readonly path: readonly (string | number)[] | undefined
}

/** Throws Unsupported. */
export function judgeObject(validate: Field, message: string, scope: Scope): readonly PolicyVerdict[] {
  return judge(validate, message, scope, { value: scope.target.value(), path: [] })
}

function judge(validate: Field, message: string, scope: Scope, { value, path }: Subject): readonly PolicyVerdict[] {
  const refused = (field: Field): readonly PolicyVerdict[] => [{ kind: 'refused', message, field }]
  if (isSet(validate.at('deny'))) return conditionsHold(validate.at('deny', 'conditions'), scope) ? refused(placeOf(path, scope)) : []
  const anyPattern = validate.at('anyPattern').items()
  const patterns = (anyPattern.length > 0 ? anyPattern : [validate.at('pattern')]).filter(isSet)
  if (patterns.length === 0) throw new Unsupported('validate without deny, pattern or anyPattern')
  const results = patterns.map((pattern) => matchPattern(value, patternOf(pattern, scope)))
  if (!results.every(({ kind }) => kind === 'mismatch')) return []
  const below = pathOf(results)
  return refused(below === undefined || path === undefined ? placeOf(path, scope) : scope.target.at(...path, ...below))
}

function placeOf(path: Subject['path'], { target }: Scope): Field {
  if (path !== undefined && path.length > 0) return target.at(...path)
  const name = target.at('metadata', 'name')
  return name.kind === 'absent' ? target.object.root.at('metadata', 'name') : name
}

function patternOf(pattern: Field, scope: Scope): unknown {
  const value = celValue(pattern)
  if (hasReferences(value)) throw new Unsupported('references $() in a pattern')
  return substituted(value, scope)
}

function hasReferences(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('$(')
  if (Array.isArray(value)) return value.some(hasReferences)
  return value instanceof Map && [...value].some(([key, inner]) => hasReferences(key) || hasReferences(inner))
}

/** Where the first pattern does not fit. */
function pathOf(results: readonly Match[]): readonly (string | number)[] | undefined {
  const mismatch = results.find((result) => result.kind === 'mismatch')
  return mismatch?.kind === 'mismatch' ? mismatch.path : undefined
}

const limits = { depth: 4 }

/** `foreach`: each entry over each element of its list. Throws Unsupported. */
export function judgeElements(
  foreach: Field,
  validate: Field,
  scope: Scope,
  objects: readonly KubernetesObject[],
  depth = 0,
): readonly PolicyVerdict[] {
  if (foreach.items().length === 0) throw new Unsupported('foreach without an entry')
  if (depth === limits.depth) throw new Unsupported(`foreach more than ${limits.depth} deep`)
  return foreach.items().flatMap((entry) => {
    const list = entry.at('list').value
    if (typeof list !== 'string') throw new Unsupported('foreach without a list')
    if (entry.at('elementScope').value === false && !isSet(entry.at('deny'))) throw new Unsupported('foreach with elementScope: false')
    return elementsOf(list, scope).flatMap(([element, index]) => {
      const names = { element, elementIndex: index, [`element${depth}`]: element, [`elementIndex${depth}`]: index }
      const own = withContext(entry.at('context'), withNames(scope, names), objects)
      if (isSet(entry.at('preconditions')) && !preconditionsHold(entry.at('preconditions'), own)) return []
      if (isSet(entry.at('foreach'))) return judgeElements(entry.at('foreach'), validate, own, objects, depth + 1)
      return judge(entry, messageOf(validate, own), own, { value: celLike(element), path: own.pathOf(element) })
    })
  })
}

/** Lists that are not there, or whose expression fails, are left out, as those of a pod without init containers: kyverno/kyverno, validateForEach. */
function elementsOf(list: string, scope: Scope): readonly (readonly [element: unknown, index: number])[] {
  const found = evaluateOr(list.replace(/^\s*\{\{|\}\}\s*$/g, ''), scope, [])
  const elements = Array.isArray(found) ? found : [found]
  return elements.map((element, index) => [element, index] as const).filter(([element]) => element !== null)
}
