/** Which containers say nothing of a resource, defaults of their namespace and of their pod counted. */

import type { Field } from '../formats/field.ts'
import type { Container, Pod } from '../repo/pod.ts'
import type { Context } from './rule.ts'
import { isSet } from './violation.ts'

export interface MissingResource {
  readonly container: Container
  readonly field: Field
}

export function* missingResources(
  pod: Pod,
  context: Context,
  part: 'limits' | 'requests',
  resource: 'cpu' | 'memory',
): Generator<MissingResource> {
  // Pod-level resources, https://kubernetes.io/docs/tasks/configure-pod-container/assign-pod-level-resources/
  if (isSet(pod.at('resources', part, resource))) return
  const missing = pod.containers
    .filter(({ kind }) => kind !== 'ephemeral')
    .map((container) => ({ container, field: container.at('resources', part, resource) }))
    .filter(({ field }) => !isSet(field))
  if (missing.length > 0 && !hasDefault(context, pod.object.namespace, part, resource)) yield* missing
}

/** True where a LimitRange of the namespace fills in what is missing: https://kubernetes.io/docs/concepts/policy/limit-range/ */
function hasDefault(context: Context, namespace: string, part: 'limits' | 'requests', resource: string): boolean {
  return context.objectsOf('LimitRange').some((object) => {
    if (object.namespace !== namespace) return false
    const limits = object.root.at('spec', 'limits').items()
    const ofContainers = limits.filter((limit) => limit.at('type').value === 'Container')
    const names = part === 'limits' ? ['default', 'max'] : ['defaultRequest', 'default', 'max', 'min']
    return ofContainers.some((limit) => names.some((name) => isSet(limit.at(name, resource))))
  })
}
