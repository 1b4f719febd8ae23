/** One object against its shape, strictly, in one walk: what is unknown, of a wrong type, or missing. */

import { quote, type Severity } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { nearest } from './nearest.ts'
import type { ObjectShape, ScalarType, Shape } from './shape.ts'

export interface Misfit {
  readonly kind: 'missing-field' | 'unknown-field' | 'wrong-type'
  readonly field: Field
  readonly message: string
  readonly severity?: Severity
  /** The name of the field that was surely meant. */
  readonly meant?: string
  /** The scalar as it would have the right type. */
  readonly rewritten?: string
}

/** `null` is the same as not there, as it is for the API server. */
export function checkShape(root: Field, shape: Shape): readonly Misfit[] {
  const misfits: Misfit[] = []
  check(root, shape, [], misfits)
  return misfits
}

/** `above` are the shapes on the way down, the nearest last. */
function check(field: Field, shape: Shape, above: readonly ObjectShape[], misfits: Misfit[]): void {
  if (shape.kind === 'any' || field.kind === 'absent' || field.kind === 'null') return
  const expected = misexpectation(field, shape)
  if (expected !== undefined) {
    misfits.push({ ...wrong(field, expected), ...rewritten(field, shape) })
  } else if (shape.kind === 'object') {
    checkObject(field, shape, above, misfits)
  } else if (shape.kind === 'map') {
    for (const [, value] of field.entries()) check(value, shape.of, above, misfits)
  } else if (shape.kind === 'list') {
    for (const item of field.items()) check(item, shape.of, above, misfits)
  }
}

/** What the value should have been; undefined where it is. */
function misexpectation(field: Field, shape: Shape): string | undefined {
  switch (shape.kind) {
    case 'any':
      return undefined
    case 'object':
    case 'map':
      return field.kind === 'map' ? undefined : 'a map'
    case 'list':
      return field.kind === 'list' ? undefined : 'a list'
    case 'enum':
      return typeof field.value === 'string' && shape.values.includes(field.value)
        ? undefined
        : `one of ${shape.values.map((value) => quote(value)).join(', ')}`
    case 'scalar':
      return fits(field, shape.type) ? undefined : names.get(shape.type)
  }
}

function checkObject(field: Field, shape: ObjectShape, above: readonly ObjectShape[], misfits: Misfit[]): void {
  const found = new Set<string>()
  const inside = [...above, shape]
  for (const [name, value] of field.entries()) {
    const expected = shape.field(name)
    if (value.kind !== 'null') found.add(name)
    if (expected !== undefined) check(value, expected, inside, misfits)
    else if (!shape.isOpen) misfits.push({ kind: 'unknown-field', field: value, ...unknown(name, shape, above, field) })
  }
  for (const name of shape.required) {
    if (!found.has(name)) misfits.push({ kind: 'missing-field', field: field.at(name), message: `field ${quote(name)} is missing` })
  }
}

function unknown(
  name: string,
  shape: ObjectShape,
  above: readonly ObjectShape[],
  parent: Field,
): Pick<Misfit, 'message' | 'meant' | 'severity'> {
  const where =
    parent.path.length === 0
      ? 'the object'
      : quote(
          parent.path
            .filter((step) => typeof step === 'string')
            .slice(-2)
            .join('.'),
        )
  const owner = above.findLast((outer) => outer.field(name) !== undefined)
  const inner = shape.names.find((one) => {
    const below = shape.field(one)
    const of = below?.kind === 'list' ? below.of : below
    return of?.kind === 'object' && of.field(name) !== undefined
  })
  const like = nearest(name, shape.names)
  const isProtecting = protecting.has(name) || (like !== undefined && protecting.has(like))
  const severity = isProtecting ? { severity: 'high' as const } : {}
  if (like !== undefined) {
    const isFree = parent.at(like).kind === 'absent'
    return { message: `${where} has no field ${quote(name)}; ${quote(like)} may be meant`, ...severity, ...(isFree && { meant: like }) }
  }
  if (owner !== undefined) return { message: `${where} has no field ${quote(name)}; it belongs further out`, ...severity }
  if (inner !== undefined) return { message: `${where} has no field ${quote(name)}; it belongs into ${quote(inner)}`, ...severity }
  return { message: `${where} has no field ${quote(name)}`, ...severity }
}

/** Fields that are there to protect: where they are ignored, nobody is. */
const protecting: ReadonlySet<string> = new Set([
  'allowPrivilegeEscalation',
  'automountServiceAccountToken',
  'capabilities',
  'egress',
  'ingress',
  'limits',
  'mtls',
  'podSelector',
  'policyTypes',
  'readOnlyRootFilesystem',
  'resourceNames',
  'runAsNonRoot',
  'runAsUser',
  'seccompProfile',
  'securityContext',
  'tls',
])

function wrong(field: Field, expected: string): Misfit {
  const name = String(field.path.findLast((step) => typeof step === 'string') ?? 'the object')
  const came =
    field.kind === 'scalar'
      ? `${typeof field.value === 'bigint' ? 'number' : typeof field.value} ${quote(String(field.value), 40)}`
      : `a ${field.kind}`
  // YAML reads `n` as false, and 0644 as 420.
  const { text, value } = field
  const written = text !== undefined && typeof value !== 'string' && text !== String(value) ? `, written ${quote(text, 40)}` : ''
  return { kind: 'wrong-type', field, message: `${quote(name)} must be ${expected}, and is ${came}${written}` }
}

/** Quotes added or taken away, where that makes the value one of the type that was asked for, and nothing else of it. */
function rewritten({ value, text = '' }: Field, shape: Shape): Pick<Misfit, 'rewritten'> {
  if (shape.kind !== 'scalar') return {}
  if (shape.type === 'string' && typeof value !== 'string' && /^[\w.+-]+$/.test(text)) return { rewritten: `"${text}"` }
  if (typeof value !== 'string') return {}
  const isOf =
    (shape.type === 'boolean' && /^(?:true|false)$/.test(value)) || (shape.type === 'integer' && /^(?:0|[1-9]\d{0,14})$/.test(value))
  return isOf ? { rewritten: value } : {}
}

const names: ReadonlyMap<ScalarType, string> = new Map([
  ['boolean', 'true or false'],
  ['int-or-string', 'a whole number or a string'],
  ['integer', 'a whole number'],
  ['number', 'a number'],
  ['parameter', 'a string, a list or a map'],
  ['quantity', 'a quantity such as 500m or 1Gi'],
  ['string', 'a string'],
])

function fits({ kind, value }: Field, type: ScalarType): boolean {
  switch (type) {
    case 'boolean':
    case 'string':
      return typeof value === type
    case 'integer':
      return typeof value === 'bigint' || Number.isInteger(value)
    case 'number':
      return typeof value === 'bigint' || typeof value === 'number'
    case 'int-or-string':
      return typeof value === 'string' || typeof value === 'bigint' || Number.isInteger(value)
    case 'parameter':
      return kind !== 'scalar' || typeof value === 'string'
    case 'quantity':
      return typeof value === 'number' || typeof value === 'bigint' || (typeof value === 'string' && isQuantity(value))
  }
}

/** https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/ */
function isQuantity(text: string): boolean {
  return /^[+-]?(?:\d{1,40}\.?\d{0,40}|\.\d{1,40})(?:[KMGTPE]i|[numkMGTPE]|[eE][+-]?\d{1,4})?$/.test(text)
}
