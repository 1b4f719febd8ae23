/** One process namespace for all containers: https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/ */
import type { Pod } from '../../../repo/pod.ts'
import { replaceScalar } from '../../edits.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const sharedProcessNamespace: Rule<Pod> = {
  id: 'pod/shared-process-namespace',
  severity: 'medium',
  title: 'Containers of the pod share their processes',
  why: 'Containers that share a process namespace see each other’s arguments, environment and, through /proc, files: the weakest of them holds the secrets of all.',
  fix: 'Remove `shareProcessNamespace: true`.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/share-process-namespace/'],
  *check(pod, context) {
    const field = pod.at('shareProcessNamespace')
    if (field.value === true) yield violation(field, 'pod sets shareProcessNamespace', replaceScalar(context, field, 'false'))
  },
}
