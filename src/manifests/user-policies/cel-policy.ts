/** Policies in CEL: ValidatingAdmissionPolicy with its bindings, and Kyverno's ValidatingPolicy, which has the same parts. */

import { type Gap, quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import type { KubernetesObject, Repository } from '../../repo/repository.ts'
import { readSelector } from '../selector.ts'
import { isSet } from '../violation.ts'
import { celValue } from './cel/value.ts'
import { type Evaluator, type Inputs, type Outcome, requestOf } from './cel-evaluator.ts'
import { matchesResources } from './match.ts'
import type { Target } from './target.ts'
import type { PolicyVerdict, UserPolicy } from './verdicts.ts'

/** A policy is in force by its bindings; each binding is a policy of its own here. */
export function admissionPolicies({ objects }: Repository, evaluator: Evaluator): readonly UserPolicy[] {
  const bindings = ofKind('ValidatingAdmissionPolicyBinding', objects)
  return ofKind('ValidatingAdmissionPolicy', objects).flatMap((policy) =>
    bindings
      .filter(({ root }) => root.at('spec', 'policyName').value === policy.name)
      .map((binding) => celPolicy(policy, binding.root.at('spec'), objects, evaluator)),
  )
}

/** A gap for each binding that refuses by a policy that is not in the tree. */
export function unknownPolicies({ objects }: Repository): readonly Gap[] {
  const names = new Set(ofKind('ValidatingAdmissionPolicy', objects).map(({ name }) => name))
  return ofKind('ValidatingAdmissionPolicyBinding', objects).flatMap(({ kind, name, subject, root }) => {
    const policy = root.at('spec', 'policyName')
    if (names.has(String(policy.value)) || isWarningOnly(root.at('spec'))) return []
    const message = `${kind} ${quote(name)} is not evaluated here: its policy ${quote(String(policy.value ?? ''))} is not in the tree`
    return [{ subject, message, locations: [policy.location()] }]
  })
}

function ofKind(wanted: string, objects: readonly KubernetesObject[]): readonly KubernetesObject[] {
  return objects.filter(({ kind, apiVersion }) => kind === wanted && apiVersion.startsWith('admissionregistration.k8s.io/'))
}

function isWarningOnly(binding: Field): boolean {
  const actions = binding
    .at('validationActions')
    .items()
    .map(({ value }) => value)
  return actions.length > 0 && !actions.includes('Deny')
}

/** https://kyverno.io/docs/policy-types/validating-policy/ */
export function kyvernoValidatingPolicies({ objects }: Repository, evaluator: Evaluator): readonly UserPolicy[] {
  return objects
    .filter(
      ({ kind, apiVersion }) =>
        (kind === 'ValidatingPolicy' || kind === 'NamespacedValidatingPolicy') && apiVersion.startsWith('policies.kyverno.io/'),
    )
    .map((policy) => celPolicy(policy, policy.root.at('spec'), objects, evaluator))
}

function celPolicy(policy: KubernetesObject, binding: Field, objects: readonly KubernetesObject[], evaluator: Evaluator): UserPolicy {
  const spec = policy.root.at('spec')
  const isWarning = isWarningOnly(binding)
  return {
    title: `${policy.kind} ${quote(policy.name)}`,
    name: policy.name,
    isWarning,
    description: String(policy.root.at('metadata', 'annotations', 'policies.kyverno.io/title').value ?? ''),
    selectsNamespaces: [spec.at('matchConstraints'), binding.at('matchResources')].some((one) => isSet(one.at('namespaceSelector'))),
    judge(target) {
      if (policy.namespace !== '' && policy.kind === 'NamespacedValidatingPolicy' && policy.namespace !== target.namespace) return []
      if (!matchesResources(spec.at('matchConstraints'), target) || !matchesResources(binding.at('matchResources'), target)) return []
      const params = paramsOf(spec, binding, target, objects)
      if (params === 'unknown') return fails(spec) ? [{ kind: 'unknown', message: 'its parameters are not in the tree' }] : []
      return params.flatMap((one) => judgeWith(spec, target, one, evaluator))
    },
  }
}

/** One evaluation for each parameter object; a policy without parameters has one of `null`. */
function paramsOf(
  spec: Field,
  binding: Field,
  { namespace }: Target,
  objects: readonly KubernetesObject[],
): readonly unknown[] | 'unknown' {
  const kind = spec.at('paramKind')
  const reference = binding.at('paramRef')
  if (!isSet(kind) || !isSet(reference)) return [null]
  const candidates = objects.filter((object) => object.kind === kind.at('kind').value && object.apiVersion === kind.at('apiVersion').value)
  const wantedNamespace = String(reference.at('namespace').value ?? namespace)
  const found = candidates.filter((object) => {
    if (object.namespace !== '' && object.namespace !== wantedNamespace) return false
    if (isSet(reference.at('name'))) return object.name === reference.at('name').value
    const labels = object.root
      .at('metadata', 'labels')
      .entries()
      .map(([key, { value }]) => [key, String(value)] as const)
    return readSelector(reference.at('selector')).matches(new Map(labels))
  })
  if (found.length > 0) return found.map(({ root }) => celValue(root))
  return reference.at('parameterNotFoundAction').value === 'Allow' ? [] : 'unknown'
}

function fails(spec: Field): boolean {
  return spec.at('failurePolicy').value !== 'Ignore'
}

/** Where the validations and the conditions before them stand, when that is not in `spec` under the names of the admission policy. */
export interface CelParts {
  readonly validations: Field
  readonly conditions: Field
}

/** Validations that have no bindings of their own: `params` is an object of the tree, and `variables` come before those of `spec`. */
export function celJudge(
  spec: Field,
  variables: readonly (readonly [name: string, expression: string])[],
  params: Field,
  evaluator: Evaluator,
  parts?: CelParts,
): (target: Target) => readonly PolicyVerdict[] {
  return (target) => judgeWith(spec, target, celValue(params), evaluator, variables, parts)
}

function judgeWith(
  spec: Field,
  target: Target,
  params: unknown,
  evaluator: Evaluator,
  given: Inputs['variables'] = [],
  { validations, conditions }: CelParts = { validations: spec.at('validations'), conditions: spec.at('matchConditions') },
): readonly PolicyVerdict[] {
  const scope = evaluator.scope({
    object: target.value(),
    oldObject: target.oldTarget?.value() ?? null,
    request: requestOf(target),
    params,
    ...(target.namespaceObject && { namespaceObject: celValue(target.namespaceObject.root) }),
    variables: [
      ...given,
      ...spec
        .at('variables')
        .items()
        .map((variable) => [String(variable.at('name').value), String(variable.at('expression').value)] as const),
    ],
  })
  const met = conditions.items().map((condition) => ({ condition, outcome: scope.evaluate(String(condition.at('expression').value)) }))
  // One that is false excludes the object, whatever became of the others.
  if (met.some(({ outcome }) => outcome.kind === 'value' && outcome.value === false)) return []
  for (const { condition, outcome } of met) {
    if (outcome.kind !== 'value') return failed(spec, outcome, `matchCondition ${quote(String(condition.at('name').value))}`, target)
  }
  // What they say goes to the cluster's audit log; one that fails refuses the request all the same.
  const annotations = spec
    .at('auditAnnotations')
    .items()
    .flatMap((annotation) => {
      const outcome = scope.evaluate(String(annotation.at('valueExpression').value ?? ''))
      return outcome.kind === 'value' ? [] : failed(spec, outcome, `auditAnnotation ${quote(String(annotation.at('key').value))}`, target)
    })
  const refusals = validations.items().flatMap((validation): readonly PolicyVerdict[] => {
    const expression = String(validation.at('expression').value ?? '')
    const outcome = scope.evaluate(expression)
    if (outcome.kind !== 'value') return failed(spec, outcome, quote(expression), target)
    if (outcome.value === true) return []
    const written = scope.evaluate(String(validation.at('messageExpression').value ?? 'null'))
    const own =
      written.kind === 'value' && typeof written.value === 'string' && written.value.trim() !== ''
        ? written.value
        : validation.at('message').value
    const message = typeof own === 'string' && own.trim() !== '' ? quote(own.trim(), 300) : `failed expression: ${quote(expression, 300)}`
    return [{ kind: 'refused' as const, message, field: evaluator.placeOf(expression, target) }]
  })
  return [...refusals, ...annotations]
}

/** An error refuses the request where the failure policy says so; what could only be known in the cluster is a gap there. */
function failed(spec: Field, outcome: Outcome & { kind: 'error' | 'unknown' }, what: string, target: Target): readonly PolicyVerdict[] {
  if (!fails(spec)) return []
  const message = `${what} cannot be evaluated: ${outcome.message}`
  return [outcome.kind === 'unknown' ? { kind: 'unknown', message } : { kind: 'refused', message, field: target.at('metadata', 'name') }]
}
