/** Which objects a rule is for: https://kyverno.io/docs/policy-types/cluster-policy/match-exclude/ */
import type { Field } from '../../../formats/field.ts'
import { readSelector } from '../../selector.ts'
import { isSet } from '../../violation.ts'
import { operationOf, selectsNamespace } from '../match.ts'
import type { Target } from '../target.ts'
import { matchesWildcard } from './scalar-pattern.ts'

/** `unknown`: it depends on who asks. */
export type Answer = 'no' | 'unknown' | 'yes'

export function isFor(rule: Field, target: Target): Answer {
  const wanted = answerOf(rule.at('match'), target, 'unknown')
  // Whom an exclusion is for is not known: nobody is, until the cluster knows him.
  return wanted !== 'no' &&
    isSet(rule.at('exclude')) &&
    answerOf(rule.at('exclude'), { ...target, isOfAnyNamespace: false }, 'no') === 'yes'
    ? 'no'
    : wanted
}

function answerOf(block: Field, target: Target, bySubject: Answer): Answer {
  const [any, all] = [block.at('any').items(), block.at('all').items()]
  const filters = any.length > 0 ? any : all.length > 0 ? all : [block]
  const answers = filters.map((filter) => filterAnswer(filter, target, bySubject))
  if (any.length > 0) return answers.includes('yes') ? 'yes' : answers.includes('unknown') ? 'unknown' : 'no'
  return answers.includes('no') ? 'no' : answers.includes('unknown') ? 'unknown' : 'yes'
}

function filterAnswer(filter: Field, target: Target, bySubject: Answer): Answer {
  if (!matchesFilter(filter.at('resources'), target)) return 'no'
  const isBySubject = ['subjects', 'roles', 'clusterRoles'].some((name) => filter.at(name).items().length > 0)
  return isBySubject ? bySubject : 'yes'
}

function matchesFilter(resources: Field, target: Target): boolean {
  const texts = (name: string) =>
    resources
      .at(name)
      .items()
      .map(({ value }) => String(value))
  const matchesAny = (patterns: readonly string[], text: string) =>
    patterns.length === 0 || patterns.some((pattern) => matchesWildcard(text, pattern))
  const kinds = texts('kinds')
  if (kinds.length > 0 && !kinds.some((kind) => matchesKind(kind, target))) return false
  const names = [...texts('names'), ...(isSet(resources.at('name')) ? [String(resources.at('name').value)] : [])]
  const namespace = target.kind === 'Namespace' ? target.name : target.namespace
  if (
    !matchesAny(names, target.name) ||
    !matchesAny(texts('namespaces'), namespace) ||
    !matchesAny(texts('operations'), operationOf(target))
  )
    return false
  const annotations = resources.at('annotations').entries()
  const own = target.at('metadata', 'annotations')
  if (!annotations.every(([key, { value }]) => own.at(key).kind === 'scalar' && matchesWildcard(String(own.at(key).value), String(value))))
    return false
  return readSelector(resources.at('selector')).matches(target.labels) && selectsNamespace(resources.at('namespaceSelector'), target)
}

/** `Pod`, `apps/v1/Deployment`, `*​/Deployment`; subresources are no objects of a tree. */
function matchesKind(text: string, { group, version, kind }: Target): boolean {
  const parts = text.split('/')
  const wanted = parts.at(-1) ?? ''
  if (!matchesWildcard(kind, wanted)) return false
  if (parts.length === 3) return matchesWildcard(group, parts[0] ?? '') && matchesWildcard(version, parts[1] ?? '')
  return parts.length === 1 || (parts.length === 2 && (matchesWildcard(version, parts[0] ?? '') || matchesWildcard(group, parts[0] ?? '')))
}
