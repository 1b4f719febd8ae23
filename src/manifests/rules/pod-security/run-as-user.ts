/** Pod Security Standards, Restricted, check `runAsUser`. */
import type { StandardRule } from '../../pod-security.ts'
import { settersOf } from '../../setters.ts'
import { violation } from '../../violation.ts'

export const runAsUser: StandardRule = {
  id: 'pod-security/run-as-user',
  level: 'restricted',
  since: 23,
  severity: 'medium',
  title: 'Container runs as root',
  why: 'Root in a container is root in the kernel that all containers of the node share: a flaw in the runtime or the kernel is enough to leave.',
  fix: 'Remove `runAsUser: 0` and use a user of the image’s own.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  *check(pod, _, minor) {
    if (minor >= 35 && pod.at('hostUsers').value === false) return
    for (const { who, field } of settersOf(pod, 'runAsUser')) {
      if (field.value !== 0 && field.value !== 0n) continue
      yield violation(field, `${who} runs as user 0`)
    }
  },
}
