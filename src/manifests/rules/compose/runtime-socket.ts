/** The container runtime's socket among the volumes: https://docs.docker.com/engine/security/protect-access/ */
import { quote } from '../../../findings.ts'
import type { ComposeService } from '../../../repo/repository.ts'
import { bindMountsOf } from '../../compose.ts'
import { isRuntimeSocket } from '../../host-paths.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const composeRuntimeSocket: Rule<ComposeService> = {
  id: 'compose/runtime-socket',
  severity: 'high',
  title: 'Service mounts the socket of the container runtime',
  why: 'Who can speak to the runtime’s socket can start a privileged container: it is the host. Read-only does not help, for a socket is written to either way.',
  fix: 'Put a proxy between them that passes only what the service asks, or do without.',
  references: ['https://docs.docker.com/engine/security/#docker-daemon-attack-surface'],
  *check(service) {
    for (const { field, source } of bindMountsOf(service))
      if (isRuntimeSocket(source)) yield violation(field, `service ${quote(service.name, 60)} mounts the runtime’s socket ${quote(source)}`)
  },
}
