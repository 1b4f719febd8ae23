/** `*` in a role: https://kubernetes.io/docs/concepts/security/rbac-good-practices/#least-privilege */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { elementOf, isRole, readRules } from '../../rbac.ts'
import type { Rule } from '../../rule.ts'
import { readSelector } from '../../selector.ts'
import { violation } from '../../violation.ts'

export const wildcard: Rule<KubernetesObject> = {
  id: 'rbac/wildcard',
  severity: 'high',
  title: 'Role gives rights by wildcard',
  why: 'A wildcard gives what exists today and what will be added tomorrow, subresources such as pods/exec and custom resources included: nobody has reviewed that list.',
  fix: 'Name the API groups, resources and verbs that the program uses.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  kinds: ['ClusterRole', 'Role'],
  *check(object) {
    if (!isRole(object)) return
    for (const selector of object.root.at('aggregationRule', 'clusterRoleSelectors').items()) {
      if (readSelector(selector).isEmpty) yield violation(selector, 'role takes up the rights of every ClusterRole', undefined, 'critical')
    }
    for (const { field, groups, resources, verbs } of readRules(object)) {
      const parts = [
        ['verbs', verbs.has('*')],
        ['resources', resources.has('*')],
      ] as const
      const wild = parts.filter(([, isWild]) => isWild).map(([part]) => part)
      const first = wild[0]
      if (first !== undefined) {
        const isAll = wild.length === 2 && groups.has('*')
        const message = isAll ? 'rule gives every right' : `rule gives all ${wild.join(' of all ')}`
        yield violation(
          elementOf(field.at(first), (value) => value === '*'),
          message,
          undefined,
          isAll ? 'critical' : undefined,
        )
      } else if (groups.has('*')) {
        yield violation(
          elementOf(field.at('apiGroups'), (value) => value === '*'),
          'rule gives the resources of all API groups that have them',
          undefined,
          'medium',
        )
      }
    }
  },
}
