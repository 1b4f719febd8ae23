/** `privileged`: https://docs.docker.com/reference/compose-file/services/#privileged */
import { quote } from '../../../findings.ts'
import type { ComposeService } from '../../../repo/repository.ts'
import { replaceScalar } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const composePrivileged: Rule<ComposeService> = {
  id: 'compose/privileged',
  severity: 'high',
  title: 'Service runs privileged',
  why: 'A privileged container has the devices and the kernel of its host: who takes the container has the host.',
  fix: 'Remove `privileged: true`, and give the service the one device or capability that it needs.',
  references: ['https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities'],
  *check({ name, root }, context) {
    const field = root.at('privileged')
    if (field.value === true || field.value === 'true')
      yield violation(field, `service ${quote(name, 60)} runs privileged`, replaceScalar(context, field, 'false'))
  },
}
