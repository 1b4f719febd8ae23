/** Which workload can reach which, and on which ports: all policies, Services, Ingress and Gateway objects of a tree together. */

import type { Pod } from '../../repo/pod.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { onceEach } from '../once-each.ts'
import { admissionOf, neighboursOf, preparePolicy } from './admission.ts'
import { type Entrance, entrancesOf } from './entrances.ts'
import { type Direction, type NetworkPolicies, readNetworkPolicies } from './policies.ts'
import { type Port, readService, readServices, readWorkloads, type Workload } from './workloads.ts'

/** Everything outside of the tree: the internet, and pods that it does not know. */
export const outside = 'outside'

export interface Edge {
  /** A workload's subject, or `outside`. */
  readonly from: string
  readonly to: string
  /** `5432`, `53/UDP`, or `any` where the target's ports are not known; sorted. */
  readonly ports: readonly string[]
}

export interface Reachability {
  readonly workloads: readonly Workload[]
  /** Equal texts in two trees: the workload gives and takes the same traffic in both, as far as it itself decides. */
  signature(workload: number): string
  /** What a workload's signature is worked out from; it is equal where these are the same things, and the surroundings are equal. */
  sources(workload: number): readonly unknown[]
  /** What all signatures are worked out from besides. */
  readonly surroundings: { readonly workloads: string; readonly objects: readonly KubernetesObject[] }
  /** The ports of the target that the source reaches; workloads by their index, `outside` as a source. */
  ports(source: number | typeof outside, target: number): readonly string[]
  /** What lets traffic from outside in to the workload, past its policies. */
  entrances(workload: number): readonly Entrance[]
  /** Whether a policy selects the workload for this direction, so that what none allows is refused. */
  isIsolated(workload: number, direction: Direction): boolean
}

/** `networkPolicies`: those of the tree, where they are read already; `readOne` reads a Service. */
export function reachabilityOf(
  pods: readonly Pod[],
  objectsOf: (kind: string) => readonly KubernetesObject[],
  networkPolicies: NetworkPolicies = readNetworkPolicies(objectsOf),
  readOne: typeof readService = readService,
): Reachability {
  const servicesOf = readServices(objectsOf('Service'), readOne)
  const workloads = readWorkloads(pods, objectsOf('Namespace'), servicesOf)
  const neighbours = neighboursOf(workloads)
  const prepared = new Map(
    [...networkPolicies.byNamespace.values()].flat().map((policy) => [policy, preparePolicy(policy, neighbours)] as const),
  )
  const lookedUp: KubernetesObject[] = []
  const lookUp = (kind: string) => {
    const found = objectsOf(kind)
    for (const object of found) lookedUp.push(object)
    return found
  }
  const entrancesOfWorkload = entrancesOf(lookUp, servicesOf)
  const entrances = onceEach((index: number) => (workloads[index] ? entrancesOfWorkload(workloads[index]) : []))
  // Workloads are in the order of their pods.
  const admission = onceEach((index: number) =>
    admissionOf((pods[index] ? networkPolicies.of(pods[index]) : []).flatMap((policy) => prepared.get(policy) ?? [])),
  )
  const admitted = (target: number) => entrances(target).filter((port) => admission(target).admits('ingress', outside, port))
  return {
    workloads,
    entrances: admitted,
    isIsolated: (index, direction) => admission(index).isIsolated(direction),
    signature: (index) =>
      `${admission(index).signature} ${entrances(index).map(portText).join()} ${workloads[index]?.ports.map(portText).join()}`,
    sources(index) {
      const [pod, workload] = [pods[index], workloads[index]]
      return pod && workload ? [pod, ...networkPolicies.of(pod), ...servicesOf(workload.namespace, workload.labels)] : []
    },
    get surroundings() {
      return { workloads: textOf(workloads), objects: lookedUp }
    },
    ports(source, target) {
      const workload = workloads[target]
      if (workload === undefined || source === target) return []
      if (source === outside) return [...new Set(admitted(target).map(portText))]
      const open = asked(workload).filter((port) => admission(source).admits('egress', target, port))
      return [...new Set(open.filter((port) => admission(target).admits('ingress', source, port)).map(portText))]
    },
  }
}

/** All that policies can tell workloads by. */
function textOf(workloads: readonly Workload[]): string {
  const namespaces = new Map<string, Workload>()
  const own = workloads.map((workload) => {
    const { subject, namespace, labels, isOnHostNetwork } = workload
    if (!namespaces.has(namespace)) namespaces.set(namespace, workload)
    return [subject, namespace, [...labels], isOnHostNetwork]
  })
  return JSON.stringify([own, [...namespaces].map(([namespace, { namespaceLabels }]) => [namespace, [...namespaceLabels]])])
}

/** All edges: the square of the workloads, for small trees and tests. */
export function edgesOf({ workloads, ports }: Reachability): readonly Edge[] {
  return workloads.flatMap(({ subject }, target) =>
    [outside, ...workloads.keys()].flatMap((source) => {
      const open = ports(source as number | typeof outside, target)
      const from = typeof source === 'number' ? (workloads[source]?.subject ?? '') : outside
      return open.length === 0 ? [] : [{ from, to: subject, ports: open }]
    }),
  )
}

/** A port of an unknown number stands for all of a target that names none. */
const unknownPort: Port = { number: 0, protocol: 'any' }

function asked({ ports }: Workload): readonly Port[] {
  return ports.length === 0 ? [unknownPort] : ports
}

function portText({ number, protocol }: Port): string {
  if (number === 0) return 'any'
  return protocol === 'TCP' ? String(number) : `${number}/${protocol}`
}
