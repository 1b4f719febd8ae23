/** Pod Security Standards, Restricted, check `procMount_restricted`. */
import type { StandardRule } from '../../pod-security.ts'
import { unmaskedProc } from './proc-mount.ts'

export const procMountRestricted: StandardRule = {
  id: 'pod-security/proc-mount-restricted',
  level: 'restricted',
  since: 35,
  overrides: 'pod-security/proc-mount',
  severity: 'medium',
  title: 'The masks over /proc are taken away',
  why: 'The runtime hides the parts of /proc that tell about, or change, the node’s kernel; without the masks the container sees them.',
  fix: 'Remove `procMount`, or set it to `Default`.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  *check(pod, context) {
    yield* unmaskedProc(pod, context)
  },
}
