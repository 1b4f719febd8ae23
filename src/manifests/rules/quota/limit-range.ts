/** Containers and pods outside of their namespace's LimitRange: https://kubernetes.io/docs/concepts/policy/limit-range/ */
import { quote } from '../../../findings.ts'
import type { Pod } from '../../../repo/pod.ts'
import type { KubernetesObject, Repository } from '../../../repo/repository.ts'
import { defaultsOf, limitsOf } from '../../quota/limit-range.ts'
import { parseQuantity, quantityText } from '../../quota/quantity.ts'
import { amountOf, usageOfPod } from '../../quota/usage.ts'
import type { Rule, Violation } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const limitRange: Rule<Repository> = {
  id: 'quota/limit-range',
  severity: 'medium',
  title: 'Container or claim is outside of the LimitRange of its namespace',
  why: 'A pod or a claim with a request or limit outside of the range is not admitted.',
  fix: 'Ask for an amount inside of the range.',
  references: ['https://kubernetes.io/docs/concepts/policy/limit-range/'],
  *check(_, context) {
    const ranges = context.objectsOf('LimitRange')
    if (ranges.length === 0) return
    const ranged = new Set(ranges.map(({ namespace }) => namespace))
    for (const pod of context.pods.filter(({ object }) => ranged.has(object.namespace))) {
      for (const found of inRanges(pod, ranges)) yield { ...found, subject: pod.object.subject }
    }
    for (const object of [...context.objectsOf('PersistentVolumeClaim'), ...context.objectsOf('StatefulSet')]) {
      const claims = object.kind === 'StatefulSet' ? object.root.at('spec', 'volumeClaimTemplates').items() : [object.root]
      for (const limit of limitsOf(ranges, object.namespace, 'PersistentVolumeClaim')) {
        for (const claim of claims) {
          const field = claim.at('spec', 'resources', 'requests', 'storage')
          const [amount, least, most] = [field, limit.at('min', 'storage'), limit.at('max', 'storage')].map(({ value }) =>
            parseQuantity(value),
          )
          if (amount === undefined) continue
          const asks = `claim asks for ${quantityText(amount, 'storage')} of storage, and the`
          if (most !== undefined && amount > most)
            yield { field, subject: object.subject, message: `${asks} most is ${quantityText(most, 'storage')}` }
          if (least !== undefined && amount < least)
            yield { field, subject: object.subject, message: `${asks} least is ${quantityText(least, 'storage')}` }
        }
      }
    }
  },
}

function* inRanges(pod: Pod, ranges: readonly KubernetesObject[]): Generator<Violation> {
  const defaults = defaultsOf(ranges, pod.object.namespace)
  const containers = pod.containers.filter(({ kind }) => kind !== 'ephemeral')
  for (const limit of limitsOf(ranges, pod.object.namespace, 'Container')) {
    for (const [bound, part] of [
      ['max', 'limits'],
      ['min', 'requests'],
    ] as const) {
      for (const [resource, field] of limit.at(bound).entries()) {
        const edge = parseQuantity(field.value)
        for (const container of containers) {
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
    for (const [resource, field] of limit.at('maxLimitRequestRatio').entries()) {
      const edge = parseQuantity(field.value)
      for (const container of containers) {
        const [most, asked] = (['limits', 'requests'] as const).map((part) => amountOf(container, part, resource, defaults))
        if (edge === undefined || most === undefined || !asked || most / asked <= edge) continue
        const times = Math.round((most / asked) * 100) / 100
        yield violation(
          container.at('resources', 'limits', resource),
          `container ${quote(container.name)} has a ${resource} limit of ${times} times its request, and the most is ${edge}`,
        )
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
}
