/** The files of an image from the merged tree of its layers. */
import type { MergedEntry, MergedTree } from '../oci/merge.ts'
import type { DigestedEvidence, FoundFile } from './found-file.ts'
import type { ImageFile, ImageFiles } from './image-files.ts'
import { comparePackages, type PackageIntegrity } from './integrity/changed-files.ts'
import { elfMark, scriptMark } from './integrity/file-kind.ts'
import { attributesAt, type EntryAttributes, type LayerItem } from './layer-entries.ts'
import { ownedPathsOf } from './owned-paths.ts'
import { wasteOf } from './wasted-bytes.ts'

/** Of a directory that is in no layer, and that runtimes make. */
const impliedDirectory: EntryAttributes = { mode: 0o755, uid: 0, gid: 0, sizeBytes: 0, mark: '' }

/** Attributes stay in the text that each layer's evidence keeps them in, and are read when they are asked for. */
export function imageFiles(tree: MergedTree<LayerItem>, found: readonly FoundFile[], layers: readonly DigestedEvidence[]): ImageFiles {
  const fileOf = ({ path, type, layer, at, from, linkPath }: MergedEntry): ImageFile => {
    const { mode, uid, gid, sizeBytes, mark } = at < 0 ? impliedDirectory : attributesAt(layers[from]?.evidence.entries ?? '', at)
    // Written out, since an image has a hundred thousand of them.
    const file: Writable<ImageFile> = { path, type, mode, uid, gid, sizeBytes, layer: layers[layer]?.digest ?? '' }
    if (linkPath !== undefined) file.linkPath = linkPath
    if (mark === elfMark) file.program = 'elf'
    else if (mark === scriptMark) file.program = 'script'
    return file
  }
  const realPath = pathResolver(tree)
  let owned: ReadonlySet<string> | undefined
  let integrity: PackageIntegrity | undefined
  return {
    *all() {
      for (const entry of tree.entries()) yield fileOf(entry)
    },
    find(path) {
      const entry = tree.find(path)
      return entry && fileOf(entry)
    },
    isOwned(path) {
      owned ??= realPaths(found, realPath)
      return owned.has(path) || owned.has(realPath(path))
    },
    integrity() {
      integrity ??= comparePackages(tree, found, layers)
      return integrity
    },
    waste: () => wasteOf(tree, layers),
  }
}

type Writable<T> = { -readonly [key in keyof T]: T[key] }

function realPaths(found: readonly FoundFile[], realPath: (path: string) => string): ReadonlySet<string> {
  const paths = new Set<string>()
  for (const { file } of found) for (const path of ownedPathsOf(file)) paths.add(realPath(path))
  return paths
}

/** Follows links in the folders of a path; its last part is not followed, since a link itself can be owned. */
export function pathResolver(tree: MergedTree<LayerItem>): (path: string) => string {
  const folders = new Map<string, string>()
  return (path) => {
    const slash = path.lastIndexOf('/')
    if (slash < 0) return path
    const folder = path.slice(0, slash)
    const real = folders.get(folder) ?? tree.find(folder)?.path ?? folder
    folders.set(folder, real)
    if (real === folder) return path
    return real === '' ? path.slice(slash + 1) : `${real}/${path.slice(slash + 1)}`
  }
}
