/** What is looked up of an object whatever tree it is in, each worked out once for all trees that share it. */
import { type Pod, podsOf } from '../repo/pod.ts'
import type { KubernetesObject } from '../repo/repository.ts'
import { onceEach } from './once-each.ts'
import { type NetworkPolicy, readNetworkPolicy } from './reachability/policies.ts'
import { readService, type SelectingService } from './reachability/workloads.ts'

export interface ObjectFacts {
  pods(object: KubernetesObject): readonly Pod[]
  networkPolicy(object: KubernetesObject): NetworkPolicy
  service(object: KubernetesObject): SelectingService
}

export function objectFacts(): ObjectFacts {
  return {
    pods: onceEach((object: KubernetesObject) => podsOf(object)),
    networkPolicy: onceEach(readNetworkPolicy),
    service: onceEach(readService),
  }
}
