/** Which bindings of the tree speak of the service account of a pod. https://kubernetes.io/docs/reference/access-authn-authz/rbac/#referring-to-subjects */
import { isBinding } from '../../manifests/rbac.ts'
import { accountOf } from '../../manifests/service-accounts.ts'
import type { TreeFacts } from '../../manifests/tree-facts.ts'
import type { Pod } from '../../repo/pod.ts'
import type { KubernetesObject } from '../../repo/repository.ts'

/** Those that name the account, its user name, or a group that it is in. */
export function bindingsIn({ objectsOf }: Pick<TreeFacts, 'objectsOf'>): (pod: Pod) => readonly KubernetesObject[] {
  const all = ['ClusterRoleBinding', 'RoleBinding'].flatMap(objectsOf).filter(isBinding)
  const bindings = Map.groupBy(all.flatMap(boundTo), ([who]) => who)
  return (pod) => {
    const { namespace } = pod.object
    const groups = [`system:serviceaccounts:${namespace}`, 'system:serviceaccounts', 'system:authenticated']
    return [`account ${namespace}/${accountOf(pod)}`, ...groups.map((group) => `group ${group}`)]
      .flatMap((who) => bindings.get(who) ?? [])
      .map(([, binding]) => binding)
  }
}

/** The subject of the role that it binds: `Role/shop/reader`, `ClusterRole/view`. */
export function roleOf({ namespace, root }: KubernetesObject): string {
  const [kind, name] = [root.at('roleRef', 'kind').value, String(root.at('roleRef', 'name').value ?? '')]
  return kind === 'Role' ? `Role/${namespace}/${name}` : `ClusterRole/${name}`
}

function boundTo(binding: KubernetesObject): readonly (readonly [who: string, binding: KubernetesObject])[] {
  const subjects = binding.root.at('subjects').items()
  return subjects.flatMap((subject): readonly (readonly [string, KubernetesObject])[] => {
    const [kind, name] = [subject.at('kind').value, String(subject.at('name').value ?? '')]
    // The user name that a service account has.
    const user = kind === 'User' ? /^system:serviceaccount:([^:]+):([^:]+)$/u.exec(name) : undefined
    if (user) return [[`account ${user[1]}/${user[2]}`, binding]]
    if (kind === 'ServiceAccount') return [[`account ${String(subject.at('namespace').value ?? binding.namespace)}/${name}`, binding]]
    return kind === 'Group' ? [[`group ${name}`, binding]] : []
  })
}
