/** Kernel parameters: https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/ */
import type { Pod } from '../../../repo/pod.ts'
import { latestMinor } from '../../pod-security.ts'
import type { Rule } from '../../rule.ts'
import { unsafeSysctls } from '../pod-security/sysctls.ts'

export const podSysctls: Rule<Pod> = {
  id: 'pod/sysctls',
  severity: 'medium',
  title: 'Pod sets a kernel parameter outside of the safe set',
  why: 'A sysctl that the kernel does not keep apart for each pod changes the node for all of them, and a kubelet that is not told to allow it refuses the pod.',
  fix: 'Remove the sysctl, or set it on nodes of their own for the pods that need it.',
  references: ['https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/'],
  yieldsTo: ['pod-security/sysctls'],
  check: (pod) => unsafeSysctls(pod, latestMinor),
}
