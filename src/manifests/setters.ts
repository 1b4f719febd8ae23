/** Who sets a field of a security context: the pod for all of its containers, and each container for itself. */

import { quote } from '../findings.ts'
import type { Field } from '../formats/field.ts'
import type { Pod } from '../repo/pod.ts'

export interface Setter {
  /** `pod`, or `container "main"`. */
  readonly who: string
  readonly field: Field
}

/** The pod first; a field that is not there is of kind `absent`. */
export function settersOf(pod: Pod, name: string): readonly Setter[] {
  const theirs = pod.containers.map((container) => ({
    who: `container ${quote(container.name)}`,
    field: container.at('securityContext', name),
  }))
  return [{ who: 'pod', field: pod.at('securityContext', name) }, ...theirs]
}
