/** The policy's own conditions over objects: what a field says is known here, so one that is absent is an answer, and no gap. */
import { quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { Comparison, Expression, Value } from '../../policy/condition.ts'
import type { FieldName } from '../../policy/object-condition.ts'
import type { ObjectDenial } from '../../policy/object-denials.ts'
import { type PodTemplates, podsOf } from '../../repo/pod.ts'
import type { Target } from './target.ts'
import type { PolicyVerdict, UserPolicy } from './verdicts.ts'

export function objectConditions(denials: readonly ObjectDenial[], podTemplates?: PodTemplates): readonly UserPolicy[] {
  return denials.map((denial) => ({
    title: `condition ${quote(denial.name)}`,
    name: denial.name,
    isWarning: denial.isWarning,
    description: '',
    judge: (target) => (target.kind === target.object.kind ? judgeObject(denial, target, podTemplates) : []),
  }))
}

/** What the names of one evaluation stand for. */
interface Scene {
  readonly target: Target
  readonly pod?: Field
  readonly container?: Field
}

function judgeObject(denial: ObjectDenial, target: Target, podTemplates: PodTemplates | undefined): readonly PolicyVerdict[] {
  return scenesOf(denial, target, podTemplates).flatMap((scene): PolicyVerdict[] => {
    const result = evaluate(denial.condition.root, scene, denial)
    if (result === undefined) return [{ kind: 'unknown', message: `${quote(denial.condition.text)} compares what has no order` }]
    if (!result) return []
    const message = denial.message === undefined ? `meets the condition ${quote(denial.condition.text, 300)}` : quote(denial.message, 300)
    return [{ kind: 'refused', message, field: placeOf(denial, scene) }]
  })
}

function scenesOf({ of }: ObjectDenial, target: Target, podTemplates: PodTemplates | undefined): readonly Scene[] {
  if (of === 'object') return [{ target }]
  const pods = podsOf(target.object, podTemplates)
  if (of === 'pod') return pods.map(({ spec }) => ({ target, pod: spec }))
  return pods.flatMap(({ spec, containers }) => containers.map(({ field }) => ({ target, pod: spec, container: field })))
}

/** A map or a list: it is there, and equals no value. */
const something = Symbol('something')
type Found = Value | typeof something

/** Undefined where a text is asked for its order. */
function evaluate(expression: Expression, scene: Scene, denial: ObjectDenial): boolean | undefined {
  switch (expression.kind) {
    case 'and':
    case 'or': {
      const decides = expression.kind === 'or'
      const left = evaluate(expression.left, scene, denial)
      if (left === decides) return decides
      const right = evaluate(expression.right, scene, denial)
      return right === decides ? decides : left === undefined ? undefined : right
    }
    case 'not': {
      const operand = evaluate(expression.operand, scene, denial)
      return operand === undefined ? undefined : !operand
    }
    case 'name':
      return valuesOf(expression, scene, denial).some((value) => value !== false)
    case 'literal':
      return expression.value === true
    case 'list':
      return false
    case 'compare':
      return compare(expression, scene, denial)
  }
}

/** Of several values one is enough; `!=` and `not in` are the contrary of `==` and `in`, so that they hold where nothing stands. */
function compare({ operator, left, right }: Expression & { kind: 'compare' }, scene: Scene, denial: ObjectDenial): boolean | undefined {
  if (operator === '!=' || operator === 'not in')
    return !compare({ kind: 'compare', operator: operator === '!=' ? '==' : 'in', left, right, column: 0 }, scene, denial)
  const others = right.kind === 'list' ? right.items : valuesOf(right, scene, denial)
  const results = valuesOf(left, scene, denial).flatMap((a) => others.map((b) => holds(operator, a, b)))
  return results.includes(true) ? true : results.includes(undefined) ? undefined : false
}

function holds(operator: Comparison, left: Found, right: Found): boolean | undefined {
  if (operator === '==' || operator === 'in') return left === right && left !== something
  if (operator === 'starts_with' || operator === 'ends_with' || operator === 'contains') {
    if (typeof left !== 'string' || typeof right !== 'string') return false
    return operator === 'contains' ? left.includes(right) : operator === 'starts_with' ? left.startsWith(right) : left.endsWith(right)
  }
  if (typeof left !== 'number' || typeof right !== 'number') return undefined
  if (operator === '<') return left < right
  if (operator === '<=') return left <= right
  return operator === '>' ? left > right : left >= right
}

function valuesOf(expression: Expression, scene: Scene, denial: ObjectDenial): readonly Found[] {
  if (expression.kind === 'literal') return [expression.value]
  if (expression.kind !== 'name') return []
  const named = denial.fields.get(expression.name)
  return named ? fieldsOf(named, scene).flatMap(foundIn) : [plainValue(expression.name, scene.target)]
}

function plainValue(name: string, { object, group, kind, namespace }: Target): string {
  const values: Readonly<Record<string, string>> = {
    api_version: object.apiVersion,
    file: object.file,
    group,
    kind,
    name: object.name,
    namespace,
  }
  return values[name] ?? ''
}

function fieldsOf({ root, path }: FieldName, { target, pod, container }: Scene): readonly Field[] {
  const start = root === 'object' ? target.object.root : root === 'pod' ? pod : container
  let fields = start ? [start] : []
  for (const step of path)
    fields = fields.flatMap((field) => (step === '*' ? [...field.items(), ...field.entries().map(([, value]) => value)] : [field.at(step)]))
  return fields
}

function foundIn(field: Field): readonly Found[] {
  if (field.kind === 'absent' || field.kind === 'null') return []
  if (field.kind !== 'scalar') return [something]
  const { value } = field
  if (typeof value === 'bigint') return [Number(value)]
  return value === null || value === undefined ? [] : [value]
}

/** The first field of the condition that is there, else where the first would stand. */
function placeOf({ fields }: ObjectDenial, scene: Scene): Field {
  const found = [...fields.values()].flatMap((named) => fieldsOf(named, scene))
  return found.find(({ kind }) => kind !== 'absent') ?? found[0] ?? scene.target.object.root.at('metadata', 'name')
}
