/** The variable `images`: the parts of each container's image by its kind and name. kyverno/kyverno, pkg/utils/image/infos.go */

import { parseReference, splitReference } from '../../../oci/reference.ts'
import { podsOf } from '../../../repo/pod.ts'
import type { Target } from '../target.ts'

const lists = { ephemeral: 'ephemeralContainers', init: 'initContainers', regular: 'containers' } as const

/** Of a pod, and of what makes pods. Throws RegistryError for a text that names no image, as Kyverno fails. */
export function imagesOf({ object }: Target): Readonly<Record<string, unknown>> {
  const images = new Map<string, Map<string, unknown>>()
  for (const { kind, name, at } of podsOf(object).flatMap(({ containers }) => containers)) {
    const { value } = at('image')
    if (typeof value !== 'string' || value === '') continue
    const list = images.get(lists[kind]) ?? new Map<string, unknown>()
    images.set(lists[kind], list.set(name, partsOf(value)))
  }
  return Object.fromEntries([...images].map(([list, parts]) => [list, Object.fromEntries(parts)]))
}

/** Kyverno adds a registry and a tag to names without them, and no `library`. */
function partsOf(text: string): Readonly<Record<string, string>> {
  parseReference(text)
  const { name, repository, digest, tag = digest === undefined ? 'latest' : undefined } = splitReference(text)
  const path = name.endsWith(repository) ? repository : repository.replace(/^library\//, '')
  const registry = name === path ? 'docker.io' : name.slice(0, -path.length - 1)
  const named = `${registry}/${path}`
  return {
    registry,
    path,
    name: path.slice(path.lastIndexOf('/') + 1),
    reference: digest === undefined ? `${named}:${tag}` : `${named}@${digest}`,
    ...(tag !== undefined && { tag }),
    ...(digest !== undefined && { digest }),
  }
}
