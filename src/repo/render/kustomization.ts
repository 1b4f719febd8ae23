/** What a kustomization file names. https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
import { quote } from '../../findings.ts'
import type { Field } from '../../formats/field.ts'
import { parseYaml } from '../../formats/yaml.ts'
import { resolvePath } from '../path.ts'

export interface Kustomization {
  readonly file: string
  readonly folder: string
  readonly root: Field
  readonly isComponent: boolean
  /** Files and folders of the tree that are built: resources, bases, components. */
  readonly built: readonly string[]
  /** Files of the tree that change what is built: patches, transformers and the like. */
  readonly changing: readonly string[]
  /** Why it cannot be built from the tree alone: a remote base, a file that is not there. */
  readonly obstacles: readonly { readonly message: string; readonly line: number }[]
}

const builtKeys: readonly string[] = ['resources', 'bases', 'components']
const fileKeys: readonly string[] = ['configurations', 'crds', 'generators', 'patchesStrategicMerge', 'transformers', 'validators']
const pathKeys: readonly string[] = ['patches', 'patchesJson6902', 'replacements']

/** `exists` knows the files and folders of the tree. */
export function readKustomization(file: string, folder: string, bytes: Uint8Array, exists: (path: string) => boolean): Kustomization {
  const { documents, errors } = parseYaml(file, bytes, { dialect: 'kubernetes' })
  const [root] = documents
  if (root?.kind !== 'map' || documents.length > 1 || errors.length > 0) return unreadableKustomization(file, folder, errors[0])
  const built: string[] = []
  const changing: string[] = []
  const obstacles: { message: string; line: number }[] = []
  const take = (field: Field, into: string[]) => {
    const text = String(field.value ?? '')
    const path = resolvePath(folder, text)
    if (path !== undefined && exists(path)) into.push(path)
    else obstacles.push({ message: `${quote(text)} is not in the tree, and is not fetched`, line: field.location().startLine })
  }
  for (const key of builtKeys) for (const item of root.at(key).items()) take(item, built)
  // Patches and transformers may also stand here as text.
  for (const key of fileKeys) for (const item of root.at(key).items()) if (isPath(item)) take(item, changing)
  for (const key of pathKeys)
    for (const item of root.at(key).items()) if (item.at('path').kind !== 'absent') take(item.at('path'), changing)
  return { file, folder, root, isComponent: root.at('kind').value === 'Component', built, changing, obstacles }
}

/** Nothing that uses it is built: it could name what is not in the tree. */
function unreadableKustomization(file: string, folder: string, error?: { readonly message: string; readonly line: number }): Kustomization {
  const [root] = parseYaml(file, new TextEncoder().encode('{}'), { dialect: 'kubernetes' }).documents
  if (!root) throw new Error('an empty map is a document')
  const obstacles = [error ?? { message: 'not a readable kustomization', line: 1 }]
  return { file, folder, root, isComponent: false, built: [], changing: [], obstacles }
}

function isPath(item: Field): boolean {
  return typeof item.value === 'string' && !item.value.includes('\n') && !item.value.trimStart().startsWith('{')
}

/** What a build of `top` reaches: kustomizations by folder, itself included. */
export function reachable(top: Kustomization, byFolder: ReadonlyMap<string, Kustomization>): readonly Kustomization[] {
  const found = new Set<Kustomization>()
  const visit = (kustomization: Kustomization) => {
    if (found.has(kustomization)) return
    found.add(kustomization)
    for (const path of [...kustomization.built, ...kustomization.changing]) {
      const below = byFolder.get(path)
      if (below) visit(below)
    }
  }
  visit(top)
  return [...found]
}
