/** The ports of a workload that are published to the outside: Services, Ingress and Gateway routes. */

import type { Field } from '../../formats/field.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { type Port, readService, type ServiceTarget, type Workload } from './workloads.ts'

type ObjectsOf = (kind: string) => readonly KubernetesObject[]

/** By a workload's index in the list, its published ports. */
export function entrancesOf(workloads: readonly Workload[], objectsOf: ObjectsOf): (index: number) => readonly Port[] {
  const inNamespace = Map.groupBy(workloads, ({ namespace }) => namespace)
  const indexes = new Map(workloads.map((workload, index) => [workload, index]))
  const backends = backendsOf([...objectsOf('Ingress'), ...routeKinds.flatMap(objectsOf)])
  const found = workloads.map((workload) => new Map((workload.isOnHostNetwork ? workload.ports : []).map((port) => [keyOf(port), port])))
  for (const service of objectsOf('Service')) {
    const target = readService(service, inNamespace.get(service.namespace) ?? [])
    for (const workload of target.workloads) {
      for (const port of publishedPorts(target, workload, backends)) found[indexes.get(workload) ?? -1]?.set(keyOf(port), port)
    }
  }
  return (index) => [...(found[index]?.values() ?? [])]
}

function keyOf({ number, protocol }: Port): string {
  return `${number}/${protocol}`
}

function publishedPorts(target: ServiceTarget, workload: Workload, backends: ReadonlyMap<string, readonly Backend[]>): readonly Port[] {
  const { namespace, name, root } = target.service
  const type = root.at('spec', 'type').value
  const isPublished = type === 'LoadBalancer' || type === 'NodePort' || root.at('spec', 'externalIPs').items().length > 0
  if (isPublished) return target.portsOf(undefined, workload)
  return (backends.get(`${namespace}/${name}`) ?? []).flatMap(({ port }) => target.portsOf(port, workload))
}

function backendsOf(routes: readonly KubernetesObject[]): ReadonlyMap<string, readonly Backend[]> {
  return Map.groupBy(routes.flatMap(backendsOfRoute), ({ namespace, name }) => `${namespace}/${name}`)
}

interface Backend {
  readonly namespace: string
  readonly name: string
  readonly port: number | string | undefined
}

/** https://gateway-api.sigs.k8s.io/reference/spec/ */
const routeKinds = ['GRPCRoute', 'HTTPRoute', 'TCPRoute', 'TLSRoute', 'UDPRoute'] as const

function backendsOfRoute({ kind, namespace, root }: KubernetesObject): readonly Backend[] {
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
    }
  })
}

function textOf({ value }: Field): string {
  return typeof value === 'string' ? value : ''
}

function portOf({ value }: Field): number | string | undefined {
  return typeof value === 'number' || typeof value === 'string' ? value : undefined
}
