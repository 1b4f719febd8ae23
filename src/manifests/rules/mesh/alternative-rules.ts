/** Rules of an AuthorizationPolicy are alternatives: https://istio.io/latest/docs/reference/config/security/authorization-policy/ */
import type { Field } from '../../../formats/field.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { actionOf, isAuthorizationPolicy } from '../../istio.ts'
import type { Rule } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const alternativeRules: Rule<KubernetesObject> = {
  id: 'mesh/alternative-rules',
  severity: 'high',
  title: 'Rule of an AuthorizationPolicy admits every source',
  why: 'The rules of a policy are alternatives: a request that one of them matches is allowed. A rule without `from` matches requests of everybody, so that the sources in the other rules restrict nothing.',
  fix: 'Put `from`, `to` and `when` into one rule: no dash before `to` and `when`.',
  references: ['https://istio.io/latest/docs/reference/config/security/authorization-policy/'],
  kinds: ['AuthorizationPolicy'],
  *check(object) {
    if (!isAuthorizationPolicy(object) || actionOf(object) !== 'ALLOW') return
    for (const rule of object.root.at('spec', 'rules').items()) {
      if (rule.at('from').items().length > 0 || restrictsIdentity(rule)) continue
      const parts = ['to', 'when'].filter((part) => isSet(rule.at(part)))
      // A rule of no parts is what mesh/allow-all says.
      if (parts.length === 0) continue
      const isByAddress = rule
        .at('when')
        .items()
        .some((one) => /^(?:source|remote)\.ip$/.test(String(one.at('key').value)))
      const message = isByAddress
        ? 'rule has no from, and admits every workload with such an address, whoever it is'
        : `rule has ${parts.join(' and ')} and no from, and admits every source`
      yield violation(rule, message, undefined, isByAddress ? 'medium' : undefined)
    }
  },
}

/** A condition on who asks takes the place of `from`. */
function restrictsIdentity(rule: Field): boolean {
  return rule
    .at('when')
    .items()
    .some((condition) => {
      const isIdentity = /^(?:source\.(?:principal|namespace|serviceAccount)|request\.auth\.)/.test(String(condition.at('key').value))
      return isIdentity && condition.at('values').items().length > 0
    })
}
