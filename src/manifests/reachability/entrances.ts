/** The ports of a workload that are published to the outside: Services, Ingress and Gateway routes. */

import type { Field } from '../../formats/field.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import type { Port, SelectingService, ServicesOf, Workload } from './workloads.ts'

type ObjectsOf = (kind: string) => readonly KubernetesObject[]

export interface Entrance extends Port {
  /** What publishes it: `Ingress/shop/web`, `Service/shop/web (NodePort)`, or the network of the node. */
  readonly by: string
}

/** The published ports of a workload. */
export function entrancesOf(objectsOf: ObjectsOf, servicesOf: ServicesOf): (workload: Workload) => readonly Entrance[] {
  const backends = backendsOf([...objectsOf('Ingress'), ...routeKinds.flatMap(objectsOf)])
  return (workload) => {
    const { isOnHostNetwork, namespace, labels } = workload
    const found = new Map<string, Entrance>()
    if (isOnHostNetwork) for (const port of workload.ports) found.set(keyOf(port), { ...port, by: 'the network of its node' })
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

function backendsOf(routes: readonly KubernetesObject[]): ReadonlyMap<string, readonly Backend[]> {
  return Map.groupBy(routes.flatMap(backendsOfRoute), ({ namespace, name }) => `${namespace}/${name}`)
}

interface Backend {
  readonly namespace: string
  readonly name: string
  readonly port: number | string | undefined
  /** The route's subject. */
  readonly by: string
}

/** https://gateway-api.sigs.k8s.io/reference/spec/ */
const routeKinds = ['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'] as const

function backendsOfRoute({ kind, namespace, root, subject }: KubernetesObject): readonly Backend[] {
  const spec = root.at('spec')
  if (kind !== 'Ingress') {
    const references = spec
      .at('rules')
      .items()
      .flatMap((rule) => rule.at('backendRefs').items())
    return references.map((field) => ({
      namespace: textOf(field.at('namespace')) || namespace,
      name: textOf(field.at('name')),
      port: portOf(field.at('port')),
      by: subject,
    }))
  }
  const paths = spec
    .at('rules')
    .items()
    .flatMap((rule) =>
      rule
        .at('http', 'paths')
        .items()
        .map((path) => path.at('backend')),
    )
  return [spec.at('defaultBackend'), spec.at('backend'), ...paths].map((field) => {
    // extensions/v1beta1 wrote serviceName and servicePort.
    const port = [field.at('service', 'port', 'number'), field.at('service', 'port', 'name'), field.at('servicePort')].map(portOf)
    return {
      namespace,
      name: textOf(field.at('service', 'name')) || textOf(field.at('serviceName')),
      port: port.find((one) => one !== undefined),
      by: subject,
    }
  })
}

function textOf({ value }: Field): string {
  return typeof value === 'string' ? value : ''
}

function portOf({ value }: Field): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}
