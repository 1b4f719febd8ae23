/** Whose token a pod mounts: https://kubernetes.io/docs/concepts/security/service-accounts/ */
import type { Pod } from '../repo/pod.ts'
import type { Context } from './rule.ts'
import { isSet } from './violation.ts'

export function accountOf(pod: Pod): string {
  const [name, old] = [pod.at('serviceAccountName').value, pod.at('serviceAccount').value]
  return String(name || old || 'default')
}

/** The pod's own word counts before its account's. */
export function mountsToken(pod: Pod, context: Context): boolean {
  const own = pod.at('automountServiceAccountToken')
  if (isSet(own)) return own.value !== false
  const name = accountOf(pod)
  const account = context.objectsOf('ServiceAccount').find((object) => object.name === name && object.namespace === pod.object.namespace)
  return account?.root.at('automountServiceAccountToken').value !== false
}
