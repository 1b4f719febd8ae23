/** Kyverno's ClusterPolicy and Policy: `validate` rules with patterns and deny conditions. https://kyverno.io/docs/policy-types/cluster-policy/validate/ */

import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject, Repository } from '../../../repo/repository.ts'
import { isSet } from '../../violation.ts'
import type { Evaluator } from '../cel-evaluator.ts'
import { celJudge } from '../cel-policy.ts'
import { ofAnyNamespace, selectsNamespace } from '../match.ts'
import type { Target } from '../target.ts'
import type { PolicyVerdict, UserPolicy } from '../verdicts.ts'
import { preconditionsHold } from './conditions.ts'
import { withContext } from './context.ts'
import { registerFunctions } from './functions.ts'
import { judgePodSecurity } from './pod-security.ts'
import { isFor } from './resource-filter.ts'
import { matchesWildcard } from './scalar-pattern.ts'
import { judgeElements, judgeObject, messageOf } from './validate.ts'
import { requestScope, type Scope, Unsupported } from './variables.ts'

interface Surroundings {
  readonly objects: readonly KubernetesObject[]
  readonly evaluator: Evaluator
  /** What rules without a context of their own can name, which is the same for all of them. */
  readonly scopes: WeakMap<Target, Scope>
}

/** Each rule of a policy is a policy of its own here: they have their own actions and messages. */
export function kyvernoPolicies({ objects }: Repository, evaluator: Evaluator): readonly UserPolicy[] {
  const policies = objects.filter(
    ({ kind, apiVersion }) => (kind === 'ClusterPolicy' || kind === 'Policy') && apiVersion.startsWith('kyverno.io/'),
  )
  if (policies.length > 0) registerFunctions()
  const scopes = new WeakMap<Target, Scope>()
  return policies.flatMap((policy) =>
    policy.root
      .at('spec', 'rules')
      .items()
      .flatMap((rule) => rulePolicy(policy, rule, { objects, evaluator, scopes })),
  )
}

function rulePolicy(policy: KubernetesObject, rule: Field, surroundings: Surroundings): readonly UserPolicy[] {
  // Rules that change or make objects, and those about images, are no judgement of manifests; the last ones are asked for elsewhere.
  if (!isSet(rule.at('validate'))) return []
  const name = String(rule.at('name').value ?? '')
  const spec = policy.root.at('spec')
  const general = rule.at('validate', 'failureAction').value ?? spec.at('validationFailureAction').value ?? 'Audit'
  const overrides = [...rule.at('validate', 'failureActionOverrides').items(), ...spec.at('validationFailureActionOverrides').items()]
  const isEnforced = (target: Target) => {
    const override = overrides.find((one) => isOverridden(one, target))
    return String(override?.at('action').value ?? general).toLowerCase() === 'enforce'
  }
  const common = {
    title: `${policy.kind} ${quote(policy.name)} rule ${quote(name)}`,
    name: policy.name,
    description: String(policy.root.at('metadata', 'annotations', 'policies.kyverno.io/title').value ?? ''),
    selectsNamespaces: [rule.at('match'), ...['any', 'all'].flatMap((part) => rule.at('match', part).items())].some((filter) =>
      isSet(filter.at('resources', 'namespaceSelector')),
    ),
  }
  // What refuses in some namespaces and only warns in others is a policy for each.
  return (overrides.length === 0 ? [String(general).toLowerCase() !== 'enforce'] : [false, true]).map((isWarning) => ({
    ...common,
    isWarning,
    judge: (target) => (overrides.length === 0 || isEnforced(target) !== isWarning ? judgeRule(policy, rule, target, surroundings) : []),
  }))
}

/** https://kyverno.io/docs/policy-types/cluster-policy/validate/#failure-action; of labels that are not known, those that it asks for are there. */
function isOverridden(override: Field, target: Target): boolean {
  const names = override.at('namespaces').items()
  const isNamed = names.length === 0 || names.some(({ value }) => matchesWildcard(target.namespace, String(value)))
  const isEnforcing = String(override.at('action').value).toLowerCase() === 'enforce'
  const seen = isEnforcing ? (ofAnyNamespace(target) ?? target) : target
  return isNamed && (!isSet(override.at('namespaceSelector')) || selectsNamespace(override.at('namespaceSelector'), seen))
}

function judgeRule(policy: KubernetesObject, rule: Field, target: Target, surroundings: Surroundings): readonly PolicyVerdict[] {
  if (policy.kind === 'Policy' && policy.namespace !== target.namespace) return []
  const answer = isFor(rule, target)
  if (answer === 'no') return []
  if (answer === 'unknown') return [{ kind: 'unknown', message: 'it depends on who asks' }]
  try {
    const form = unsupportedForm(rule)
    if (form !== undefined) throw new Unsupported(form)
    const known = surroundings.scopes.get(target) ?? requestScope(target)
    surroundings.scopes.set(target, known)
    const scope = withContext(rule.at('context'), known, surroundings.objects)
    if (isSet(rule.at('preconditions')) && !preconditionsHold(rule.at('preconditions'), scope)) return []
    return judgeValidate(rule, scope, surroundings)
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error
    return [{ kind: 'unknown', message: `not evaluated here: ${error.message}` }]
  }
}

function unsupportedForm(rule: Field): string | undefined {
  if (isSet(rule.at('validate', 'cel', 'paramKind'))) return 'cel with paramKind'
  return ['assert', 'manifests'].find((form) => isSet(rule.at('validate', form)))
}

function judgeValidate(rule: Field, scope: Scope, { objects, evaluator }: Surroundings): readonly PolicyVerdict[] {
  const validate = rule.at('validate')
  const { target } = scope
  if (isSet(validate.at('podSecurity'))) {
    // The pods of a workload are asked about by themselves.
    return target.kind === 'Pod' ? judgePodSecurity(validate.at('podSecurity'), messageOf(validate, scope), target) : []
  }
  if (isSet(validate.at('cel'))) {
    const parts = { validations: validate.at('cel', 'expressions'), conditions: rule.at('celPreconditions') }
    return celJudge(validate.at('cel'), [], validate.at('cel', 'params'), evaluator, parts)(target)
  }
  if (isSet(validate.at('foreach'))) return judgeElements(validate.at('foreach'), validate, scope, objects)
  return judgeObject(validate, messageOf(validate, scope), scope)
}
