/** Who takes part: the workloads of a tree with their labels and ports. */

import type { Field } from '../../formats/field.ts'
import type { Pod } from '../../repo/pod.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { type Labels, readLabels, readPlainSelector, type Selector, selecting } from '../selector.ts'

export interface Port {
  readonly number: number
  readonly protocol: string
  readonly name?: string
  /** The port of the node that leads to it. */
  readonly hostPort?: number
}

export interface Workload {
  readonly subject: string
  readonly object: KubernetesObject
  readonly namespace: string
  readonly labels: Labels
  readonly namespaceLabels: Labels
  /** On the network of its node no NetworkPolicy applies to it, and no pod selector reaches it. */
  readonly isOnHostNetwork: boolean
  /** What it is known to listen on: its containers' ports and those that Services send to. Empty: not known. */
  readonly ports: readonly Port[]
}

/** A Service that selects pods. */
export interface SelectingService {
  readonly service: KubernetesObject
  readonly selector: Selector
  /** By the Service's own port numbers and names, undefined for all, those of a pod with these ports. */
  portsOf(port: number | string | undefined, pod: readonly Port[]): readonly Port[]
}

/** The Services that send to a pod of this namespace with these labels, in their order. */
export type ServicesOf = (namespace: string, labels: Labels) => readonly SelectingService[]

export function readServices(
  services: readonly KubernetesObject[],
  read: (service: KubernetesObject) => SelectingService = readService,
): ServicesOf {
  // One without a selector has its addresses from elsewhere.
  const byNamespace = Map.groupBy(
    services.map(read).filter(({ selector }) => !selector.isEmpty),
    ({ service }) => service.namespace,
  )
  const found = new Map([...byNamespace].map(([namespace, group]) => [namespace, selecting(group, ({ selector }) => selector)]))
  return (namespace, labels) => found.get(namespace)?.(labels) ?? []
}

export function readService(service: KubernetesObject): SelectingService {
  let ports: readonly Field[] | undefined
  return {
    service,
    selector: readPlainSelector(service.root.at('spec', 'selector')),
    portsOf(wanted, pod) {
      ports ??= service.root.at('spec', 'ports').items()
      return ports
        .filter((field) => wanted === undefined || field.at('port').value === wanted || field.at('name').value === wanted)
        .flatMap((field) => targetPorts(field, pod))
    },
  }
}

export function readWorkloads(pods: readonly Pod[], namespaces: readonly KubernetesObject[], servicesOf: ServicesOf): readonly Workload[] {
  const labelsOf = new Map(namespaces.map(({ name, root }) => [name, readLabels(root.at('metadata', 'labels'))]))
  return pods.map((pod) => {
    const { subject, namespace } = pod.object
    let ports: readonly Port[] | undefined
    return {
      subject,
      object: pod.object,
      namespace,
      labels: pod.labels,
      // The label that every namespace has of itself.
      get namespaceLabels() {
        return new Map([...(labelsOf.get(namespace) ?? []), ['kubernetes.io/metadata.name', namespace]])
      },
      isOnHostNetwork: pod.at('hostNetwork').value === true,
      get ports() {
        ports ??= portsOf(pod, servicesOf(namespace, pod.labels))
        return ports
      },
    }
  })
}

function portsOf(pod: Pod, services: readonly SelectingService[]): readonly Port[] {
  const own = containerPorts(pod)
  const known = new Map(own.map((port) => [`${port.number}/${port.protocol}`, port]))
  for (const port of services.flatMap((service) => service.portsOf(undefined, own))) {
    const key = `${port.number}/${port.protocol}`
    if (!known.has(key)) known.set(key, port)
  }
  return [...known.values()].sort((a, b) => a.number - b.number || (a.protocol < b.protocol ? -1 : 1))
}

function containerPorts(pod: Pod): readonly Port[] {
  return pod.containers
    .flatMap((container) => container.at('ports').items())
    .flatMap((field) => {
      const [number, name, hostPort] = ['containerPort', 'name', 'hostPort'].map((key) => field.at(key).value)
      if (typeof number !== 'number') return []
      return [
        {
          number,
          protocol: String(field.at('protocol').value ?? 'TCP'),
          ...(typeof name === 'string' && { name }),
          ...(typeof hostPort === 'number' && hostPort > 0 && { hostPort }),
        },
      ]
    })
}

/** `targetPort`, or the Service's own number where there is none; names are looked up in the pod. */
function targetPorts(field: Field, own: readonly Port[]): readonly Port[] {
  const protocol = String(field.at('protocol').value ?? 'TCP')
  const target = field.at('targetPort').value ?? field.at('port').value
  if (typeof target === 'number') return [{ number: target, protocol }]
  return own.filter((port) => port.name === target && port.protocol === protocol)
}
