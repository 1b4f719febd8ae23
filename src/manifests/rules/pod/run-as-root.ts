/** Which user a container runs as: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#security-context */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const runAsRoot: Rule<Pod> = {
  id: 'pod/run-as-root',
  severity: 'medium',
  title: 'Container may run as root',
  why: 'Root in a container is root in the kernel that all containers of the node share: a flaw in the runtime or the kernel, or one volume of the host, is enough to leave.',
  fix: 'Give the image a user of its own, and set `runAsNonRoot: true` (or a `runAsUser` other than 0) for the pod or the container.',
  references: ['https://kubernetes.io/docs/concepts/security/pod-security-standards/'],
  yieldsTo: ['pod-security/run-as-non-root', 'pod-security/run-as-user'],
  *check(pod) {
    if (pod.at('os', 'name').value === 'windows') return
    const forPod = pod.at('securityContext')
    for (const container of pod.containers) {
      const own = container.at('securityContext')
      // A container's own field takes the place of its pod's.
      const user = own.at('runAsUser').kind === 'scalar' ? own.at('runAsUser') : forPod.at('runAsUser')
      const nonRoot = own.at('runAsNonRoot').kind === 'scalar' ? own.at('runAsNonRoot') : forPod.at('runAsNonRoot')
      const name = quote(container.name)
      if (isZero(user.value)) yield violation(user, `container ${name} runs as user 0`, undefined, 'high')
      else if (user.kind === 'scalar' || nonRoot.value === true) continue
      else if (nonRoot.kind === 'scalar')
        yield violation(nonRoot, `container ${name} may run as root: runAsNonRoot is not true and no user is set`)
      else yield violation(own.at('runAsNonRoot'), `container ${name} may run as root: neither runAsNonRoot nor runAsUser is set`)
    }
  },
}

function isZero(value: unknown): boolean {
  return value === 0 || value === 0n
}
