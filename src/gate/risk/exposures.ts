/** Where the objects and images of a tree run. Each is looked up when it is asked for, and once. */
import type { TreeFacts } from '../../manifests/tree-facts.ts'
import { matchesText } from '../../policy/patterns.ts'
import type { Policy } from '../../policy/policy.ts'
import type { Pod } from '../../repo/pod.ts'
import type { ImageUse, KubernetesObject, Repository } from '../../repo/repository.ts'
import { placeOf } from '../container-users.ts'
import { workloadsBehind } from './behind.ts'
import { composeExposure } from './compose.ts'
import type { Exposure, PodExposure } from './exposure.ts'
import { privilegesOf } from './privileges.ts'
import { rightsIn } from './rights.ts'
import { worstOf } from './risk.ts'
import { secretsOf } from './secrets.ts'

export interface Exposures {
  /**
   * Of an object or Compose file of the tree, by its subject; of one that runs nothing itself the worst workload behind it, where there is one. Several objects of one
   * name are one: the worst of them.
   */
  ofObject(subject: string): Exposure | undefined
  /** The worst place in which one of these uses would run the image; undefined where none does. */
  ofUses(uses: readonly ImageUse[]): Exposure | undefined
}

export function exposuresOf(
  { objects, composeServices = [] }: Pick<Repository, 'composeServices' | 'objects'>,
  facts: TreeFacts,
  { namespaces }: Pick<Policy, 'namespaces'>,
): Exposures {
  const known = new Map<string, Exposure | undefined>()
  let bySubject: ReadonlyMap<string, readonly KubernetesObject[]> | undefined
  let podExposureOf: ((pod: Pod) => PodExposure) | undefined
  let behind: ReturnType<typeof workloadsBehind> | undefined
  let pods: ReadonlyMap<KubernetesObject, readonly Pod[]> | undefined
  let services: readonly { readonly file: string; readonly image: string; readonly exposure: Exposure }[] | undefined

  const exposuresOfServices = (key: 'file' | 'image', text: string): readonly Exposure[] => {
    services ??= composeServices.map((service) => {
      const image = service.root.at('image')
      return { file: service.file, image: image.kind === 'scalar' ? placeOf(image.location()) : '', exposure: composeExposure(service) }
    })
    return services.filter((service) => service[key] === text).map(({ exposure }) => exposure)
  }

  const exposuresOfObject = (object: KubernetesObject): readonly Exposure[] => {
    pods ??= Map.groupBy(facts.pods, (pod) => pod.object)
    podExposureOf ??= podExposures(facts)
    const { subject, namespace } = object
    const named = namespaces?.find(({ names }) => names.some((pattern) => matchesText(pattern, namespace)))
    const own = { subject, namespace, importance: named?.importance ?? 'normal', isImportanceKnown: named !== undefined } as const
    const found = (pods.get(object) ?? []).map(podExposureOf)
    if (found.length > 0) return found.map((pod) => ({ ...own, pod }))
    behind ??= workloadsBehind(facts)
    return [own, ...[...(behind.get(subject) ?? [])].flatMap((workload) => ofObject(workload) ?? [])]
  }
  const ofObject = (subject: string): Exposure | undefined => {
    if (known.has(subject)) return known.get(subject)
    // An object that has a workload's name, and is behind itself by it, adds nothing.
    known.set(subject, undefined)
    bySubject ??= Map.groupBy(objects, (object) => object.subject)
    const exposure = worstOf([...(bySubject.get(subject) ?? []).flatMap(exposuresOfObject), ...exposuresOfServices('file', subject)])
    known.set(subject, exposure)
    return exposure
  }
  return {
    ofObject,
    ofUses(uses) {
      const running = uses.filter(({ role }) => role === 'container')
      const inServices = running.flatMap(({ location }) => exposuresOfServices('image', placeOf(location)))
      // An image of a Compose file runs in that service alone.
      const users = new Set(running.map(({ user }) => user).filter((user) => composeServices.every(({ file }) => file !== user)))
      return worstOf([...inServices, ...[...users].flatMap((user) => ofObject(user) ?? [])])
    },
  }
}

function podExposures(facts: TreeFacts): (pod: Pod) => PodExposure {
  const { reachability } = facts
  // Both are in the order of the tree's pods.
  const indexes = new Map(facts.pods.map((pod, index) => [pod, index]))
  const rightsOf = rightsIn(facts)
  return (pod) => {
    const index = indexes.get(pod) ?? -1
    return {
      entrances: [...new Set(reachability.entrances(index).map(({ by }) => by))].sort(),
      isolated: (['ingress', 'egress'] as const).filter((direction) => reachability.isIsolated(index, direction)),
      privileges: privilegesOf(pod),
      rights: rightsOf(pod),
      secrets: secretsOf(pod),
    }
  }
}
