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

/** The peers of each rule are looked up once, for all workloads that the policy selects, and only where a workload is asked about. */
export function preparePolicy(policy: NetworkPolicy, workloads: readonly Workload[]): PreparedPolicy {
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

function prepareRule({ peers, ports }: PolicyRule, namespace: string, workloads: readonly Workload[]): PreparedRule {
  // Addresses of pods are not known before they run: a block of all addresses has them too, any other one is taken to be outside.
  const admitsOutside = peers === undefined || peers.some(({ block }) => block !== undefined)
  let found: ReadonlySet<number> | undefined
  return {
    admitsOutside,
    get peers() {
      if (peers !== undefined) found ??= peersOf(peers, namespace, workloads)
      return found
    },
    ports,
    get signature() {
      const names = this.peers && [...this.peers].map((peer) => workloads[peer]?.subject).sort()
      return JSON.stringify([admitsOutside, names, ports])
    },
  }
}

function peersOf(peers: readonly Peer[], namespace: string, workloads: readonly Workload[]): ReadonlySet<number> {
  const found = new Set<number>()
  for (const peer of peers) {
    const isAll = peer.block !== undefined && isEverywhere(peer.block)
    for (const [index, workload] of workloads.entries()) {
      if (isAll || matches(peer, namespace, workload)) found.add(index)
    }
  }
  return found
}

function matches({ podSelector, namespaceSelector, block }: Peer, namespace: string, workload: Workload): boolean {
  if (block !== undefined || workload.isOnHostNetwork) return false
  if (podSelector === undefined && namespaceSelector === undefined) return false
  const isNamespace =
    namespaceSelector === undefined ? workload.namespace === namespace : namespaceSelector.matches(workload.namespaceLabels)
  return isNamespace && (podSelector === undefined || podSelector.matches(workload.labels))
}

function fits({ protocol, port, endPort }: PolicyPort, actual: Port): boolean {
  // Of a target whose ports are not known, some port is let through wherever any is.
  if (actual.number === 0) return true
  if (protocol !== actual.protocol) return false
  if (port === undefined) return true
  if (typeof port === 'string') return port === actual.name
  return endPort === undefined ? port === actual.number : actual.number >= port && actual.number <= endPort
}
