/** Kinds that look as if they held pods, and that nobody said so of: their images are not looked for, and the reader should know. */
import type { Field } from '../formats/field.ts'
import { groupOf, podsOf } from '../repo/pod.ts'
import type { Repository } from '../repo/repository.ts'

const deepest = 8
const mostKinds = 20

/** API groups that Kubernetes alone defines: which of their kinds have pods is known. https://kubernetes.io/docs/reference/kubernetes-api/ */
const ownGroups: ReadonlySet<string> = new Set([
  '',
  'admissionregistration.k8s.io',
  'apps',
  'autoscaling',
  'batch',
  'extensions',
  'networking.k8s.io',
  'policy',
  'rbac.authorization.k8s.io',
  'storage.k8s.io',
])

/** One note a kind, with the place of the first. */
export function hiddenPodNotes({ objects }: Repository): string[] {
  const notes = new Map<string, string>()
  for (const object of objects) {
    const group = groupOf(object.apiVersion)
    if (ownGroups.has(group)) continue
    const kind = `${group}/${object.kind}`
    if (notes.has(kind) || notes.size >= mostKinds || object.kind === 'CustomResourceDefinition' || podsOf(object).length > 0) continue
    const path = containersBelow(object.root.at('spec'), ['spec'], deepest)
    if (path)
      notes.set(
        kind,
        `${object.file}: ${kind} looks as if it held a pod at ${path.join('.')}: its containers are judged when the policy names it under podTemplates`,
      )
  }
  return [...notes.values()]
}

/** The path of a map that has a list `containers` with an image in it. */
function containersBelow(field: Field, path: readonly string[], left: number): readonly string[] | undefined {
  if (field.kind !== 'map' || left === 0) return undefined
  if (
    field
      .at('containers')
      .items()
      .some((container) => typeof container.at('image').value === 'string')
  )
    return path
  for (const [key, value] of field.entries()) {
    const found = containersBelow(value, [...path, key], left - 1)
    if (found) return found
  }
  return undefined
}
