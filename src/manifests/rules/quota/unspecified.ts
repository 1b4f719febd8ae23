/** A quota on requests or limits refuses pods that set none: https://kubernetes.io/docs/concepts/policy/resource-quotas/#requests-vs-limits */
import { quote } from '../../../findings.ts'
import type { Repository } from '../../../repo/repository.ts'
import { defaultsOf } from '../../quota/limit-range.ts'
import { scopeOf } from '../../quota/scopes.ts'
import { amountOf } from '../../quota/usage.ts'
import type { Rule } from '../../rule.ts'
import { isSet } from '../../violation.ts'

export const quotaUnspecified: Rule<Repository> = {
  id: 'quota/unspecified',
  severity: 'medium',
  title: 'Container says nothing about a resource that the quota counts',
  why: 'Where the quota of a namespace counts a resource, a pod with a container that does not say how much of it is not admitted.',
  fix: 'Set the request or limit, or give the namespace a LimitRange with defaults.',
  references: ['https://kubernetes.io/docs/concepts/policy/resource-quotas/#requests-vs-limits'],
  *check(_, { pods, objectsOf }) {
    for (const quota of objectsOf('ResourceQuota')) {
      const defaults = defaultsOf(objectsOf('LimitRange'), quota.namespace)
      const isFor = scopeOf(quota, defaults)
      if (isFor === undefined) continue
      const counted = quota.root
        .at('spec', 'hard')
        .entries()
        .flatMap(([name]) => {
          const [, part = 'requests', resource] = /^(?:(requests|limits)\.)?(cpu|memory)$/.exec(name) ?? []
          return resource === undefined ? [] : [{ part: part === 'limits' ? ('limits' as const) : ('requests' as const), resource }]
        })
      for (const pod of pods.filter((one) => one.object.namespace === quota.namespace && isFor(one))) {
        for (const { part, resource } of counted) {
          if (isSet(pod.at('resources', part, resource))) continue
          for (const container of pod.containers) {
            if (container.kind === 'ephemeral' || amountOf(container, part, resource, defaults) !== undefined) continue
            const message = `container ${quote(container.name)} has no ${resource} ${part === 'limits' ? 'limit' : 'request'}, and ResourceQuota ${quote(quota.name)} counts it`
            yield { field: container.at('resources', part, resource), subject: pod.object.subject, message }
          }
        }
      }
    }
  },
}
