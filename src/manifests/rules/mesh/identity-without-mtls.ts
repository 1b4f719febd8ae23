/** Identities are from certificates: https://istio.io/latest/docs/reference/config/security/authorization-policy/#Source */
import { quote } from '../../../findings.ts'
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
      for (const source of object.root.at('spec', 'rules').items().flatMap(sourcesOf)) {
        for (const part of identityFields) {
          const field = source.at(part)
          if (!isSet(field)) continue
          const isBypass = actionOf(object) === 'DENY' || part.startsWith('not')
          const message = `${quote(part)} is empty for requests without mutual TLS, and the mode here is ${mode}`
          yield { field, subject: object.subject, message, ...(isBypass && { severity: 'high' as const }) }
        }
      }
    }
  },
}
