/** The ports of a workload that are published to the outside: by Services, Ingress, routes of gateways, and the node. */

import type { KubernetesObject } from '../../repo/repository.ts'
import { istioBackends } from './istio-routes.ts'
import { type Backend, backendsOfRoute, routeKinds } from './routes.ts'
import type { Port, SelectingService, ServicesOf, Workload } from './workloads.ts'

type ObjectsOf = (kind: string) => readonly KubernetesObject[]

export interface Entrance extends Port {
  /** What publishes it: `Ingress/shop/web`, `Service/shop/web (NodePort)`, or the node. */
  readonly by: string
}

/** The published ports of a workload. */
export function entrancesOf(objectsOf: ObjectsOf, servicesOf: ServicesOf): (workload: Workload) => readonly Entrance[] {
  const routes = routeKinds.flatMap(objectsOf).flatMap(backendsOfRoute)
  const backends = Map.groupBy([...routes, ...istioBackends(objectsOf('VirtualService'))], ({ namespace, name }) => `${namespace}/${name}`)
  return (workload) => {
    const { isOnHostNetwork, namespace, labels } = workload
    const found = new Map<string, Entrance>()
    if (isOnHostNetwork) for (const port of workload.ports) found.set(keyOf(port), { ...port, by: 'the network of its node' })
    for (const port of workload.ports)
      if (port.hostPort !== undefined) found.set(keyOf(port), { ...port, by: `port ${port.hostPort} of its node` })
    for (const service of servicesOf(namespace, labels))
      for (const port of publishedPorts(service, workload, backends)) found.set(keyOf(port), port)
    return [...found.values()]
  }
}

function keyOf({ number, protocol }: Port): string {
  return `${number}/${protocol}`
}

function publishedPorts(
  { service, portsOf }: SelectingService,
  workload: Workload,
  backends: ReadonlyMap<string, readonly Backend[]>,
): readonly Entrance[] {
  const { namespace, name, root, subject } = service
  const type = root.at('spec', 'type').value
  const published =
    type === 'LoadBalancer' || type === 'NodePort' ? type : root.at('spec', 'externalIPs').items().length > 0 && 'externalIPs'
  if (published) return portsOf(undefined, workload.ports).map((port) => ({ ...port, by: `${subject} (${published})` }))
  return (backends.get(`${namespace}/${name}`) ?? []).flatMap(({ port, by }) =>
    portsOf(port, workload.ports).map((each) => ({ ...each, by })),
  )
}
