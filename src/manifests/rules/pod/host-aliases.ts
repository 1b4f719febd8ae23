/** Names that are answered from the manifest: https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/ */
import type { Pod } from '../../../repo/pod.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const hostAliases: Rule<Pod> = {
  id: 'pod/host-aliases',
  severity: 'low',
  title: 'Pod answers host names from its manifest',
  why: 'An entry in /etc/hosts goes past DNS: it can send a program’s requests for a known name to an address of somebody’s choice.',
  fix: 'Remove `hostAliases` and let DNS answer.',
  references: ['https://kubernetes.io/docs/tasks/network/customize-hosts-file-for-pods/'],
  *check(pod) {
    const field = pod.at('hostAliases')
    if (field.items().length > 0) yield violation(field, 'pod sets hostAliases')
  },
}
