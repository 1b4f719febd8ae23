/** A namespace and a pod in two entries of one list are alternatives: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors */
import type { KubernetesObject } from '../../../repo/repository.ts'
import { isNetworkPolicy, readNetworkPolicy } from '../../reachability/policies.ts'
import type { Rule } from '../../rule.ts'
import { violation } from '../../violation.ts'

export const separatePeers: Rule<KubernetesObject> = {
  id: 'network/separate-peers',
  severity: 'low',
  title: 'Namespace and pod selectors are alternatives',
  why: 'Entries of a peer list are alternatives: a namespaceSelector in one and a podSelector in the next admit every pod of that namespace, and those pods of the policy’s own namespace. Mostly the pods in that namespace were meant.',
  fix: 'Put both selectors into one entry (no dash before the second), or write two rules where both peers are meant.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors'],
  kinds: ['NetworkPolicy'],
  *check(object) {
    if (!isNetworkPolicy(object)) return
    const { directions, rules } = readNetworkPolicy(object)
    for (const direction of directions) {
      for (const { peers = [] } of rules[direction]) {
        for (const [index, peer] of peers.entries()) {
          const next = peers[index + 1]
          const isNamespaceAlone = peer.namespaceSelector !== undefined && peer.podSelector === undefined && !peer.namespaceSelector.isEmpty
          if (!isNamespaceAlone || next?.podSelector === undefined || next.namespaceSelector !== undefined) continue
          yield violation(
            next.field,
            `${direction} rule admits every pod of the namespaces ${peer.namespaceSelector?.text}, and beside them the pods ${next.podSelector.text || 'of its own namespace'}`,
          )
        }
      }
    }
  },
}
