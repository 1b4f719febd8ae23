/** Identities are from certificates: https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source */
import { quote } from '../../../findings.ts'
import type { Field } from '../../../formats/field.ts'
import type { Repository } from '../../../repo/repository.ts'
import { actionOf, identityFields, isAuthorizationPolicy, mutualTlsOf, sourcesOf } from '../../istio.ts'
import type { Rule } from '../../rule.ts'
import { readLabels } from '../../selector.ts'
import { isSet } from '../../violation.ts'

export const identityWithoutMtls: Rule<Repository> = {
  id: 'mesh/identity-without-mtls',
  severity: 'medium',
  title: 'Policy names identities where mutual TLS is not required',
  why: 'Without mutual TLS a request has no identity: a rule that allows identities refuses it, and a DENY, or a `not…`, that speaks of identities does not see it.',
  fix: 'Set a PeerAuthentication with mode STRICT for the workload.',
  references: ['https://istio.io/latest/docs/reference/config/security/authorization-policy/'],
  *check(_, { objectsOf }) {
    const authentications = objectsOf('PeerAuthentication')
    for (const object of objectsOf('AuthorizationPolicy').filter(isAuthorizationPolicy)) {
      const labels = readLabels(object.root.at('spec', 'selector', 'matchLabels'))
      const mode = mutualTlsOf(authentications, object.namespace, labels)
      if (mode === undefined || mode === 'STRICT') continue
      for (const { field, part, isNegative } of object.root.at('spec', 'rules').items().flatMap(identitiesIn)) {
        const isBypass = actionOf(object) === 'DENY' || isNegative
        const message = `${quote(part)} is empty for requests without mutual TLS, and the mode here is ${mode}`
        yield { field, subject: object.subject, message, ...(isBypass && { severity: 'high' as const }) }
      }
    }
  },
}

/** Under `from`, and in conditions on the same. */
function identitiesIn(rule: Field): readonly { readonly field: Field; readonly part: string; readonly isNegative: boolean }[] {
  const sources = sourcesOf(rule).flatMap((source) =>
    identityFields.map((part) => ({ field: source.at(part), part: String(part), isNegative: part.startsWith('not') })),
  )
  const conditions = rule
    .at('when')
    .items()
    .filter((condition) => /^source\.(?:principal|namespace|serviceAccount)$/.test(String(condition.at('key').value)))
    .flatMap((condition) =>
      ['values', 'notValues'].map((list) => ({
        field: condition.at(list),
        part: String(condition.at('key').value),
        isNegative: list === 'notValues',
      })),
    )
  return [...sources, ...conditions].filter(({ field }) => isSet(field))
}
