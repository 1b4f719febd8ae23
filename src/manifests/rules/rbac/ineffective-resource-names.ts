/** Verbs that names cannot restrict: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { elementOf, isRole, readRules } from '../../rbac.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const ineffectiveResourceNames: Rule<KubernetesObject> = {
  id: 'rbac/ineffective-resource-names',
  severity: 'medium',
  title: 'resourceNames with verbs that they cannot restrict',
  why: 'A request to create, or to delete a whole collection, carries no name, so a rule with `resourceNames` never allows it; `list` and `watch` are allowed only to who asks for that one name by a field selector. The rule does not do what it seems to: mostly it is widened later until it works. Only what is created below a named object, such as `serviceaccounts/token`, is restricted by its name.',
  fix: 'Move these verbs into a rule without `resourceNames`, if they are needed at all, and keep `get`, `update`, `patch` and `delete` with the names.',
  references: ['https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-resources'],
  kinds: ['ClusterRole', 'Role'],
  *check(object) {
    if (!isRole(object)) return
    for (const { field, resources, verbs, names } of readRules(object)) {
      if (names.size === 0) continue
      // A request to create a subresource carries the name of what it is made of.
      const isBelowNames = [...resources].every((resource) => resource.includes('/'))
      for (const verb of ['create', 'deletecollection', 'list', 'watch'].filter(
        (one) => verbs.has(one) && !(one === 'create' && isBelowNames),
      )) {
        const isNever = verb === 'create' || verb === 'deletecollection'
        yield violation(
          elementOf(field.at('verbs'), (value) => value === verb),
          isNever ? `rule with resourceNames never allows ${verb}` : `rule with resourceNames allows ${verb} only with a field selector`,
        )
      }
    }
  },
}
