/** API versions that a later version will not serve: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { deprecations, newestMinor, tektonDeprecations } from '../../deprecations.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const deprecatedApi: Rule<KubernetesObject> = {
  id: 'api/deprecated',
  severity: 'low',
  title: 'API version is deprecated',
  why: 'A later version of the cluster will refuse the object, so that the upgrade stops at it.',
  fix: 'Write the object for the API that takes its place.',
  references: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  *check({ apiVersion, kind, root }, { settings }) {
    const target = settings.kubernetesMinor ?? newestMinor
    for (const { deprecated, removed, project, instead, ...api } of [...deprecations, ...tektonDeprecations]) {
      if (api.apiVersion !== apiVersion || !api.kinds.includes(kind)) continue
      const isGoing =
        project === undefined
          ? (deprecated ?? Number.POSITIVE_INFINITY) <= target && (removed ?? Number.POSITIVE_INFINITY) > target
          : project === 'Tekton'
      if (!isGoing) continue
      const end = removed === undefined ? '' : `, and will be removed in v1.${removed}`
      yield violation(root.at('apiVersion'), `${kind} of ${apiVersion} is deprecated${end}: use ${instead}`)
    }
  },
}
