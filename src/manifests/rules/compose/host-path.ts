/** Bind mounts of what the host itself is made of: https://docs.docker.com/engine/storage/bind-mounts/ */
import { quote } from '../../../findings.ts'
import type { ComposeService } from '../../../repo/repository.ts'
import { bindMountsOf } from '../../compose.ts'
import { isRuntimeSocket } from '../../host-paths.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

/** Who writes below one of these is root on the host sooner or later. */
const system = /^\/(?:|boot|dev|etc|lib\w*|proc|root|s?bin|sys|usr|var|var\/lib|var\/lib\/(?:containerd|docker|kubelet)|var\/run|run)\/*$/u

export const composeHostPath: Rule<ComposeService> = {
  id: 'compose/host-path',
  severity: 'high',
  title: 'Service mounts a system folder of its host',
  why: 'What a container writes there can be run, or read as configuration, by the host itself; what it reads there are the host’s keys and other containers’ secrets.',
  fix: 'Mount the one file that the service needs, read-only, or use a named volume.',
  references: ['https://docs.docker.com/engine/storage/bind-mounts/#considerations-and-constraints'],
  *check(service) {
    for (const { field, source, isReadOnly } of bindMountsOf(service)) {
      if (!system.test(source) || isRuntimeSocket(source)) continue
      const message = `service ${quote(service.name, 60)} mounts ${quote(source)} of its host${isReadOnly ? ', read-only' : ''}`
      yield violation(field, message, undefined, isReadOnly ? 'medium' : undefined)
    }
  },
}
