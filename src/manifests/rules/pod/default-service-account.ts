/** The account that every pod of a namespace shares: https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts */
import type { Pod } from '../../../repo/pod.ts'
import { setScalar } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { accountOf, mountsToken } from '../../service-accounts.ts'
import { violation } from '../../violation.ts'

export const defaultServiceAccount: Rule<Pod> = {
  id: 'pod/default-service-account',
  severity: 'low',
  title: 'Pod mounts a token of the default service account',
  why: 'All pods that name no account share this one: a right that is given to it for one of them is a right of all, and its token lies in each of them for an intruder to find.',
  fix: 'Set `automountServiceAccountToken: false`, or give the workload a service account of its own where it talks to the API.',
  references: ['https://kubernetes.io/docs/concepts/security/service-accounts/#default-service-accounts'],
  *check(pod, context) {
    if (accountOf(pod) !== 'default' || !mountsToken(pod, context)) return
    const field = pod.at('automountServiceAccountToken')
    const suggestion = setScalar(context, pod.spec, ['automountServiceAccountToken'], 'false', [])
    yield violation(field, 'pod mounts a token of the default service account', suggestion)
  },
}
