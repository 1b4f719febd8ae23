/** Rules that admit everybody: https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic */
import type { KubernetesObject } from '../../../repo/repository.ts'
import {
  type Direction,
  isEverywhere,
  isNetworkPolicy,
  type Peer,
  type PolicyRule,
  readNetworkPolicy,
} from '../../reachability/policies.ts'
import type { Rule, Violation } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const allowAllPeer: Rule<KubernetesObject> = {
  id: 'network/allow-all-peer',
  severity: 'medium',
  title: 'NetworkPolicy rule admits every peer',
  why: 'A rule without peers (`from: []`, `to: []`, or neither) does not mean nobody: it means everybody. So do an empty namespaceSelector, for all pods of the cluster, and 0.0.0.0/0.',
  fix: 'Name the peers: a `podSelector`, a `namespaceSelector` with labels, or the address block that is meant. To deny all, leave the rule itself out.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  kinds: ['NetworkPolicy'],
  *check(object) {
    if (!isNetworkPolicy(object)) return
    const { directions, rules } = readNetworkPolicy(object)
    for (const direction of directions) {
      for (const rule of rules[direction]) yield* admitted(direction, rule)
    }
  },
}

function* admitted(direction: Direction, { peers, peersField, field, ports }: PolicyRule): Iterable<Violation> {
  const verb = direction === 'ingress' ? 'admits traffic from' : 'allows traffic to'
  const where = ports === undefined ? 'on every port' : 'on its ports'
  // Names are looked up everywhere: a rule for DNS alone gives little away.
  const severity = ports === undefined ? 'high' : isDnsOnly(ports) ? 'low' : 'medium'
  if (peers === undefined) {
    yield violation(
      peersField.kind === 'absent' ? field : peersField,
      `${direction} rule names no peer and ${verb} everywhere, ${where}`,
      undefined,
      severity,
    )
  }
  for (const peer of peers ?? []) {
    const who = everybody(peer)
    if (who !== undefined) yield violation(peer.field, `${direction} rule ${verb} ${who}, ${where}`, undefined, severity)
  }
}

function everybody({ podSelector, namespaceSelector, block }: Peer): string | undefined {
  if (block !== undefined) return isEverywhere(block) ? 'every address' : undefined
  const allPods = podSelector === undefined || podSelector.isEmpty
  return namespaceSelector?.isEmpty && allPods ? 'every pod of the cluster' : undefined
}

function isDnsOnly(ports: NonNullable<PolicyRule['ports']>): boolean {
  return ports.every(({ port, endPort }) => port === 53 && (endPort ?? 53) === 53)
}
