/** Egress that forgets names: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/ */
import type { Repository } from '../../../repo/repository.ts'
import type { NetworkPolicy, PolicyPort } from '../../reachability/policies.ts'
import type { Rule } from '../../rule.ts'

export const noDns: Rule<Repository> = {
  id: 'network/no-dns',
  severity: 'low',
  title: 'Egress is allowed to peers, but not to DNS',
  why: 'Pods find Services by name: without port 53 the peers that the policy allows cannot be looked up, and what is done about it in a hurry is mostly to allow everything.',
  fix: 'Add an egress rule for port 53, UDP and TCP, to the pods of the cluster’s DNS in kube-system.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/'],
  *check(_, { networkPolicies }) {
    for (const policies of networkPolicies.byNamespace.values()) {
      const answering = policies.filter((policy) => policy.rules.egress.some(({ ports }) => ports === undefined || ports.some(isDns)))
      for (const policy of policies) {
        // A policy without any rule denies on purpose; others may allow DNS for all.
        if (!policy.directions.has('egress') || policy.rules.egress.length === 0 || answering.includes(policy)) continue
        if (answering.some((other) => covers(other, policy))) continue
        const message = 'egress rules allow peers and not port 53: the peers’ names cannot be looked up'
        yield { field: policy.object.root.at('spec', 'egress'), subject: policy.object.subject, message }
      }
    }
  },
}

/** True where the other policy surely selects all pods of this one. */
function covers(other: NetworkPolicy, { selector }: NetworkPolicy): boolean {
  return other.directions.has('egress') && (other.selector.isEmpty || other.selector.text === selector.text)
}

function isDns({ port, endPort }: PolicyPort): boolean {
  if (port === undefined || typeof port === 'string') return port === undefined || port.startsWith('dns')
  return port === 53 || (port < 53 && (endPort ?? port) >= 53)
}
