/** Secrets that a role may read: https://kubernetes.io/docs/concepts/security/secrets-good-practices/#least-privilege-secrets */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { elementOf, grants, isRole, readRules } from '../../rbac.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const secretAccess: Rule<KubernetesObject> = {
  id: 'rbac/secret-access',
  severity: 'medium',
  title: 'Role may read every Secret',
  why: 'Among the Secrets of a namespace are tokens and passwords of other programs: who reads them all, is them all. `list` and `watch` give the contents too, not only names.',
  fix: 'Allow `get` alone, with `resourceNames` for the Secrets that the program needs, or mount them.',
  references: ['https://kubernetes.io/docs/concepts/security/secrets-good-practices/'],
  kinds: ['ClusterRole', 'Role'],
  *check(object) {
    if (!isRole(object)) return
    for (const rule of readRules(object)) {
      if (rule.verbs.has('*') && rule.resources.has('*')) continue
      const reads = ['get', 'list', 'watch'].filter((verb) => grants(rule, verb, '', 'secrets'))
      if (reads.length === 0 || rule.names.size > 0) continue
      const isCluster = object.kind === 'ClusterRole'
      const where = isCluster ? 'of every namespace that it is bound for' : `of namespace ${object.namespace}`
      yield violation(
        elementOf(rule.field.at('resources'), (value) => value === 'secrets'),
        `rule allows to ${reads.join(', ')} all Secrets ${where}`,
        undefined,
        isCluster ? 'high' : 'medium',
      )
    }
  },
}
