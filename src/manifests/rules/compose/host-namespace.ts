/** `network_mode`, `pid`, `ipc`, `uts`, `userns_mode`, `cgroup`: https://docs.docker.com/reference/compose-file/services/#network_mode */
import { quote } from '../../../findings.ts'
import type { ComposeService } from '../../../repo/repository.ts'
import { removeEntry } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

const keys = ['network_mode', 'pid', 'ipc', 'uts', 'userns_mode', 'cgroup'] as const

export const composeHostNamespace: Rule<ComposeService> = {
  id: 'compose/host-namespace',
  severity: 'high',
  title: 'Service shares a namespace of its host',
  why: 'In the host’s namespaces a container sees the host’s processes and memory, or listens on all its addresses beside every firewall rule of its own network.',
  fix: 'Remove the key; publish the ports that the service needs.',
  references: ['https://docs.docker.com/engine/security/#kernel-namespaces'],
  *check({ name, root }, context) {
    for (const key of keys) {
      const field = root.at(key)
      if (field.value !== 'host') continue
      const message = `service ${quote(name, 60)} has ${key} of its host`
      // Without the network of its host a service has to publish ports, and which is not known.
      const mended = key === 'network_mode' ? undefined : removeEntry(context, root, key)
      yield violation(field, message, mended, key === 'network_mode' || key === 'uts' ? 'medium' : undefined)
    }
  },
}
