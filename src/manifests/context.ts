/** What rules look up beside their subject, gathered in one walk. */

import { podsOf } from '../repo/pod.ts'
import type { KubernetesObject, Repository } from '../repo/repository.ts'
import type { Context, ManifestSettings } from './rule.ts'

export function contextOf(repository: Repository, settings: ManifestSettings): Context {
  const pods = repository.objects.flatMap((object) => podsOf(object))
  const byKind = Map.groupBy(repository.objects, ({ kind }) => kind)
  const bindings = ['ClusterRoleBinding', 'RoleBinding'].flatMap((kind) => byKind.get(kind) ?? [])
  return {
    repository,
    settings,
    pods,
    objectsOf: (kind) => byKind.get(kind) ?? [],
    boundAccounts: new Set(bindings.flatMap(accountsOf)),
  }
}

function accountsOf({ namespace, root }: KubernetesObject): readonly string[] {
  return root
    .at('subjects')
    .items()
    .filter((subject) => subject.at('kind').value === 'ServiceAccount')
    .map((subject) => `${String(subject.at('namespace').value ?? namespace)}/${String(subject.at('name').value ?? '')}`)
}
