/** Secrets that are written into a workload. */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { hasSecretFormat, isPlaceholder, secretOptions, soundsSecret } from '../../literal-secrets.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const literalSecret: Rule<Pod> = {
  id: 'pod/literal-secret',
  severity: 'high',
  title: 'Secret is written into the manifest',
  why: 'Who can read the repository has the secret, and so has who can read the object in the cluster; the history keeps it after it is removed.',
  fix: 'Revoke the secret, keep a new one in a Secret that is made outside of the repository, and name it by `secretKeyRef` or a volume.',
  references: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],
  *check(pod) {
    for (const container of pod.containers) {
      for (const variable of container.at('env').items()) {
        const field = variable.at('value')
        const [name, value] = [String(variable.at('name').value ?? ''), String(field.value ?? '')]
        const isSecret = hasSecretFormat(value) || (soundsSecret(name) && !isPlaceholder(value))
        // The value stays out of the message: a report is no place for it either.
        if (isSecret && !field.isGenerated)
          yield violation(field, `container ${quote(container.name)} has a literal secret in ${quote(name)}`)
      }
      const words = ['command', 'args'].flatMap((part) => container.at(part).items())
      for (const { field, name } of secretOptions(words)) {
        if (!hasSecretFormat(String(field.value ?? '')))
          yield violation(field, `container ${quote(container.name)} has a literal secret in its option ${quote(name)}`)
      }
      for (const part of ['command', 'args']) {
        for (const field of container.at(part).items()) {
          if (hasSecretFormat(String(field.value ?? '')))
            yield violation(field, `container ${quote(container.name)} has a literal secret in its ${part}`)
        }
      }
    }
  },
}
