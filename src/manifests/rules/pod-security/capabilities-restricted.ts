/** Pod Security Standards, Restricted, check `capabilities_restricted`. */
import { quote } from '../../../findings.ts'
import type { Container, Pod } from '../../../repo/pod.ts'
import { addEntry } from '../../edits.ts'
import type { StandardRule } from '../../pod-security.ts'
import { violation } from '../../violation.ts'

export const capabilitiesRestricted: StandardRule = {
  id: 'pod-security/capabilities-restricted',
  level: 'restricted',
  since: 22,
  overrides: 'pod-security/capabilities-baseline',
  severity: 'medium',
  title: 'Container keeps capabilities',
  why: 'The runtime’s default capabilities are parts of root’s power that few programs use and that an intruder does.',
  fix: 'Set `capabilities.drop: ["ALL"]`, and add at most `NET_BIND_SERVICE`.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  *check(pod, context, minor) {
    if (minor >= 25 && pod.at('os', 'name').value === 'windows') return
    for (const container of pod.containers) {
      const name = quote(container.name)
      const capabilities = container.at('securityContext', 'capabilities')
      const dropsAll = capabilities
        .at('drop')
        .items()
        .some(({ value }) => value === 'ALL')
      if (!dropsAll) {
        const mended = isWithoutEffect(pod, container)
          ? addEntry(context, container.field, ['securityContext', 'capabilities', 'drop'], '["ALL"]')
          : undefined
        yield violation(capabilities.at('drop'), `container ${name} does not drop ALL capabilities`, mended)
      }
      for (const added of capabilities.at('add').items()) {
        if (added.value !== 'NET_BIND_SERVICE')
          yield violation(added, `container ${name} adds the capability ${quote(String(added.value))}`)
      }
    }
  },
}

/** True where the program has no capabilities to lose: it is not root, and what it executes gives it none. capabilities(7), prctl(2) PR_SET_NO_NEW_PRIVS */
function isWithoutEffect(pod: Pod, { at }: Container): boolean {
  const user = at('securityContext', 'runAsUser').value ?? pod.at('securityContext', 'runAsUser').value
  const nonRoot = at('securityContext', 'runAsNonRoot').value ?? pod.at('securityContext', 'runAsNonRoot').value
  const isOrdinary = typeof user === 'number' ? user > 0 : nonRoot === true
  return isOrdinary && at('securityContext', 'allowPrivilegeEscalation').value === false
}
