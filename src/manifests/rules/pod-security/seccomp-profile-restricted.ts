/** Pod Security Standards, Restricted, check `seccompProfile_restricted`. */
import { quote } from '../../../findings.ts'
import { addEntry } from '../../edits.ts'
import type { StandardRule } from '../../pod-security.ts'
import { isSet, violation } from '../../violation.ts'
import { badProfiles } from './seccomp-profile-baseline.ts'

export const seccompProfileRestricted: StandardRule = {
  id: 'pod-security/seccomp-profile-restricted',
  level: 'restricted',
  since: 19,
  overrides: 'pod-security/seccomp-profile-baseline',
  severity: 'medium',
  title: 'Container has no system call filter',
  why: 'Unless a seccomp profile is named, many nodes run containers without one, and each system call of the kernel is open to them.',
  fix: 'Set `seccompProfile.type: RuntimeDefault` for the pod, or for each container.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  *check(pod, context, minor) {
    if (minor >= 25 && pod.at('os', 'name').value === 'windows') return
    const said = [...badProfiles(pod, context)]
    yield* said
    // Upstream speaks of what is missing only where nothing wrong was said.
    if (said.length > 0 || isSet(pod.at('securityContext', 'seccompProfile'))) return
    for (const container of pod.containers) {
      const field = container.at('securityContext', 'seccompProfile')
      if (isSet(field)) continue
      const mended = addEntry(context, container.field, ['securityContext', 'seccompProfile'], { type: 'RuntimeDefault' })
      yield violation(field, `neither the pod nor container ${quote(container.name)} sets a seccomp profile`, mended)
    }
  },
}
