/** Secrets as environment variables: https://kubernetes.io/docs/concepts/security/secrets-good-practices/ */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import type { Rule } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const secretInEnvironment: Rule<Pod> = {
  id: 'pod/secret-in-environment',
  severity: 'low',
  title: 'Secret is handed over in the environment',
  why: 'Environment variables are inherited by every child process and end up in crash reports and debug pages; a secret that is rotated stays what it was until the pod restarts.',
  fix: 'Mount the secret as a file.',
  references: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],
  *check(pod) {
    for (const container of pod.containers) {
      const name = quote(container.name)
      for (const variable of container.at('env').items()) {
        const field = variable.at('valueFrom', 'secretKeyRef')
        if (isSet(field)) yield violation(field, `container ${name} has a secret in ${quote(String(variable.at('name').value ?? ''))}`)
      }
      for (const source of container.at('envFrom').items()) {
        const field = source.at('secretRef')
        if (isSet(field))
          yield violation(field, `container ${name} has every key of ${quote(String(field.at('name').value ?? ''))} in its environment`)
      }
    }
  },
}
