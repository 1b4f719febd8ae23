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
      if (isEmpty) yield violation(rule, 'empty rule allows every request')
      else if (isEverybody(rule))
        yield violation(
          rule.at('from'),
          'rule allows every source: an asterisk is everybody, with or without an identity',
          undefined,
          'medium',
        )
    }
  },
}

function isEverybody(rule: Field): boolean {
  return sourcesOf(rule).some((source) => {
    const parts = source.entries().map(([key, list]) => [key, list.items().map(({ value }) => value)] as const)
    return (
      parts.length > 0 &&
      parts.every(
        ([key, values]) => (key === 'ipBlocks' || key === 'remoteIpBlocks') && (values.includes('0.0.0.0/0') || values.includes('*')),
      )
    )
  })
}
