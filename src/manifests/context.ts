/** What rules look up beside their subject, gathered in one walk. */

import type { KubernetesObject, Repository } from '../repo/repository.ts'
import type { Context, ManifestSettings } from './rule.ts'
import { checkShape, type Misfit } from './shape/check.ts'
import { type ShapeOf, shapesOf } from './shape/shapes.ts'
import { type TreeFacts, treeFacts } from './tree-facts.ts'

export function contextOf(repository: Repository, settings: ManifestSettings, facts: TreeFacts = treeFacts(repository)): Context {
  const { pods, objectsOf } = facts
  const bindings = ['ClusterRoleBinding', 'RoleBinding'].flatMap(objectsOf)
  let shapeOf: ShapeOf | undefined
  const misfits = new Map<KubernetesObject, readonly Misfit[]>()
  return {
    repository,
    settings,
    pods,
    objectsOf,
    get reachability() {
      return facts.reachability
    },
    get networkPolicies() {
      return facts.networkPolicies
    },
    policiesOf: (pod) => facts.networkPolicies.of(pod),
    boundAccounts: new Set(bindings.flatMap(accountsOf)),
    misfitsOf(object) {
      const known = misfits.get(object)
      if (known !== undefined) return known
      shapeOf ??= shapesOf(objectsOf('CustomResourceDefinition'))
      const shape = shapeOf(object)
      const found = shape === undefined ? [] : checkShape(object.root, shape)
      misfits.set(object, found)
      return found
    },
  }
}

function accountsOf({ namespace, root }: KubernetesObject): readonly string[] {
  return root
    .at('subjects')
    .items()
    .filter((subject) => subject.at('kind').value === 'ServiceAccount')
    .map((subject) => `${String(subject.at('namespace').value ?? namespace)}/${String(subject.at('name').value ?? '')}`)
}
