/** Which workload can reach which, and on which ports: all policies, Services, Ingress and Gateway objects of a tree together. */

import type { Pod } from '../../repo/pod.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { admissionOf, preparePolicy } from './admission.ts'
import { type Entrance, entrancesOf } from './entrances.ts'
import { type Direction, isNetworkPolicy, readNetworkPolicy } from './policies.ts'
import { type Port, readWorkloads, type Workload } from './workloads.ts'

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
  /** The ports of the target that the source reaches; workloads by their index, `outside` as a source. */
  ports(source: number | typeof outside, target: number): readonly string[]
  /** What lets traffic from outside in to the workload, past its policies. */
  entrances(workload: number): readonly Entrance[]
  /** Whether a policy selects the workload for this direction, so that what none allows is refused. */
  isIsolated(workload: number, direction: Direction): boolean
}

export function reachabilityOf(pods: readonly Pod[], objectsOf: (kind: string) => readonly KubernetesObject[]): Reachability {
  const workloads = readWorkloads(pods, objectsOf('Namespace'), objectsOf('Service'))
  const prepared = objectsOf('NetworkPolicy')
    .filter(isNetworkPolicy)
    .map((object) => preparePolicy(readNetworkPolicy(object), workloads))
  const policies = Map.groupBy(prepared, ({ policy }) => policy.object.namespace)
  const entrances = entrancesOf(workloads, objectsOf)
  const admissions = workloads.map((workload) => admissionOf(workload, policies.get(workload.namespace) ?? []))
  const admitted = (target: number) => entrances(target).filter((port) => admissions[target]?.admits('ingress', outside, port))
  return {
    workloads,
    entrances: admitted,
    isIsolated: (index, direction) => admissions[index]?.isIsolated(direction) ?? false,
    signature: (index) =>
      `${admissions[index]?.signature} ${entrances(index).map(portText).join()} ${workloads[index]?.ports.map(portText).join()}`,
    ports(source, target) {
      const [to, workload] = [admissions[target], workloads[target]]
      if (to === undefined || workload === undefined || source === target) return []
      if (source === outside) return [...new Set(admitted(target).map(portText))]
      const open = asked(workload).filter((port) => admissions[source]?.admits('egress', target, port))
      return [...new Set(open.filter((port) => to.admits('ingress', source, port)).map(portText))]
    },
  }
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
