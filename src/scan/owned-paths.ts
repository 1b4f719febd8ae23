/** Files that an operating system's package manager put there: what they say is already said by its database. */
import type { MergedTree } from '../oci/merge.ts'
import type { FoundFile } from './found-file.ts'
import { ownedDigests, parts } from './integrity/owned-digests.ts'
import type { LayerItem } from './layer-entries.ts'
import type { FileEvidence } from './layer-evidence.ts'

/** Of the files that evidence was read from, those that the operating system's package manager owns. */
export function ownedPaths(tree: MergedTree<LayerItem>, found: readonly FoundFile[]): Set<string> {
  const wanted = new Map(found.map(({ path, layer }) => [path, layer]))
  const names = new Set([...wanted.keys()].map(baseName))
  const owned = new Set<string>()
  for (const { file, layer } of found) {
    for (const path of ownedPathsOf(file)) {
      // Links in the folders are followed only for paths that can be meant.
      if (!names.has(baseName(path))) continue
      const real = tree.find(path)?.path ?? path
      // A file that was written after its owner's list is not what the package manager put there (`npm install --global npm`).
      if (layer >= (wanted.get(real) ?? Number.POSITIVE_INFINITY)) owned.add(real)
    }
  }
  return owned
}

/** As the package manager names them: links are not followed. */
export function* ownedPathsOf({ owns, digests }: FileEvidence): Generator<string> {
  yield* parts(owns)
  for (const { path } of ownedDigests(digests)) yield path
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}
