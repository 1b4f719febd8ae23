/** What a change lets reach what it could not reach before. */
import { edgeText } from '../../reachability/changes.ts'
import { type Edge, outside } from '../../reachability/reachability.ts'
import type { Change, Rule } from '../../rule.ts'

export const newPath: Rule<Change> = {
  id: 'network/new-path',
  severity: 'low',
  title: 'Change opens a way through the network',
  why: 'After this change a workload can be reached from where it could not be reached before: by a policy, a Service or an Ingress that was added, or by a policy that was removed or no longer selects it.',
  fix: 'If the path is not meant, restrict the peers and ports of the policy that allows it.',
  references: ['https://kubernetes.io/docs/concepts/services-networking/network-policies/'],
  *check({ base, reachability: { added } }, { pods }) {
    const objects = new Map(pods.map(({ object }) => [object.subject, object]))
    const known = new Set(base.pods.map(({ object }) => object.subject))
    // What a new workload reaches is said once, of it, and not of everybody whom it reaches.
    const isByNewcomer = ({ from }: Edge) => from !== outside && !known.has(from)
    const groups = Map.groupBy(added, (edge) => (isByNewcomer(edge) ? edge.from : `${edge.to}:${edge.ports.join()}`))
    for (const edges of groups.values()) {
      const [first] = edges
      const object = first && objects.get(isByNewcomer(first) ? first.from : first.to)
      if (first === undefined || object === undefined) continue
      const isPublished = edges.some(({ from }) => from === outside)
      yield {
        field: object.root.at('metadata', 'name'),
        subject: object.subject,
        message: `${isByNewcomer(first) ? `${first.from} → ${listed(edges.map(targetText))}` : edgeText({ ...first, from: listed(edges.map(({ from }) => from)) })} is new`,
        ...(isPublished && { severity: 'medium' as const }),
      }
    }
  },
}

/** Beyond this many they are counted. */
const namedLimit = 3

function listed(names: readonly string[]): string {
  const rest = names.length - namedLimit
  return rest > 0 ? `${names.slice(0, namedLimit).join(', ')} and ${rest} more` : names.join(', ')
}

function targetText({ to, ports }: Edge): string {
  return `${to}:${ports.join(',')}`
}
