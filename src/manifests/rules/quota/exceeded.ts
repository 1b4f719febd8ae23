/** The sum of a namespace's objects against its ResourceQuota: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */
import type { KubernetesObject, Repository } from '../../../repo/repository.ts'
import { defaultsOf } from '../../quota/limit-range.ts'
import { parseQuantity, quantityText } from '../../quota/quantity.ts'
import { isScoped, scopeOf } from '../../quota/scopes.ts'
import { type Usage, usageOfObject, usageOfPod } from '../../quota/usage.ts'
import type { Context, Rule } from '../../rule.ts'

export const quotaExceeded: Rule<Repository> = {
  id: 'quota/exceeded',
  severity: 'medium',
  title: 'Workloads do not fit into the quota of their namespace',
  why: 'What goes beyond the quota is not admitted: some pods of the roll-out never start, and which ones is chance.',
  fix: 'Ask for less, run fewer, or raise the quota in the same change.',
  references: ['https://kubernetes.io/docs/concepts/policy/resource-quotas/'],
  *check(_, context) {
    for (const quota of context.objectsOf('ResourceQuota')) {
      const used = usageOf(quota, context)
      for (const [resource, field] of quota.root.at('spec', 'hard').entries()) {
        const [hard, sum] = [parseQuantity(field.value), used.get(resource) ?? 0]
        if (hard === undefined || sum <= hard) continue
        const message = `the objects of namespace ${quota.namespace} need ${quantityText(sum, resource)} of ${resource}, and ${quantityText(hard, resource)} is allowed`
        yield { field, subject: quota.subject, message }
      }
    }
  },
}

function usageOf(quota: KubernetesObject, { repository, pods, objectsOf }: Context): Usage {
  const { namespace } = quota
  const defaults = defaultsOf(objectsOf('LimitRange'), namespace)
  const isFor = scopeOf(quota, defaults)
  if (isFor === undefined) return new Map()
  // A quota with scopes counts pods and what they use.
  const objects = isScoped(quota) ? [] : repository.objects.filter((object) => object.namespace === namespace && object.kind !== 'Pod')
  const ofPods = pods.filter((pod) => pod.object.namespace === namespace && isFor(pod)).map((pod) => usageOfPod(pod, defaults))
  const sum = new Map<string, number>()
  for (const usage of [...objects.map(usageOfObject), ...ofPods]) {
    for (const [resource, amount] of usage) sum.set(resource, (sum.get(resource) ?? 0) + amount)
  }
  return sum
}
