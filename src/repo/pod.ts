/** The pod of any workload, so that no rule has to know where a kind keeps its template. */
import type { Field } from '../formats/field.ts'
import type { KubernetesObject } from './repository.ts'

export interface Container {
  readonly name: string
  readonly kind: 'init' | 'regular' | 'ephemeral'
  readonly field: Field
  at(...path: readonly (string | number)[]): Field
}

export interface Pod {
  readonly object: KubernetesObject
  /** The PodSpec. */
  readonly spec: Field
  /** The metadata that the pod gets: the template's for workloads, the object's own for a Pod. */
  readonly metadata: Field
  /** Init, regular and ephemeral containers, in that order. */
  readonly containers: readonly Container[]
  readonly labels: ReadonlyMap<string, string>
  /** A field of the PodSpec. */
  at(...path: readonly (string | number)[]): Field
}

/** Where a kind keeps pods: each path leads to a thing with `metadata` and `spec`, as a Pod has them. `*` stands for each element of a list or map. */
export type PodTemplates = ReadonlyMap<string, readonly PodTemplatePath[]>
export type PodTemplatePath = readonly string[]

/**
 * Of Kubernetes itself and of resources that are used like its own, by `group/Kind` (the core group is empty), in any version.
 * https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/
 */
export const builtInPodTemplates: PodTemplates = new Map([
  ['/Pod', [[]]],
  ['/PodTemplate', [['template']]],
  ['/ReplicationController', [['spec', 'template']]],
  ['apps/DaemonSet', [['spec', 'template']]],
  ['apps/Deployment', [['spec', 'template']]],
  ['apps/ReplicaSet', [['spec', 'template']]],
  ['apps/StatefulSet', [['spec', 'template']]],
  ['apps.openshift.io/DeploymentConfig', [['spec', 'template']]],
  ['argoproj.io/Rollout', [['spec', 'template']]],
  ['batch/CronJob', [['spec', 'jobTemplate', 'spec', 'template']]],
  ['batch/Job', [['spec', 'template']]],
  ['extensions/DaemonSet', [['spec', 'template']]],
  ['extensions/Deployment', [['spec', 'template']]],
  ['extensions/ReplicaSet', [['spec', 'template']]],
  ['keda.sh/ScaledJob', [['spec', 'jobTargetRef', 'template']]],
  ['serving.knative.dev/Configuration', [['spec', 'template']]],
  ['serving.knative.dev/Service', [['spec', 'template']]],
])

/** The object's pod, or the first where it has several; undefined where it has none. `extra` adds kinds to the built-in ones. */
export function podOf(object: KubernetesObject, extra?: PodTemplates): Pod | undefined {
  return podsOf(object, extra)[0]
}

/** All pods that the object would make, templates that are absent left out. */
export function podsOf(object: KubernetesObject, extra?: PodTemplates): readonly Pod[] {
  const key = `${groupOf(object.apiVersion)}/${object.kind}`
  const paths = extra?.get(key) ?? object.podTemplates ?? builtInPodTemplates.get(key) ?? []
  return paths.flatMap((path) => templatesAt(object.root, path)).flatMap((template) => podAt(object, template))
}

export function groupOf(apiVersion: string): string {
  const slash = apiVersion.indexOf('/')
  return slash < 0 ? '' : apiVersion.slice(0, slash)
}

function templatesAt(field: Field, path: PodTemplatePath): readonly Field[] {
  const [step, ...rest] = path
  if (step === undefined) return [field]
  if (step !== '*') return templatesAt(field.at(step), rest)
  const below = field.kind === 'list' ? field.items() : field.entries().map(([, value]) => value)
  return below.flatMap((value) => templatesAt(value, rest))
}

function podAt(object: KubernetesObject, template: Field): readonly Pod[] {
  const spec = template.at('spec')
  if (spec.kind !== 'map') return []
  const metadata = template.at('metadata')
  let containers: readonly Container[] | undefined
  let labels: ReadonlyMap<string, string> | undefined
  return [
    {
      object,
      spec,
      metadata,
      get containers() {
        containers ??= containersOf(spec)
        return containers
      },
      get labels() {
        labels ??= labelsOf(metadata)
        return labels
      },
      at: (...path) => spec.at(...path),
    },
  ]
}

function containersOf(spec: Field): readonly Container[] {
  return [
    ...listed(spec, 'initContainers', 'init'),
    ...listed(spec, 'containers', 'regular'),
    ...listed(spec, 'ephemeralContainers', 'ephemeral'),
  ]
}

function listed(spec: Field, key: string, kind: Container['kind']): readonly Container[] {
  return spec
    .at(key)
    .items()
    .map((field) => ({ name: String(field.at('name').value ?? ''), kind, field, at: (...path) => field.at(...path) }))
}

function labelsOf(metadata: Field): ReadonlyMap<string, string> {
  return new Map(
    metadata
      .at('labels')
      .entries()
      .map(([key, value]) => [key, String(value.value ?? '')]),
  )
}
