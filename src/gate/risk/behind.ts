/** The workloads behind objects that run nothing themselves: those that they publish, select, give rights to or hold Secrets for. */
import { readServices } from '../../manifests/reachability/workloads.ts'
import { accountOf } from '../../manifests/service-accounts.ts'
import type { TreeFacts } from '../../manifests/tree-facts.ts'
import { bindingsIn, roleOf } from './bindings.ts'
import { secretsOf } from './secrets.ts'

/** By an object's subject, the subjects of workloads, each once. */
export function workloadsBehind({ pods, objectsOf, networkPolicies, reachability }: TreeFacts): ReadonlyMap<string, ReadonlySet<string>> {
  const servicesOf = readServices(objectsOf('Service'))
  const bindingsOf = bindingsIn({ objectsOf })
  const found = new Map<string, Set<string>>()
  for (const [index, pod] of pods.entries()) {
    const { namespace, subject } = pod.object
    const bindings = bindingsOf(pod)
    const related = [
      `ServiceAccount/${namespace}/${accountOf(pod)}`,
      ...bindings.flatMap((binding) => [binding.subject, roleOf(binding)]),
      ...networkPolicies.of(pod).map(({ object }) => object.subject),
      ...servicesOf(namespace, pod.labels).map(({ service }) => service.subject),
      // Of a route; what a Service publishes is named with its type.
      ...reachability.entrances(index).map(({ by }) => by),
      ...secretsOf(pod).map((name) => `Secret/${namespace}/${name}`),
    ]
    for (const one of related) {
      const known = found.get(one)
      if (known) known.add(subject)
      else found.set(one, new Set([subject]))
    }
  }
  return found
}
