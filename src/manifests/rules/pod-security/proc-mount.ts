/** Pod Security Standards, Baseline, check `procMount`. */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { replaceScalar } from '../../edits.ts'
import type { StandardRule } from '../../pod-security.ts'
import type { Context, Violation } from '../../rule.ts'
import { isSet, violation } from '../../violation.ts'

export const procMount: StandardRule = {
  id: 'pod-security/proc-mount',
  level: 'baseline',
  since: 0,
  severity: 'high',
  title: 'The masks over /proc are taken away',
  why: 'The runtime hides the parts of /proc that tell about, or change, the node’s kernel; without the masks the container sees them.',
  fix: 'Remove `procMount`, or set it to `Default`.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#baseline'],
  *check(pod, context, minor) {
    // KEP-127: from v1.35 a pod with a user namespace of its own may.
    if (minor >= 35 && pod.at('hostUsers').value === false) return
    yield* unmaskedProc(pod, context)
  },
}

/** Shared with the check of the level restricted, which knows no exception. */
export function* unmaskedProc(pod: Pod, context: Context): Iterable<Violation> {
  for (const container of pod.containers) {
    const field = container.at('securityContext', 'procMount')
    if (!isSet(field) || field.value === 'Default') continue
    yield violation(
      field,
      `container ${quote(container.name)} sets procMount to ${quote(String(field.value))}`,
      replaceScalar(context, field, 'Default'),
    )
  }
}
