/** A validation of Kyverno's ImageValidatingPolicy, in CEL, as what it asks of one image. https://kyverno.io/docs/policy-types/image-validating-policy/#cel-libraries */
import { type ASTNode, parse } from '@marcbachmann/cel-js'
import { quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { textOf } from './fields.ts'
import { allOf, anyOf, type Requirement, unknown } from './requirement.ts'

export interface ValidationNames {
  /** Throws UsageError for a name that the policy does not have. */
  signed(attestor: string, field: Field): Requirement
  attested(attestation: string, attestor: string, field: Field): Requirement
  readonly variables: ReadonlyMap<string, Field>
}

interface Scope {
  readonly field: Field
  readonly names: ValidationNames
  /** What the names of loops stand for: the image, or something said of it. */
  readonly bound: ReadonlyMap<string, ASTNode | 'image'>
  readonly depth: number
  /** Conditions that may still be read: variables can double each other. */
  readonly budget: { left: number }
}

/** Variables that are made of each other without end. */
const maxDepth = 64
const maxConditions = 10_000

/** What it asks that is not read here is unknown, and decides only where it could. */
export function readValidation(field: Field, names: ValidationNames): Requirement {
  return readExpression({ field, names, bound: new Map(), depth: 0, budget: { left: maxConditions } })
}

function readExpression(scope: Scope): Requirement {
  let tree: ASTNode
  try {
    tree = parse(textOf(scope.field) ?? '').ast
  } catch (error) {
    return unknown(`the expression is no CEL: ${quote(error instanceof Error ? error.message : String(error), 200)}`, scope.field)
  }
  return readCondition(tree, scope)
}

function readCondition(node: ASTNode, outer: Scope): Requirement {
  const scope = { ...outer, depth: outer.depth + 1 }
  scope.budget.left--
  if (scope.depth > maxDepth || scope.budget.left < 0) return unjudged(node, scope)
  switch (node.op) {
    case '&&':
      return allOf(node.args.map((side) => readCondition(side, scope)))
    case '||':
      return anyOf(node.args.map((side) => readCondition(side, scope)))
    case 'value':
      return typeof node.args === 'boolean' ? { kind: 'fixed', holds: node.args, message: node.input } : unjudged(node, scope)
    case 'id': {
      const bound = scope.bound.get(node.args)
      return bound === undefined || bound === 'image' ? unjudged(node, scope) : readCondition(bound, scope)
    }
    case '.': {
      const [from, name] = node.args
      const variable = from.op === 'id' && from.args === 'variables' ? scope.names.variables.get(name) : undefined
      return variable ? readExpression({ ...scope, field: variable, bound: new Map() }) : unjudged(node, scope)
    }
    case 'rcall':
      return readLoop(node, scope)
    case '>':
    case '>=':
    case '<':
    case '<=':
      return readComparison(node, scope)
    default:
      return unjudged(node, scope)
  }
}

/** `images.containers.all(i, …)` and `images.containers.map(i, …).all(e, …)`: what holds for all images has to hold for this one. */
function readLoop(node: ASTNode & { op: 'rcall' }, scope: Scope): Requirement {
  const [method, list, [name, body]] = node.args
  if (method !== 'all' || name?.op !== 'id' || !body) return unjudged(node, scope)
  const bind = (variable: string, value: ASTNode | 'image') => ({ ...scope, bound: new Map([...scope.bound, [variable, value] as const]) })
  if (isImages(list)) return readCondition(body, bind(name.args, 'image'))
  if (list.op !== 'rcall' || list.args[0] !== 'map' || !isImages(list.args[1])) return unjudged(node, scope)
  const [inner, value] = list.args[2]
  if (inner?.op !== 'id' || !value || list.args[2].length !== 2) return unjudged(node, scope)
  const withImage = bind(inner.args, 'image')
  return readCondition(body, { ...withImage, bound: new Map([...withImage.bound, [name.args, value] as const]) })
}

/** `images.containers`, `images.initContainers`, … and lists that the policy makes itself. */
function isImages(node: ASTNode): boolean {
  return node.op === '.' && node.args[0].op === 'id' && node.args[0].args === 'images'
}

const mirrored = { '>': '<', '>=': '<=', '<': '>', '<=': '>=' } as const

function readComparison(node: ASTNode & { op: keyof typeof mirrored }, scope: Scope): Requirement {
  const [left, right] = node.args
  const [counted, comparison, limit] = right.op === 'value' ? [left, node.op, right.args] : [right, mirrored[node.op], wholeOf(left)]
  const attestors = readCount(counted, scope)
  // That there are few signers is nothing that a signature could show.
  if (!attestors || typeof limit !== 'bigint' || !comparison.startsWith('>')) return unjudged(node, scope)
  return { kind: 'some', atLeast: Number(limit) + (comparison === '>' ? 1 : 0), of: attestors }
}

function wholeOf(node: ASTNode): unknown {
  return node.op === 'value' ? node.args : undefined
}

/** Of the attestors that a call counts, what each has to have done. */
function readCount(node: ASTNode, scope: Scope): readonly Requirement[] | undefined {
  if (node.op === 'id') {
    const bound = scope.bound.get(node.args)
    return bound === undefined || bound === 'image' || bound.op === 'id' ? undefined : readCount(bound, scope)
  }
  if (node.op !== 'call') return undefined
  const [name, [image, ...rest]] = node.args
  if (image?.op !== 'id' || scope.bound.get(image.args) !== 'image') return undefined
  const attestors = namesBelow(rest.at(-1), 'attestors')
  if (name === 'verifyImageSignatures' && rest.length === 1) return attestors?.map((attestor) => scope.names.signed(attestor, scope.field))
  const attestation = rest[0] && nameBelow(rest[0], 'attestations')
  if (name !== 'verifyAttestationSignatures' || rest.length !== 2 || attestation === undefined) return undefined
  return attestors?.map((attestor) => scope.names.attested(attestation, attestor, scope.field))
}

function namesBelow(list: ASTNode | undefined, owner: string): readonly string[] | undefined {
  if (list?.op !== 'list') return undefined
  const names = list.args.map((item) => nameBelow(item, owner))
  return names.every((name) => name !== undefined) ? names : undefined
}

/** `a` of `owner.a`. */
function nameBelow(node: ASTNode, owner: string): string | undefined {
  return node.op === '.' && node.args[0].op === 'id' && node.args[0].args === owner ? node.args[1] : undefined
}

function unjudged(node: ASTNode, { field }: Scope): Requirement {
  return unknown(`${quote(node.input.slice(node.range.start, node.range.end), 120)} is not judged`, field)
}
