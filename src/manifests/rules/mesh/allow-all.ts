/** An empty rule matches everything: https://istio.io/latest/docs/reference/config/security/authorization-policy/ */
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { actionOf, isAuthorizationPolicy, sourcesOf } from '../../istio.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const allowAll: Rule<KubernetesObject> = {
  id: 'mesh/allow-all',
  severity: 'high',
  title: 'AuthorizationPolicy allows everything',
  why: '`rules: [{}]` allows every request; a policy without rules allows none. They look alike and are opposites.',
  fix: 'Write the rules that are meant; to deny all, leave `rules` out.',
  references: ['https://istio.io/latest/docs/reference/config/security/authorization-policy/'],
  kinds: ['AuthorizationPolicy'],
  *check(object) {
    if (!isAuthorizationPolicy(object) || actionOf(object) !== 'ALLOW') return
    for (const rule of object.root.at('spec', 'rules').items()) {
      const isEmpty = ['from', 'to', 'when'].every((part) => rule.at(part).items().length === 0)
      const who = isEmpty ? undefined : wideSource(rule)
      if (isEmpty) yield violation(rule, 'empty rule allows every request')
      else if (who !== undefined) yield violation(rule.at('from'), `rule allows every source${who}`, undefined, 'medium')
    }
  },
}

/** What makes a source of the rule everybody, or all but a few; undefined where each names whom it admits. */
function wideSource(rule: Field): string | undefined {
  for (const source of sourcesOf(rule)) {
    const parts = source.entries().filter(([, list]) => list.items().length > 0)
    if (parts.length === 0) return ': a source without fields is everybody'
    if (parts.every(([key, list]) => isEveryAddress(key, list))) return ': an asterisk is everybody, with or without an identity'
    if (parts.every(([key]) => key.startsWith('not')))
      return ` but those that ${parts.map(([key]) => key).join(' and ')} names, also without an identity`
  }
  return undefined
}

function isEveryAddress(key: string, list: Field): boolean {
  if (key !== 'ipBlocks' && key !== 'remoteIpBlocks') return false
  return list.items().some(({ value }) => value === '0.0.0.0/0' || value === '*' || value === '::/0')
}
