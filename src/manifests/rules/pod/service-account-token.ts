/** A token that nothing seems to need: https://kubernetes.io/docs/concepts/security/service-accounts/ */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import type { Rule } from '../../rule.ts'
import { accountOf, mountsToken } from '../../service-accounts.ts'
import { violation } from '../../violation.ts'

export const serviceAccountToken: Rule<Pod> = {
  id: 'pod/service-account-token',
  severity: 'low',
  title: 'Pod mounts a token of an account without rights',
  why: 'No binding gives this account a right, so the program cannot need its token; an intruder can still use it to ask the API who may do what.',
  fix: 'Set `automountServiceAccountToken: false` for the pod or its service account; keep it where the bindings are made elsewhere.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/'],
  *check(pod, context) {
    const account = accountOf(pod)
    // What the pod says itself is asked before what is around it.
    if (account === 'default' || pod.at('automountServiceAccountToken').value === false) return
    // Where the tree holds no binding at all, they are made elsewhere and nothing can be said.
    const bound = context.boundAccounts
    if (bound.size === 0 || bound.has(`${pod.object.namespace}/${account}`) || !mountsToken(pod, context)) return
    yield violation(
      pod.at('serviceAccountName'),
      `no binding gives the service account ${quote(account)} a right, and its token is mounted`,
    )
  },
}
