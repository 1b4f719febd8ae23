/** Which objects a constraint is for. https://open-policy-agent.github.io/gatekeeper/website/docs/howto/#the-match-field */
import type { Field } from '../../../formats/field.ts'
import { readSelector } from '../../selector.ts'
import { isSet } from '../../violation.ts'
import { selectsNamespace } from '../match.ts'
import type { Target } from '../target.ts'

/** An absent part matches everything. */
export function matchesConstraint(match: Field, target: Target): boolean {
  return (
    isKind(match.at('kinds').items(), target) &&
    isScope(match.at('scope').value, target) &&
    isNamed(match, target) &&
    isNamespace(match, target) &&
    readSelector(match.at('labelSelector')).matches(target.labels) &&
    isNamespaceSelected(match.at('namespaceSelector'), target)
  )
}

function isKind(kinds: readonly Field[], { group, kind }: Target): boolean {
  const has = (list: Field, wanted: string) => {
    const texts = textsOf(list)
    return texts.length === 0 || texts.includes('*') || texts.includes(wanted)
  }
  return kinds.length === 0 || kinds.some((one) => has(one.at('apiGroups'), group) && has(one.at('kinds'), kind))
}

function isScope(scope: unknown, { namespace }: Target): boolean {
  if (scope === 'Cluster') return namespace === ''
  return scope === 'Namespaced' ? namespace !== '' : true
}

function isNamed(match: Field, { name }: Target): boolean {
  const pattern = match.at('name')
  return !isSet(pattern) || isLike(name, String(pattern.value))
}

/** For a namespace its own name counts; other objects of the whole cluster are not left out. */
function isNamespace(match: Field, { kind, name, namespace }: Target): boolean {
  const own = kind === 'Namespace' ? name : namespace
  if (own === '') return true
  const wanted = textsOf(match.at('namespaces'))
  if (wanted.length > 0 && !wanted.some((pattern) => isLike(own, pattern))) return false
  return !textsOf(match.at('excludedNamespaces')).some((pattern) => isLike(own, pattern))
}

function isNamespaceSelected(selector: Field, target: Target): boolean {
  if (!isSet(selector)) return true
  return (target.namespace === '' && target.kind !== 'Namespace') || selectsNamespace(selector, target)
}

/** `*` at either end stands for anything. */
function isLike(text: string, pattern: string): boolean {
  const bare = pattern.replace(/^\*|\*$/gu, '')
  if (pattern === '*') return true
  if (pattern.startsWith('*') && pattern.endsWith('*')) return text.includes(bare)
  if (pattern.startsWith('*')) return text.endsWith(bare)
  return pattern.endsWith('*') ? text.startsWith(bare) : text === pattern
}

function textsOf(list: Field): readonly string[] {
  return list.items().map(({ value }) => String(value))
}
