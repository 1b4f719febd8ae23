/** API versions that a later version will not serve: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { deprecationOf, newestMinor } from '../../deprecations.ts'
import { renamed } from '../../renamed-api.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const deprecatedApi: Rule<KubernetesObject> = {
  id: 'api/deprecated',
  severity: 'low',
  title: 'API version is deprecated',
  why: 'A later version of the cluster will refuse the object, so that the upgrade stops at it.',
  fix: 'Write the object for the API that takes its place.',
  references: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  *check(object, context) {
    const { apiVersion, kind, root } = object
    const entry = deprecationOf(apiVersion, kind)
    if (entry === undefined) return
    const { deprecated = never, removed = never, project, isServed, instead } = entry
    const target = context.settings.kubernetesMinor ?? newestMinor
    const isGoing = project === undefined ? deprecated <= target && removed > target : isServed
    const end = removed === never ? '' : `, and will be removed in v1.${removed}`
    if (!isGoing) return
    const message = `${kind} of ${apiVersion} is deprecated${end}: use ${instead}`
    yield violation(root.at('apiVersion'), message, renamed(context, object, entry))
  },
}

const never = Number.POSITIVE_INFINITY
