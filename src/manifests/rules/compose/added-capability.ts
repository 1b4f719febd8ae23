/** `cap_add`: https://docs.docker.com/reference/compose-file/services/#cap_add */
import { quote } from '../../../findings.ts'
import type { ComposeService } from '../../../repo/repository.ts'
import { defaultCapabilities } from '../../default-capabilities.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

/** Those that are the host, or nearly. capabilities(7) */
const nearlyRoot: ReadonlySet<string> = new Set([
  'ALL',
  'BPF',
  'DAC_READ_SEARCH',
  'SYS_ADMIN',
  'SYS_BOOT',
  'SYS_MODULE',
  'SYS_PTRACE',
  'SYS_RAWIO',
])

export const composeAddedCapability: Rule<ComposeService> = {
  id: 'compose/added-capability',
  severity: 'medium',
  title: 'Service is given more capabilities',
  why: 'Each capability is a part of what root may do to the host; SYS_ADMIN, SYS_MODULE and their like are all of it.',
  fix: 'Drop all capabilities with `cap_drop: [ALL]` and add the one that the program fails without.',
  references: ['https://docs.docker.com/engine/security/#linux-kernel-capabilities'],
  *check({ name, root }) {
    for (const field of root.at('cap_add').items()) {
      const capability = String(field.value ?? '')
        .toUpperCase()
        .replace(/^CAP_/u, '')
      // Docker gives NET_RAW too. https://docs.docker.com/engine/containers/run/#runtime-privilege-and-linux-capabilities
      if (defaultCapabilities.has(capability) || capability === 'NET_RAW') continue
      const message = `service ${quote(name, 60)} is given the capability ${quote(capability, 40)}`
      yield violation(field, message, undefined, nearlyRoot.has(capability) ? 'high' : undefined)
    }
  },
}
