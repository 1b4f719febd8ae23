/** Containers and pods outside of their namespace's LimitRange: https://kubernetes.io/docs/concepts/policy/limit-range/ */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import { defaultsOf, limitsOf } from '../../quota/limit-range.ts'
import { parseQuantity, quantityText } from '../../quota/quantity.ts'
import { amountOf, usageOfPod } from '../../quota/usage.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const limitRange: Rule<Pod> = {
  id: 'quota/limit-range',
  severity: 'medium',
  title: 'Container is outside of the LimitRange of its namespace',
  why: 'A pod with a request or limit outside of the range is not admitted.',
  fix: 'Ask for an amount inside of the range.',
  references: ['https://kubernetes.io/docs/concepts/policy/limit-range/'],
  *check(pod, { objectsOf }) {
    const ranges = objectsOf('LimitRange').filter(({ namespace }) => namespace === pod.object.namespace)
    if (ranges.length === 0) return
    const defaults = defaultsOf(ranges, pod.object.namespace)
    for (const limit of limitsOf(ranges, pod.object.namespace, 'Container')) {
      for (const [bound, part] of [
        ['max', 'limits'],
        ['min', 'requests'],
      ] as const) {
        for (const [resource, field] of limit.at(bound).entries()) {
          const edge = parseQuantity(field.value)
          for (const container of pod.containers.filter(({ kind }) => kind !== 'ephemeral')) {
            const amount = amountOf(container, part, resource, defaults)
            if (edge === undefined || amount === undefined || (bound === 'max' ? amount <= edge : amount >= edge)) continue
            const what = `${resource} ${part === 'limits' ? 'limit' : 'request'} of ${quantityText(amount, resource)}`
            yield violation(
              container.at('resources', part, resource),
              `container ${quote(container.name)} has a ${what}, and the ${bound === 'max' ? 'most' : 'least'} is ${quantityText(edge, resource)}`,
            )
          }
        }
      }
    }
    const whole = usageOfPod({ ...pod, object: { ...pod.object, kind: 'Pod' } }, defaults)
    for (const limit of limitsOf(ranges, pod.object.namespace, 'Pod')) {
      for (const [resource, field] of limit.at('max').entries()) {
        const [edge, amount] = [parseQuantity(field.value), whole.get(`limits.${resource}`) ?? 0]
        if (edge === undefined || amount <= edge) continue
        yield violation(
          pod.at('containers'),
          `pod has a ${resource} limit of ${quantityText(amount, resource)} in all, and the most is ${quantityText(edge, resource)}`,
        )
      }
    }
  },
}
