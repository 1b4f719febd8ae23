/** LimitRanges: https://kubernetes.io/docs/concepts/policy/limit-range/ */
import type { Field } from '../../formats/field.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { parseQuantity } from './quantity.ts'
import type { Defaults } from './usage.ts'

/** What the LimitRanges of a namespace fill in. */
export function defaultsOf(ranges: readonly KubernetesObject[], namespace: string): Defaults {
  const limits = limitsOf(ranges, namespace, 'Container')
  const first = (names: readonly string[], resource: string) =>
    limits.flatMap((limit) => names.map((name) => parseQuantity(limit.at(name, resource).value))).find((amount) => amount !== undefined)
  return {
    amount: (part, resource) => first(part === 'limits' ? ['default', 'max'] : ['defaultRequest', 'default', 'max'], resource),
  }
}

export function limitsOf(
  ranges: readonly KubernetesObject[],
  namespace: string,
  type: 'Container' | 'PersistentVolumeClaim' | 'Pod',
): readonly Field[] {
  return ranges
    .filter((range) => range.namespace === namespace)
    .flatMap(({ root }) => root.at('spec', 'limits').items())
    .filter((limit) => limit.at('type').value === type)
}
