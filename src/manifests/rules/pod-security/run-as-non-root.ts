/** Pod Security Standards, Restricted, check `runAsNonRoot`. */
import { quote } from '../../../findings.ts'
import { addEntry, replaceScalar } from '../../edits.ts'
import type { StandardRule } from '../../pod-security.ts'
import { violation } from '../../violation.ts'

export const runAsNonRoot: StandardRule = {
  id: 'pod-security/run-as-non-root',
  level: 'restricted',
  since: 0,
  severity: 'medium',
  title: 'Container is not required to run as another user than root',
  why: 'Root in a container is root in the kernel that all containers of the node share; `runAsNonRoot: true` makes the kubelet refuse an image that would start so.',
  fix: 'Give the image a user of its own, and set `runAsNonRoot: true` for the pod or the container.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted'],
  *check(pod, context, minor) {
    // KEP-127: from v1.35 root in a user namespace of the pod’s own is not root.
    if (minor >= 35 && pod.at('hostUsers').value === false) return
    const forPod = pod.at('securityContext', 'runAsNonRoot')
    const user = pod.at('securityContext', 'runAsUser').value
    const fields = pod.containers.map((container) => ({
      container,
      field: container.at('securityContext', 'runAsNonRoot'),
      // Certain only where the user is known: an image that starts as root would not start any more.
      isKnown: isOrdinary(container.at('securityContext', 'runAsUser').value ?? user),
    }))
    const says = fields.filter(({ field }) => field.value === false)
    if (forPod.value === false) {
      const isCertain = fields.every(({ field, isKnown }) => isKnown || field.kind === 'scalar')
      yield violation(forPod, 'pod sets runAsNonRoot to false', isCertain ? replaceScalar(context, forPod, 'true') : undefined)
    }
    for (const { container, field, isKnown } of says) {
      // The last one that says so hides the others that say nothing.
      const isCertain = isKnown && (says.length > 1 || forPod.kind === 'scalar')
      const mended = isCertain ? replaceScalar(context, field, 'true') : undefined
      yield violation(field, `container ${quote(container.name)} sets runAsNonRoot to false`, mended)
    }
    if (forPod.value === false || says.length > 0 || forPod.value === true) return
    for (const { container, field, isKnown } of fields) {
      if (field.value === true) continue
      const mended = isKnown ? addEntry(context, container.field, ['securityContext', 'runAsNonRoot'], 'true') : undefined
      yield violation(field, `neither the pod nor container ${quote(container.name)} sets runAsNonRoot to true`, mended)
    }
  },
}

function isOrdinary(user: unknown): boolean {
  return typeof user === 'number' && user > 0
}
