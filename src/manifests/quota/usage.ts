/** What the objects of a namespace would use of its quota: https://kubernetes.io/docs/concepts/policy/resource-quotas/ */

import type { Field } from '../../formats/field.ts'
import type { Container, Pod } from '../../repo/pod.ts'
import type { KubernetesObject } from '../../repo/repository.ts'
import { pluralOf } from '../plural.ts'
import { isSet } from '../violation.ts'
import { parseQuantity } from './quantity.ts'

/** Amounts by the names that a ResourceQuota uses: `requests.cpu`, `pods`, `count/deployments.apps`. */
export type Usage = ReadonlyMap<string, number>

export interface Defaults {
  /** Of a LimitRange, for containers that say nothing. */
  amount(part: 'limits' | 'requests', resource: string): number | undefined
}

const resources = ['cpu', 'memory', 'ephemeral-storage'] as const

/** The pods of one workload, at least: a DaemonSet has as many as there are nodes. */
export function usageOfPod(pod: Pod, defaults: Defaults): Usage {
  const count = podCount(pod.object)
  const usage = new Map<string, number>([
    ['pods', count],
    ['count/pods', count],
  ])
  for (const resource of new Set([...resources, ...extendedResources(pod)])) {
    for (const part of ['requests', 'limits'] as const) {
      const amount = count * effective(pod, part, resource, defaults)
      usage.set(`${part}.${resource}`, amount)
      // `cpu` and `memory` alone mean requests.
      if (part === 'requests' && (resource === 'cpu' || resource === 'memory')) usage.set(resource, amount)
    }
  }
  return usage
}

/** Those with a domain, such as `nvidia.com/gpu`. */
function extendedResources(pod: Pod): readonly string[] {
  const named = pod.containers.flatMap((container) => ['requests', 'limits'].flatMap((part) => container.at('resources', part).entries()))
  return named.map(([name]) => name).filter((name) => name.includes('/'))
}

export function podCount({ kind, root }: KubernetesObject): number {
  const spec = root.at('spec')
  const number = (field: Field, fallback: number) => (typeof field.value === 'number' ? field.value : fallback)
  switch (kind) {
    case 'CronJob':
      return number(spec.at('jobTemplate', 'spec', 'parallelism'), 1)
    case 'Job': {
      const parallelism = number(spec.at('parallelism'), 1)
      return Math.min(parallelism, number(spec.at('completions'), parallelism))
    }
    case 'Deployment':
    case 'ReplicaSet':
    case 'ReplicationController':
    case 'StatefulSet':
      return number(spec.at('replicas'), 1)
    default:
      return 1
  }
}

/** https://kubernetes.io/docs/concepts/workloads/pods/init-containers/#resource-sharing-within-containers */
function effective(pod: Pod, part: 'limits' | 'requests', resource: string, defaults: Defaults): number {
  const own = parseQuantity(pod.at('resources', part, resource).value)
  if (own !== undefined) return own
  let [running, starting] = [0, 0]
  for (const container of pod.containers) {
    const amount = amountOf(container, part, resource, defaults) ?? 0
    const isSidecar = container.kind === 'init' && container.at('restartPolicy').value === 'Always'
    if (container.kind === 'regular' || isSidecar) running += amount
    // An init container runs beside the sidecars that were started before it.
    if (container.kind === 'init' && !isSidecar)
      starting = Math.max(starting, amount + sidecarsBefore(pod, container, part, resource, defaults))
  }
  const overhead = parseQuantity(pod.at('overhead', resource).value) ?? 0
  return Math.max(running, starting) + overhead
}

function sidecarsBefore(pod: Pod, container: Container, part: 'limits' | 'requests', resource: string, defaults: Defaults): number {
  const before = pod.containers.slice(0, pod.containers.indexOf(container))
  return before
    .filter((other) => other.kind === 'init' && other.at('restartPolicy').value === 'Always')
    .reduce((sum, other) => sum + (amountOf(other, part, resource, defaults) ?? 0), 0)
}

/** A limit without a request is a request of the same size. Undefined: the container says nothing, and nothing is filled in. */
export function amountOf(container: Container, part: 'limits' | 'requests', resource: string, defaults: Defaults): number | undefined {
  const own = container.at('resources', part, resource)
  if (isSet(own)) return parseQuantity(own.value)
  const limit = part === 'requests' ? container.at('resources', 'limits', resource) : undefined
  if (limit !== undefined && isSet(limit)) return parseQuantity(limit.value)
  return defaults.amount(part, resource)
}

/** What an object counts as by itself, and the claims that a StatefulSet makes. */
export function usageOfObject({ kind, apiVersion, root }: KubernetesObject): Usage {
  const group = apiVersion.includes('/') ? (apiVersion.split('/')[0] ?? '') : ''
  const plural = pluralOf(kind)
  const usage = new Map<string, number>([[`count/${plural}${group === '' ? '' : `.${group}`}`, 1]])
  if (apiVersion === 'v1' && plainCounts.has(plural)) usage.set(plural, 1)
  if (kind === 'Service') {
    const type = root.at('spec', 'type').value
    if (type === 'LoadBalancer') usage.set('services.loadbalancers', 1)
    if (type === 'NodePort' || type === 'LoadBalancer') usage.set('services.nodeports', root.at('spec', 'ports').items().length)
  }
  if (kind === 'PersistentVolumeClaim') addClaims(usage, [root], 1)
  if (kind === 'StatefulSet')
    addClaims(usage, root.at('spec', 'volumeClaimTemplates').items(), podCount({ kind, root } as KubernetesObject))
  return usage
}

const plainCounts: ReadonlySet<string> = new Set([
  'configmaps',
  'persistentvolumeclaims',
  'replicationcontrollers',
  'resourcequotas',
  'secrets',
  'services',
])

function addClaims(usage: Map<string, number>, claims: readonly Field[], count: number): void {
  const add = (name: string, amount: number) => usage.set(name, (usage.get(name) ?? 0) + count * amount)
  for (const claim of claims) {
    const storage = parseQuantity(claim.at('spec', 'resources', 'requests', 'storage').value) ?? 0
    add('requests.storage', storage)
    add('persistentvolumeclaims', 1)
    add('count/persistentvolumeclaims', 1)
    const storageClass = claim.at('spec', 'storageClassName').value
    if (typeof storageClass !== 'string' || storageClass === '') continue
    add(`${storageClass}.storageclass.storage.k8s.io/requests.storage`, storage)
    add(`${storageClass}.storageclass.storage.k8s.io/persistentvolumeclaims`, 1)
  }
}
