/** All rights, bound: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#user-facing-roles */
import { quote } from '../../../findings.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isBinding } from '../../rbac.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const clusterAdmin: Rule<KubernetesObject> = {
  id: 'rbac/cluster-admin',
  severity: 'high',
  title: 'cluster-admin is bound',
  why: 'cluster-admin may do everything: a program that has it is the cluster, and so is whoever takes the program.',
  fix: 'Write a role with the rights that are used, and bind that.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  kinds: ['ClusterRoleBinding', 'RoleBinding'],
  *check(object) {
    if (!isBinding(object) || object.root.at('roleRef', 'kind').value !== 'ClusterRole') return
    const field = object.root.at('roleRef', 'name')
    if (field.value !== 'cluster-admin') return
    const subjects = object.root.at('subjects').items()
    const names = subjects.map((subject) => `${String(subject.at('kind').value)} ${String(subject.at('name').value)}`)
    const where = object.kind === 'ClusterRoleBinding' ? 'of the whole cluster' : `in namespace ${object.namespace}`
    yield violation(field, `cluster-admin ${where} is bound to ${quote(names.slice(0, 5).join(', '))}`)
  },
}
