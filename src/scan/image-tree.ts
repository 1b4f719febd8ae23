/** The files of an image from the merged tree of its layers. */
import type { MergedEntry, MergedTree } from '../oci/merge.ts'
import type { PlacedRemark } from './examiner.ts'
import type { DigestedEvidence, FoundFile } from './found-file.ts'
import type { ImageFile, ImageFiles } from './image-files.ts'
import { comparePackages, type PackageIntegrity } from './integrity/changed-files.ts'
import { elfMark, scriptMark } from './integrity/file-kind.ts'
import { attributesAt, type EntryAttributes, type LayerItem } from './layer-entries.ts'
import { ownership } from './owned-paths.ts'
import { wasteOf } from './wasted-bytes.ts'

/** Of a directory that is in no layer, and that runtimes make. */
const impliedDirectory: EntryAttributes = { mode: 0o755, uid: 0, gid: 0, sizeBytes: 0, mark: '' }

/** Files of images with more are made anew for everybody who walks through them; of others they are made once. */
const mostListed = 200_000
const setuidBits = 0o6000

/** Attributes stay in the text that each layer's evidence keeps them in, and are read when they are asked for. */
export function imageFiles(
  tree: MergedTree<LayerItem>,
  found: readonly FoundFile[],
  layers: readonly DigestedEvidence[],
  remarks: readonly PlacedRemark[] = [],
): ImageFiles {
  const fileOf = ({ path, type, layer, at, from, linkPath }: MergedEntry): ImageFile => {
    const { mode, uid, gid, sizeBytes, mark } = at < 0 ? impliedDirectory : attributesAt(layers[from]?.evidence.entries ?? '', at)
    // Written out, since an image has a hundred thousand of them.
    const file: Writable<ImageFile> = { path, type, mode, uid, gid, sizeBytes, layer: layers[layer]?.digest ?? '' }
    if (linkPath !== undefined) file.linkPath = linkPath
    if (mark === elfMark) file.program = 'elf'
    else if (mark === scriptMark) file.program = 'script'
    return file
  }
  function* walked(): Generator<ImageFile> {
    for (const entry of tree.entries()) yield fileOf(entry)
  }
  let listed: readonly ImageFile[] | undefined
  const all = (): Iterable<ImageFile> => {
    if (tree.size > mostListed) return walked()
    listed ??= [...walked()]
    return listed
  }
  /** Files that examiners spoke of and programs that run as somebody else: it is asked of them who owns them. */
  function* remarkable(): Generator<string> {
    for (const { path } of remarks) yield path
    for (const { path, mode } of all()) if ((mode & setuidBits) !== 0) yield path
  }
  let integrity: PackageIntegrity | undefined
  return {
    all,
    find(path) {
      const entry = tree.find(path)
      return entry && fileOf(entry)
    },
    isOwned: ownership(found, pathResolver(tree), remarkable),
    integrity() {
      integrity ??= comparePackages(tree, found, layers)
      return integrity
    },
    waste: () => wasteOf(tree, layers),
  }
}

type Writable<T> = { -readonly [key in keyof T]: T[key] }

/** Follows links in the folders of a path; its last part is not followed, since a link itself can be owned. */
function pathResolver(tree: MergedTree<LayerItem>): (path: string) => string {
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
