/** Bindings to everybody: https://kubernetes.io/docs/reference/access-authn-authz/rbac/#default-roles-and-role-bindings */
import { quote, type Severity } from '../../../findings.ts'
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isBinding } from '../../rbac.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const broadBinding: Rule<KubernetesObject> = {
  id: 'rbac/broad-binding',
  severity: 'high',
  title: 'Role is bound to everybody, or past all control',
  why: 'Members of system:masters are past RBAC and cannot be refused anything; system:anonymous and system:unauthenticated are everybody who reaches the API, and system:authenticated and system:serviceaccounts everybody with any account. The default service account of a namespace is every pod there that names none.',
  fix: 'Bind the role to the users, groups or service accounts that need it.',
  references: ['https://kubernetes.io/docs/concepts/security/rbac-good-practices/'],
  kinds: ['ClusterRoleBinding', 'RoleBinding'],
  *check(object) {
    if (!isBinding(object)) return
    const role = String(object.root.at('roleRef', 'name').value ?? '')
    for (const subject of object.root.at('subjects').items()) {
      const field = subject.at('name')
      const name = String(field.value)
      const severity = everybody.get(name)
      const kind = subject.at('kind').value
      if (kind === 'ServiceAccount' && name === 'default') {
        const namespace = String(subject.at('namespace').value ?? object.namespace)
        const message = `role ${quote(role)} is bound to the default service account of namespace ${quote(namespace)}, which every pod there has that names none`
        yield violation(field, message, undefined, 'medium')
      }
      if (severity === undefined || (kind !== 'User' && kind !== 'Group')) continue
      // What the cluster itself gives to everybody: discovery and version.
      if (/^system:(?:basic-user|discovery|public-info-viewer)$/.test(role)) continue
      yield violation(field, `role ${quote(role)} is bound to ${quote(String(field.value))}`, undefined, severity)
    }
  },
}

const everybody: ReadonlyMap<string, Severity> = new Map([
  ['system:anonymous', 'critical'],
  ['system:authenticated', 'high'],
  ['system:masters', 'critical'],
  ['system:serviceaccounts', 'high'],
  ['system:unauthenticated', 'critical'],
])
