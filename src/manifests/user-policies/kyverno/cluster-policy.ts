/** Kyverno's ClusterPolicy and Policy: `validate` rules with patterns and deny conditions. https://kyverno.io/docs/policy-types/cluster-policy/validate/ */

import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject, Repository } from '../../../repo/repository.ts'
import { isSet } from '../../violation.ts'
import { celValue } from '../cel/value.ts'
import type { Target } from '../target.ts'
import type { PolicyVerdict, UserPolicy } from '../verdicts.ts'
import { conditionsHold, Unsupported } from './conditions.ts'
import { type Match, matchPattern } from './pattern.ts'
import { judgePodSecurity } from './pod-security.ts'
import { isFor } from './resource-filter.ts'

/** Each rule of a policy is a policy of its own here: they have their own actions and messages. */
export function kyvernoPolicies({ objects }: Repository): readonly UserPolicy[] {
  return objects
    .filter(({ kind, apiVersion }) => (kind === 'ClusterPolicy' || kind === 'Policy') && apiVersion.startsWith('kyverno.io/'))
    .flatMap((policy) =>
      policy.root
        .at('spec', 'rules')
        .items()
        .flatMap((rule) => rulePolicy(policy, rule)),
    )
}

function rulePolicy(policy: KubernetesObject, rule: Field): readonly UserPolicy[] {
  // Rules that change or make objects, and those about images, are no judgement of manifests; the last ones are asked for elsewhere.
  if (!isSet(rule.at('validate')) && !isSet(rule.at('verifyImages'))) return []
  const name = String(rule.at('name').value ?? '')
  const action = rule.at('validate', 'failureAction').value ?? policy.root.at('spec', 'validationFailureAction').value ?? 'Audit'
  return [
    {
      title: `${policy.kind} ${quote(policy.name)} rule ${quote(name)}`,
      name: policy.name,
      isWarning: String(action).toLowerCase() !== 'enforce',
      description: String(policy.root.at('metadata', 'annotations', 'policies.kyverno.io/title').value ?? ''),
      judge: (target) => judgeRule(policy, rule, target),
    },
  ]
}

function judgeRule(policy: KubernetesObject, rule: Field, target: Target): readonly PolicyVerdict[] {
  if (policy.kind === 'Policy' && policy.namespace !== target.namespace) return []
  const answer = isFor(rule, target)
  if (answer === 'no') return []
  if (answer === 'unknown') return [{ kind: 'unknown', message: 'it depends on who asks' }]
  try {
    const form = unsupportedForm(rule)
    if (form !== undefined) throw new Unsupported(form)
    if (isSet(rule.at('preconditions')) && !conditionsHold(rule.at('preconditions'), target)) return []
    return judgeValidate(rule.at('validate'), target)
  } catch (error) {
    if (!(error instanceof Unsupported)) throw error
    return [{ kind: 'unknown', message: `not evaluated here: ${error.message}` }]
  }
}

function unsupportedForm(rule: Field): string | undefined {
  const validate = rule.at('validate')
  if (isSet(rule.at('verifyImages'))) return 'verifyImages'
  if (rule.at('context').items().length > 0) return 'context'
  return ['assert', 'cel', 'foreach', 'manifests'].find((form) => isSet(validate.at(form)))
}

function judgeValidate(validate: Field, target: Target): readonly PolicyVerdict[] {
  const message = String(validate.at('message').value ?? '').trim()
  const said = message === '' ? 'refused by the rule' : quote(message, 300)
  if (isSet(validate.at('deny'))) {
    const isDenied = conditionsHold(validate.at('deny', 'conditions'), target)
    return isDenied
      ? [
          {
            kind: 'refused',
            message: said,
            field:
              target.at('metadata', 'name').kind === 'absent' ? target.object.root.at('metadata', 'name') : target.at('metadata', 'name'),
          },
        ]
      : []
  }
  if (isSet(validate.at('podSecurity'))) {
    // The pods of a workload are asked about by themselves.
    return target.kind === 'Pod' ? judgePodSecurity(validate.at('podSecurity'), said, target) : []
  }
  const anyPattern = validate.at('anyPattern').items()
  const patterns = (anyPattern.length > 0 ? anyPattern : [validate.at('pattern')]).filter(isSet)
  const results = patterns.map((pattern) => matchPattern(target.value(), variableFree(pattern)))
  const isRefused = results.length > 0 && results.every(({ kind }) => kind === 'mismatch')
  return isRefused ? [{ kind: 'refused', message: said, field: fieldOf(results, target) }] : []
}

function variableFree(pattern: Field): unknown {
  const value = celValue(pattern)
  if (hasVariables(value)) throw new Unsupported('variables in a pattern')
  return value
}

function hasVariables(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('{{') || value.includes('$(')
  if (Array.isArray(value)) return value.some(hasVariables)
  return value instanceof Map && [...value].some(([key, inner]) => hasVariables(key) || hasVariables(inner))
}

/** Where the first pattern does not fit. */
function fieldOf(results: readonly Match[], target: Target): Field {
  const mismatch = results.find((result) => result.kind === 'mismatch')
  return mismatch?.kind === 'mismatch' ? target.at(...mismatch.path) : target.at('spec')
}
