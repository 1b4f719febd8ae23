/** Documents to Kubernetes objects. */
import type { Field } from '../formats/field.ts'
import { groupOf, type PodTemplates } from './pod.ts'
import type { KubernetesObject, Origin } from './repository.ts'
import { hasNamespace, type Scopes } from './scopes.ts'

/** A map that says which API and which kind it is. */
export interface TypedRoot {
  readonly root: Field
  readonly apiVersion: string
  readonly kind: string
}

/**
 * The objects of a document: itself, or the items of a list. Any object with `items` is a list for kubectl, whatever its kind says
 * (k8s.io/apimachinery unstructured), and an item without a type has that of a typed list (`DeploymentList`).
 */
export function* typedRoots(document: Field, listType?: { readonly apiVersion: string; readonly kind: string }): Generator<TypedRoot> {
  if (document.kind !== 'map') return
  const apiVersion = textOf(document.at('apiVersion')) ?? listType?.apiVersion
  const kind = textOf(document.at('kind')) ?? listType?.kind
  if (apiVersion === undefined || kind === undefined) return
  const items = document.at('items')
  const isList = kind.endsWith('List') && items.kind === 'list'
  if (!isList) yield { root: document, apiVersion, kind }
  // What an event is to start is a template in another object. https://tekton.dev/docs/triggers/triggertemplates/
  if (kind === 'TriggerTemplate' && groupOf(apiVersion) === 'triggers.tekton.dev') {
    for (const template of document.at('spec', 'resourcetemplates').items()) yield* typedRoots(template)
  }
  if (items.kind !== 'list') return
  const itemType = isList && kind !== 'List' ? { apiVersion, kind: kind.slice(0, -'List'.length) } : undefined
  for (const item of items.items()) yield* typedRoots(item, itemType)
}

function textOf(field: Field): string | undefined {
  return typeof field.value === 'string' && field.value !== '' ? field.value : undefined
}

export function objectOf(
  file: string,
  { root, apiVersion, kind }: TypedRoot,
  scopes: Scopes,
  podTemplates?: PodTemplates,
  origin?: Origin,
): KubernetesObject {
  const group = groupOf(apiVersion)
  const metadata = root.at('metadata')
  const generated = textOf(metadata.at('generateName'))
  const name = textOf(metadata.at('name')) ?? (generated === undefined ? '' : `${generated}*`)
  const namespace = hasNamespace(group, kind, scopes) ? (textOf(metadata.at('namespace')) ?? 'default') : ''
  const subject = namespace === '' ? `${kind}/${name}` : `${kind}/${namespace}/${name}`
  const templates = podTemplates?.get(`${group}/${kind}`)
  const object = { file, apiVersion, kind, namespace, name, subject, root, ...(origin && { origin }) }
  return templates ? { ...object, podTemplates: templates } : object
}
