/** What a policy is asked about: each object of a tree, and the pods that its workloads would make. */

import type { Field } from '../../formats/field.ts'
import { podsOf } from '../../repo/pod.ts'
import type { KubernetesObject, Repository } from '../../repo/repository.ts'
import { pluralOf } from '../plural.ts'
import { type Labels, readLabels } from '../selector.ts'
import { celValue } from './cel/value.ts'

export interface Target {
  /** The object that is written; a finding is about it. */
  readonly object: KubernetesObject
  readonly group: string
  readonly version: string
  readonly kind: string
  readonly resource: string
  readonly name: string
  readonly namespace: string
  readonly labels: Labels
  /** Undefined: the tree does not hold the namespace. */
  readonly namespaceObject: KubernetesObject | undefined
  readonly namespaceLabels: Labels
  /** True where its namespace is to be taken for one that has all labels that are asked for. */
  readonly isOfAnyNamespace?: boolean
  readonly oldTarget: Target | undefined
  /** The whole object, as CEL and patterns see it. */
  value(): ReadonlyMap<string, unknown>
  /** A field of it, where it is written. */
  at(...path: readonly (string | number)[]): Field
}

/** `base` tells what an object was before: the operation is an update then, and a creation else. */
export function targetsOf(repository: Repository, base: Repository | undefined): readonly Target[] {
  const before = new Map(base === undefined ? [] : read(base, new Map()).map((target) => [keyOf(target), target]))
  return read(repository, before)
}

function read(repository: Repository, before: ReadonlyMap<string, Target>): readonly Target[] {
  const plurals = new Map(
    repository.objects
      .filter(({ kind }) => kind === 'CustomResourceDefinition')
      .map(({ root }) => [
        `${root.at('spec', 'group').value}/${root.at('spec', 'names', 'kind').value}`,
        root.at('spec', 'names', 'plural').value,
      ]),
  )
  const namespaces = new Map(repository.objects.filter(({ kind }) => kind === 'Namespace').map((object) => [object.name, object]))
  return repository.objects.flatMap((object) => {
    const own = targetOf(object, namespaces, before, plurals)
    const pods = object.kind === 'Pod' ? [] : podsOf(object).map((pod) => podTarget(own, pod.metadata, pod.spec, before))
    return [own, ...pods]
  })
}

function keyOf({ object, kind }: Target): string {
  return `${object.subject} ${kind}`
}

function targetOf(
  object: KubernetesObject,
  namespaces: ReadonlyMap<string, KubernetesObject>,
  before: ReadonlyMap<string, Target>,
  plurals: ReadonlyMap<string, unknown>,
): Target {
  const { apiVersion, kind, name, namespace, root } = object
  const slash = apiVersion.indexOf('/')
  const group = slash < 0 ? '' : apiVersion.slice(0, slash)
  const namespaceObject = namespaces.get(namespace)
  let value: ReadonlyMap<string, unknown> | undefined
  return {
    object,
    group,
    version: apiVersion.slice(slash + 1),
    kind,
    resource: String(plurals.get(`${group}/${kind}`) ?? pluralOf(kind)),
    name,
    namespace,
    labels: readLabels(root.at('metadata', 'labels')),
    namespaceObject,
    namespaceLabels: new Map([
      ...(namespaceObject ? readLabels(namespaceObject.root.at('metadata', 'labels')) : []),
      ['kubernetes.io/metadata.name', namespace],
    ]),
    oldTarget: before.get(`${object.subject} ${kind}`),
    value() {
      value ??= withNamespace(celValue(root), namespace)
      return value
    },
    at: (...path) => root.at(...path),
  }
}

/** The pod as the controller would create it. */
function podTarget(owner: Target, metadata: Field, spec: Field, before: ReadonlyMap<string, Target>): Target {
  let value: ReadonlyMap<string, unknown> | undefined
  return {
    ...owner,
    group: '',
    version: 'v1',
    kind: 'Pod',
    resource: 'pods',
    labels: readLabels(metadata.at('labels')),
    oldTarget: before.get(`${owner.object.subject} Pod`),
    value() {
      const pod = new Map<string, unknown>([
        ['apiVersion', 'v1'],
        ['kind', 'Pod'],
        ['metadata', celValue(metadata) ?? new Map()],
        ['spec', celValue(spec)],
      ])
      value ??= withNamespace(pod, owner.namespace)
      return value
    },
    at: (first, ...rest) => (first === 'spec' ? spec.at(...rest) : first === 'metadata' ? metadata.at(...rest) : spec),
  }
}

/** Admission sees the namespace that the request names, also where the object does not. */
function withNamespace(value: unknown, namespace: string): ReadonlyMap<string, unknown> {
  const object = value instanceof Map ? value : new Map<string, unknown>()
  const metadata = object.get('metadata')
  if (namespace === '' || (metadata instanceof Map && metadata.has('namespace'))) return object
  return new Map([...object, ['metadata', new Map([...(metadata instanceof Map ? metadata : []), ['namespace', namespace]])]])
}
