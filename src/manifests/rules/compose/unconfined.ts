/** `security_opt`: https://docs.docker.com/reference/compose-file/services/#security_opt */
import { quote } from '../../../findings.ts'
import type { ComposeService } from '../../../repo/repository.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

const weakening = /^(?:apparmor[:=]unconfined|label[:=]disable|seccomp[:=]unconfined|systempaths[:=]unconfined)$/u

export const composeUnconfined: Rule<ComposeService> = {
  id: 'compose/unconfined',
  severity: 'medium',
  title: 'Service runs without a confinement that it would have',
  why: 'Seccomp, AppArmor and SELinux are what is left between a bug in the kernel and a container that was taken over.',
  fix: 'Remove the option, or name a profile that allows the one call that the program needs.',
  references: ['https://docs.docker.com/engine/security/seccomp/', 'https://docs.docker.com/engine/security/apparmor/'],
  *check({ name, root }) {
    for (const field of root.at('security_opt').items()) {
      const option = String(field.value ?? '')
      if (weakening.test(option)) yield violation(field, `service ${quote(name, 60)} has the option ${quote(option, 60)}`)
    }
  },
}
