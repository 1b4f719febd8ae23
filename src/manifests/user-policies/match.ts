/** Which requests a policy is for: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/validating-admission-policy-v1/ (MatchResources) */
import { quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { readSelector } from '../selector.ts'
import { isSet } from '../violation.ts'
import type { Target } from './target.ts'
import type { PolicyVerdict } from './verdicts.ts'

export type Operation = 'CREATE' | 'UPDATE'

export function operationOf({ oldTarget }: Target): Operation {
  return oldTarget === undefined ? 'CREATE' : 'UPDATE'
}

/** True where the constraints let the request through to the policy. Absent constraints match everything. */
export function matchesResources(constraints: Field, target: Target): boolean {
  if (!isSet(constraints)) return true
  const isEquivalent = constraints.at('matchPolicy').value !== 'Exact'
  const rules = constraints.at('resourceRules').items()
  if (rules.length > 0 && !rules.some((rule) => matchesRule(rule, target, isEquivalent))) return false
  if (
    constraints
      .at('excludeResourceRules')
      .items()
      .some((rule) => matchesRule(rule, target, isEquivalent))
  )
    return false
  if (!readSelector(constraints.at('objectSelector')).matches(target.labels)) return false
  // Objects without a namespace are not left out by its selector, but for namespaces themselves.
  return target.namespace === '' && target.kind !== 'Namespace' ? true : selectsNamespace(constraints.at('namespaceSelector'), target)
}

/** Of a namespace that the tree does not hold, only the name is known. */
export function selectsNamespace(selector: Field, target: Target): boolean {
  const unmet = readSelector(selector).unmet(target.kind === 'Namespace' ? target.labels : target.namespaceLabels)
  return unmet.length === 0 || (target.isOfAnyNamespace === true && !unmet.includes('kubernetes.io/metadata.name'))
}

/** The same target, where the labels of its namespace are not known: as if it had those that are asked for. */
export function ofAnyNamespace(target: Target): Target | undefined {
  return target.namespace === '' || target.namespaceObject ? undefined : { ...target, isOfAnyNamespace: true }
}

/** What is said instead of a verdict that such labels would bring about. */
export function dependsOnNamespace({ namespace }: Target): PolicyVerdict {
  return { kind: 'unknown', message: `it depends on the labels of namespace ${quote(namespace)}, which the tree does not hold` }
}

function matchesRule(rule: Field, target: Target, isEquivalent: boolean): boolean {
  const texts = (name: string) =>
    rule
      .at(name)
      .items()
      .map(({ value }) => String(value))
  const has = (name: string, wanted: string) => texts(name).some((text) => text === '*' || text === wanted)
  const names = texts('resourceNames')
  const scope = rule.at('scope').value
  const isInScope = scope !== 'Cluster' && scope !== 'Namespaced' ? true : (scope === 'Namespaced') === (target.namespace !== '')
  const isResource = texts('resources').some((text) => text === '*' || text === '*/*' || text === target.resource)
  // With matchPolicy Equivalent another version of the resource is converted before it is matched.
  const isVersion = isEquivalent || has('apiVersions', target.version)
  return (
    isInScope &&
    isResource &&
    isVersion &&
    has('apiGroups', target.group) &&
    has('operations', operationOf(target)) &&
    (names.length === 0 || names.includes(target.name))
  )
}
