/** Who takes part: the workloads of a tree with their labels and ports. */

import type { Field } from '../../formats/field.ts'
import type { Pod } from '../../repo/pod.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { type Labels, readLabels, readPlainSelector } from '../selector.ts'

export interface Port {
  readonly number: number
  readonly protocol: string
  readonly name?: string
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

/** A Service and what it sends to. */
export interface ServiceTarget {
  readonly service: KubernetesObject
  readonly workloads: readonly Workload[]
  /** By the Service's own port numbers and names, the pods' ports. */
  portsOf(port: number | string | undefined, workload: Workload): readonly Port[]
}

export function readWorkloads(
  pods: readonly Pod[],
  namespaces: readonly KubernetesObject[],
  services: readonly KubernetesObject[],
): readonly Workload[] {
  const labelsOf = new Map(namespaces.map(({ name, root }) => [name, readLabels(root.at('metadata', 'labels'))]))
  const byNamespace = Map.groupBy(
    services.filter(({ root }) => root.at('spec', 'selector').entries().length > 0),
    ({ namespace }) => namespace,
  )
  return pods.map((pod) => {
    const { subject, namespace } = pod.object
    const own = containerPorts(pod)
    const known = new Map(own.map((port) => [`${port.number}/${port.protocol}`, port]))
    for (const { root } of byNamespace.get(namespace) ?? []) {
      if (!readPlainSelector(root.at('spec', 'selector')).matches(pod.labels)) continue
      for (const port of root
        .at('spec', 'ports')
        .items()
        .flatMap((field) => targetPorts(field, own))) {
        const key = `${port.number}/${port.protocol}`
        if (!known.has(key)) known.set(key, port)
      }
    }
    // The label that every namespace has of itself.
    const namespaceLabels = new Map([...(labelsOf.get(namespace) ?? []), ['kubernetes.io/metadata.name', namespace]])
    return {
      subject,
      object: pod.object,
      namespace,
      labels: pod.labels,
      namespaceLabels,
      isOnHostNetwork: pod.at('hostNetwork').value === true,
      ports: [...known.values()].sort((a, b) => a.number - b.number || (a.protocol < b.protocol ? -1 : 1)),
    }
  })
}

export function readService(service: KubernetesObject, workloads: readonly Workload[]): ServiceTarget {
  const spec = service.root.at('spec')
  const selector = readPlainSelector(spec.at('selector'))
  const selected = selector.isEmpty
    ? []
    : workloads.filter(({ namespace, labels }) => namespace === service.namespace && selector.matches(labels))
  return {
    service,
    workloads: selected,
    portsOf: (wanted, workload) =>
      spec
        .at('ports')
        .items()
        .filter((field) => wanted === undefined || field.at('port').value === wanted || field.at('name').value === wanted)
        .flatMap((field) => targetPorts(field, workload.ports)),
  }
}

function containerPorts(pod: Pod): readonly Port[] {
  return pod.containers
    .flatMap((container) => container.at('ports').items())
    .flatMap((field) => {
      const [number, name] = [field.at('containerPort').value, field.at('name').value]
      if (typeof number !== 'number') return []
      return [{ number, protocol: String(field.at('protocol').value ?? 'TCP'), ...(typeof name === 'string' && { name }) }]
    })
}

/** `targetPort`, or the Service's own number where there is none; names are looked up in the pod. */
function targetPorts(field: Field, own: readonly Port[]): readonly Port[] {
  const protocol = String(field.at('protocol').value ?? 'TCP')
  const target = field.at('targetPort').value ?? field.at('port').value
  if (typeof target === 'number') return [{ number: target, protocol }]
  return own.filter((port) => port.name === target && port.protocol === protocol)
}
