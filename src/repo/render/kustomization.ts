/** What a kustomization file names. https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/ */
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
  /** What is not in the tree: a remote base, a file that is not there. */
  readonly elsewhere: readonly { readonly text: string; readonly line: number }[]
}

const builtKeys: readonly string[] = ['resources', 'bases', 'components']
const fileKeys: readonly string[] = ['configurations', 'crds', 'generators', 'patchesStrategicMerge', 'transformers', 'validators']
const pathKeys: readonly string[] = ['patches', 'patchesJson6902', 'replacements']

/** `exists` knows the files and folders of the tree. Undefined where the file is not a readable kustomization. */
export function readKustomization(
  file: string,
  folder: string,
  bytes: Uint8Array,
  exists: (path: string) => boolean,
): Kustomization | undefined {
  const { documents, errors } = parseYaml(file, bytes, { dialect: 'kubernetes' })
  const [root] = documents
  if (root?.kind !== 'map' || documents.length > 1 || errors.length > 0) return undefined
  const built: string[] = []
  const changing: string[] = []
  const elsewhere: { text: string; line: number }[] = []
  const take = (field: Field, into: string[]) => {
    const text = String(field.value ?? '')
    const path = resolvePath(folder, text)
    if (path !== undefined && exists(path)) into.push(path)
    else elsewhere.push({ text, line: field.location().startLine })
  }
  for (const key of builtKeys) for (const item of root.at(key).items()) take(item, built)
  // Patches and transformers may also stand here as text.
  for (const key of fileKeys) for (const item of root.at(key).items()) if (isPath(item)) take(item, changing)
  for (const key of pathKeys)
    for (const item of root.at(key).items()) if (item.at('path').kind !== 'absent') take(item.at('path'), changing)
  return { file, folder, root, isComponent: root.at('kind').value === 'Component', built, changing, elsewhere }
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
