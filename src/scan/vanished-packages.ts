/** Packages that somebody took out of a database and whose files are there still: package managers delete both. */
import { quote } from '../findings.ts'
import type { MergedTree } from '../oci/merge.ts'
import type { EvidenceGap } from './evidence.ts'
import type { DigestedEvidence, FoundFile } from './found-file.ts'
import { ownedDigests, parts } from './integrity/owned-digests.ts'
import { hasDigestAt, type LayerItem } from './layer-entries.ts'
import type { FileEvidence } from './layer-evidence.ts'
import { systemTypes } from './system-types.ts'

const mostNamed = 5

/** Of databases that are gone as a whole, `databaseGaps` tells. */
export function vanishedPackageGaps(
  layers: readonly DigestedEvidence[],
  found: readonly FoundFile[],
  tree: Pick<MergedTree<LayerItem>, 'find'>,
): EvidenceGap[] {
  const present = new Map<string, Set<string>>()
  for (const { file } of found)
    for (const { type, name } of systemPackages(file)) present.set(type, (present.get(type) ?? new Set()).add(name))
  const gone = new Map<string, Pick<EvidenceGap, 'layer' | 'path'>>()
  for (const { digest, evidence } of layers)
    for (const file of evidence.files)
      for (const { type, name } of systemPackages(file))
        if (present.get(type)?.has(name) === false) gone.set(name, { layer: digest, path: file.path })
  const remaining = new Set(gone.size === 0 ? [] : remainingFiles(layers, found, tree, gone).values())
  const [first] = remaining
  if (first === undefined) return []
  const named = [...remaining].slice(0, mostNamed).map((name) => quote(name, 60))
  const more = remaining.size > named.length ? ` and ${remaining.size - named.length} more` : ''
  const message = `was rid of ${named.join(', ')}${more}, and files of theirs are still there: whether advisories concern them is not known`
  return [{ ...gone.get(first), message }]
}

/** Files that are as a package brought them that is gone, and that no package has now; with its name. */
function remainingFiles(
  layers: readonly DigestedEvidence[],
  found: readonly FoundFile[],
  tree: Pick<MergedTree<LayerItem>, 'find'>,
  gone: ReadonlyMap<string, unknown>,
): ReadonlyMap<string, string> {
  const remaining = new Map<string, string>()
  for (const { evidence } of layers)
    for (const file of evidence.files)
      for (const { path, digest, owner } of ownedDigests(file.digests)) {
        if (!gone.has(owner)) continue
        const entry = tree.find(path)
        if (entry?.type === 'file' && hasDigestAt(layers[entry.from]?.evidence.entries ?? '', entry.at, digest))
          remaining.set(entry.path, owner)
      }
  const names = new Set([...remaining.keys()].map(baseName))
  // A package that took the place of another has its files.
  for (const { file } of found)
    for (const path of pathsOfOthers(file, gone)) if (names.has(baseName(path))) remaining.delete(tree.find(path)?.path ?? path)
  return remaining
}

/** What a file says that packages own, but for those that are gone: dpkg keeps their lists apart. */
function* pathsOfOthers({ path: place, owns, digests }: FileEvidence, gone: ReadonlyMap<string, unknown>): Generator<string> {
  const listed = /\/info\/([^/:]+)(?::[^/]*)?\.list$/.exec(place)?.[1]
  if (listed === undefined || !gone.has(listed)) yield* parts(owns)
  for (const { path, owner } of ownedDigests(digests)) if (!gone.has(owner)) yield path
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1)
}

function systemPackages({ format, packages }: FileEvidence): readonly { readonly type: string; readonly name: string }[] {
  return format === 'sbom' ? [] : packages.filter(({ type }) => systemTypes.has(type))
}
