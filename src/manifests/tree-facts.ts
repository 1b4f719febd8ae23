/** What is looked up of a tree as a whole, each worked out once and only when it is asked for. */

import type { Pod } from '../repo/pod.ts'
import type { KubernetesObject, Repository } from '../repo/repository.ts'
import { type ObjectFacts, objectFacts } from './object-facts.ts'
import { type NetworkPolicies, readNetworkPolicies } from './reachability/policies.ts'
import { type Reachability, reachabilityOf } from './reachability/reachability.ts'

export interface TreeFacts {
  /** The pods of all objects that have one, in the repository's order. */
  readonly pods: readonly Pod[]
  /** All objects of a kind, in the repository's order. */
  objectsOf(kind: string): readonly KubernetesObject[]
  readonly networkPolicies: NetworkPolicies
  readonly reachability: Reachability
}

/** `own` is shared by trees that share objects. */
export function treeFacts({ objects }: Pick<Repository, 'objects'>, own: ObjectFacts = objectFacts()): TreeFacts {
  let pods: readonly Pod[] | undefined
  let byKind: ReadonlyMap<string, readonly KubernetesObject[]> | undefined
  let networkPolicies: NetworkPolicies | undefined
  let reachability: Reachability | undefined
  const facts: TreeFacts = {
    get pods() {
      pods ??= objects.flatMap(own.pods)
      return pods
    },
    objectsOf(kind) {
      byKind ??= Map.groupBy(objects, (object) => object.kind)
      return byKind.get(kind) ?? []
    },
    get networkPolicies() {
      networkPolicies ??= readNetworkPolicies(facts.objectsOf, own.networkPolicy)
      return networkPolicies
    },
    get reachability() {
      reachability ??= reachabilityOf(facts.pods, facts.objectsOf, facts.networkPolicies, own.service)
      return reachability
    },
  }
  return facts
}
