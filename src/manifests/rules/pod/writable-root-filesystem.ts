/** A root file system that programs may write: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/ */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const writableRootFilesystem: Rule<Pod> = {
  id: 'pod/writable-root-filesystem',
  severity: 'low',
  title: 'Container may write to its root file system',
  why: 'Where the root file system can be written, an intruder can put tools there and change the program that runs.',
  fix: 'Set `readOnlyRootFilesystem: true`, and mount an `emptyDir` where the program has to write.',
  references: ['https://kubernetes.io/docs/tasks/configure-pod-container/security-context/'],
  *check(pod) {
    if (pod.at('os', 'name').value === 'windows') return
    for (const container of pod.containers) {
      if (container.kind === 'ephemeral') continue
      const field = container.at('securityContext', 'readOnlyRootFilesystem')
      if (field.value !== true) yield violation(field, `container ${quote(container.name)} does not set readOnlyRootFilesystem to true`)
    }
  },
}
