/** What the policies let through to and from one workload. */

import { type Direction, isEverywhere, type NetworkPolicy, type Peer, type PolicyPort, type PolicyRule } from './policies.ts'
import type { Port, Workload } from './workloads.ts'

export interface Admission {
  /** `peer` is an index in the list of workloads, or `outside`. `port` is always the target's. */
  admits(direction: Direction, peer: number | 'outside', port: Port): boolean
  /** The same text where it admits the same. */
  readonly signature: string
}

/** A rule with its peers looked up. */
interface PreparedRule {
  /** Indexes of workloads; undefined: everybody. */
  readonly peers: ReadonlySet<number | 'outside'> | undefined
  readonly ports: readonly PolicyPort[] | undefined
  readonly signature: string
}

export interface PreparedPolicy {
  readonly policy: NetworkPolicy
  readonly rules: Readonly<Record<Direction, readonly PreparedRule[]>>
}

/** Looks the peers of each rule up once, for all workloads that the policy selects. */
export function preparePolicy(policy: NetworkPolicy, workloads: readonly Workload[]): PreparedPolicy {
  const prepare = (direction: Direction) => policy.rules[direction].map((rule) => prepareRule(rule, policy.object.namespace, workloads))
  return { policy, rules: { ingress: prepare('ingress'), egress: prepare('egress') } }
}

/** `policies` are those of the workload's namespace. */
export function admissionOf(workload: Workload, policies: readonly PreparedPolicy[]): Admission {
  const own = workload.isOnHostNetwork ? [] : policies.filter(({ policy }) => policy.selector.matches(workload.labels))
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
    admits(direction, peer, port) {
      const list = admitted[direction]
      if (list === undefined) return true
      return list.some(
        ({ peers, ports }) => (peers === undefined || peers.has(peer)) && (ports === undefined || ports.some((one) => fits(one, port))),
      )
    },
    get signature() {
      return `${text('ingress')} ${text('egress')}`
    },
  }
}

function prepareRule({ peers, ports }: PolicyRule, namespace: string, workloads: readonly Workload[]): PreparedRule {
  const found = peers && peersOf(peers, namespace, workloads)
  const names = found && [...found].map((peer) => (peer === 'outside' ? peer : workloads[peer]?.subject)).sort()
  return { peers: found, ports, signature: JSON.stringify([names, ports]) }
}

function peersOf(peers: readonly Peer[], namespace: string, workloads: readonly Workload[]): ReadonlySet<number | 'outside'> {
  const found = new Set<number | 'outside'>()
  for (const peer of peers) {
    // Addresses of pods are not known before they run: a block of all addresses has them too, any other one is taken to be outside.
    if (peer.block !== undefined) found.add('outside')
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
