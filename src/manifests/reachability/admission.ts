/** What the policies let through to and from one workload. */

import { type Direction, isEverywhere, type NetworkPolicy, type Peer, type PolicyPort, type PolicyRule } from './policies.ts'
import type { Port, Workload } from './workloads.ts'

export interface Admission {
  /** Whether some policy refuses, in this direction, what none allows. */
  isIsolated(direction: Direction): boolean
  /** `peer` is an index in the list of workloads, or `outside`. `port` is always the target's. */
  admits(direction: Direction, peer: number | 'outside', port: Port): boolean
  /** The same text where it admits the same. */
  readonly signature: string
}

/** A rule with its peers looked up. */
interface PreparedRule {
  readonly admitsOutside: boolean
  /** Indexes of workloads; undefined: everybody. */
  readonly peers: ReadonlySet<number> | undefined
  readonly ports: readonly PolicyPort[] | undefined
  readonly signature: string
}

export interface PreparedPolicy {
  readonly policy: NetworkPolicy
  readonly rules: Readonly<Record<Direction, readonly PreparedRule[]>>
}

/** Workloads by their namespaces, whose labels all of a namespace share: a selector of namespaces is asked once for each. */
export interface Neighbours {
  readonly workloads: readonly Workload[]
  readonly byNamespace: ReadonlyMap<string, readonly number[]>
}

export function neighboursOf(workloads: readonly Workload[]): Neighbours {
  return { workloads, byNamespace: Map.groupBy(workloads.keys(), (index) => workloads[index]?.namespace ?? '') }
}

/** The peers of each rule are looked up once, for all workloads that the policy selects, and only where a workload is asked about. */
export function preparePolicy(policy: NetworkPolicy, workloads: Neighbours): PreparedPolicy {
  const prepare = (direction: Direction) => policy.rules[direction].map((rule) => prepareRule(rule, policy.object.namespace, workloads))
  return { policy, rules: { ingress: prepare('ingress'), egress: prepare('egress') } }
}

/** `own` are the policies that select the workload. */
export function admissionOf(own: readonly PreparedPolicy[]): Admission {
  const rulesOf = (direction: Direction) => {
    const isolating = own.filter(({ policy }) => policy.directions.has(direction))
    return isolating.length === 0 ? undefined : isolating.flatMap(({ rules }) => rules[direction])
  }
  const admitted = { ingress: rulesOf('ingress'), egress: rulesOf('egress') }
  const text = (direction: Direction) =>
    admitted[direction]
      ? admitted[direction]
          .map(({ signature }) => signature)
          .sort()
          .join()
      : 'all'
  return {
    isIsolated: (direction) => admitted[direction] !== undefined,
    admits(direction, peer, port) {
      const list = admitted[direction]
      if (list === undefined) return true
      return list.some((rule) => admitsPeer(rule, peer) && (rule.ports === undefined || rule.ports.some((one) => fits(one, port))))
    },
    get signature() {
      return `${text('ingress')} ${text('egress')}`
    },
  }
}

function admitsPeer(rule: PreparedRule, peer: number | 'outside'): boolean {
  return peer === 'outside' ? rule.admitsOutside : rule.peers === undefined || rule.peers.has(peer)
}

function prepareRule({ peers, ports }: PolicyRule, namespace: string, neighbours: Neighbours): PreparedRule {
  // Addresses of pods are not known before they run: a block of all addresses has them too, any other one is taken to be outside.
  const admitsOutside = peers === undefined || peers.some(({ block }) => block !== undefined)
  let found: ReadonlySet<number> | undefined
  let text: string | undefined
  return {
    admitsOutside,
    get peers() {
      if (peers !== undefined) found ??= peersOf(peers, namespace, neighbours)
      return found
    },
    ports,
    get signature() {
      if (text !== undefined) return text
      const names = this.peers && [...this.peers].map((peer) => neighbours.workloads[peer]?.subject).sort()
      text = JSON.stringify([admitsOutside, names, ports])
      return text
    },
  }
}

function peersOf(peers: readonly Peer[], namespace: string, neighbours: Neighbours): ReadonlySet<number> {
  const { workloads } = neighbours
  if (peers.some(({ block }) => block !== undefined && isEverywhere(block))) return new Set(workloads.keys())
  const found = new Set<number>()
  for (const peer of peers) {
    for (const index of namespacesOf(peer, namespace, neighbours).flat()) {
      const workload = workloads[index]
      if (workload && !workload.isOnHostNetwork && (peer.podSelector?.matches(workload.labels) ?? true)) found.add(index)
    }
  }
  return found
}

/** The workloads of each namespace that the peer names. */
function namespacesOf(
  { podSelector, namespaceSelector, block }: Peer,
  namespace: string,
  { workloads, byNamespace }: Neighbours,
): readonly (readonly number[])[] {
  if (block !== undefined || (podSelector === undefined && namespaceSelector === undefined)) return []
  if (namespaceSelector === undefined) return [byNamespace.get(namespace) ?? []]
  return [...byNamespace.values()].filter((indexes) => {
    const first = workloads[indexes[0] ?? -1]
    return first !== undefined && namespaceSelector.matches(first.namespaceLabels)
  })
}

function fits({ protocol, port, endPort }: PolicyPort, actual: Port): boolean {
  // Of a target whose ports are not known, some port is let through wherever any is.
  if (actual.number === 0) return true
  if (protocol !== actual.protocol) return false
  if (port === undefined) return true
  if (typeof port === 'string') return port === actual.name
  return endPort === undefined ? port === actual.number : actual.number >= port && actual.number <= endPort
}
