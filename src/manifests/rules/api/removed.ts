/** API versions that the target does not serve any more: https://kubernetes.io/docs/reference/using-api/deprecation-guide/ */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { deprecationOf, newestMinor } from '../../deprecations.ts'
import { nearestLevel } from '../../pod-security-policy.ts'
import { renamed } from '../../renamed-api.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const removedApi: Rule<KubernetesObject> = {
  id: 'api/removed',
  severity: 'high',
  title: 'API version was removed',
  why: 'The cluster refuses the object, or goes on without it: what it set up is not there after the next upgrade, and what it forbade is allowed.',
  fix: 'Write the object for the API that took its place; the fields may have other names there.',
  references: ['https://kubernetes.io/docs/reference/using-api/deprecation-guide/'],
  *check(object, context) {
    const { apiVersion, kind, root } = object
    const entry = deprecationOf(apiVersion, kind)
    if (entry === undefined || entry.isServed) return
    const { removed, project, instead } = entry
    if (project === undefined && (removed === undefined || removed > (context.settings.kubernetesMinor ?? newestMinor))) return
    const level = kind === 'PodSecurityPolicy' ? `; its nearest Pod Security level is ${nearestLevel(root)}` : ''
    const field = root.at('apiVersion')
    yield violation(
      field,
      `${kind} of ${apiVersion} was removed in ${project ?? `Kubernetes v1.${removed}`}, use ${instead}${level}`,
      renamed(context, object, entry),
    )
  },
}
