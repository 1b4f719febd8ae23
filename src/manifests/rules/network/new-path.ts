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
  *check({ reachability: { added } }, { pods }) {
    const objects = new Map(pods.map(({ object }) => [object.subject, object]))
    for (const edges of Map.groupBy(added, ({ to, ports }) => `${to}:${ports.join()}`).values()) {
      const object = objects.get(edges[0]?.to ?? '')
      if (object === undefined) continue
      const isPublished = edges.some(({ from }) => from === outside)
      yield {
        field: object.root.at('metadata', 'name'),
        subject: object.subject,
        message: `${pathText(edges)} is new`,
        ...(isPublished && { severity: 'medium' as const }),
      }
    }
  },
}

/** Sources beyond this many are counted. */
const namedLimit = 3

function pathText(edges: readonly Edge[]): string {
  const sources = edges.map(({ from }) => from)
  const rest = sources.length - namedLimit
  const from = rest > 0 ? `${sources.slice(0, namedLimit).join(', ')} and ${rest} more` : sources.join(', ')
  return edgeText({ from, to: edges[0]?.to ?? '', ports: edges[0]?.ports ?? [] })
}
