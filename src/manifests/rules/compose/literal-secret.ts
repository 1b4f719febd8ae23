/** `environment`: https://docs.docker.com/compose/how-tos/use-secrets/ */
import { quote } from '../../../findings.ts'
import type { ComposeService } from '../../../repo/repository.ts'
import { variablesOf } from '../../compose.ts'
import { hasSecretFormat, isPlaceholder, secretOptions, soundsSecret } from '../../literal-secrets.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const composeLiteralSecret: Rule<ComposeService> = {
  id: 'compose/literal-secret',
  severity: 'medium',
  title: 'Secret is written into the Compose file',
  why: 'Who can read the repository has the secret, and the history keeps it after it is removed; every process of the container has it in its environment.',
  fix: 'Revoke the secret, keep a new one outside of the repository, and give it to the service under `secrets` or by a variable.',
  references: ['https://docs.docker.com/compose/how-tos/use-secrets/'],
  *check(service) {
    for (const { name, field, value } of variablesOf(service)) {
      const isIssued = hasSecretFormat(value)
      if (!isIssued && !(soundsSecret(name) && !isPlaceholder(value))) continue
      // The value stays out of the message: a report is no place for it either.
      const message = `service ${quote(service.name, 60)} has a literal secret in ${quote(name, 80)}`
      yield violation(field, message, undefined, isIssued ? 'high' : undefined)
    }
    const words = ['entrypoint', 'command']
      .map((part) => service.root.at(part))
      .flatMap((field) => (field.kind === 'list' ? field.items() : [field]))
    for (const { field, name } of secretOptions(words))
      yield violation(field, `service ${quote(service.name, 60)} has a literal secret in its option ${quote(name, 80)}`)
  },
}
