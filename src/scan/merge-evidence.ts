/** The evidence of an image from that of its layers: what was deleted does not count, what was replaced counts once. */
import { type Distribution, type Package, quote } from '../findings.ts'
import { type MergedTree, mergeTree } from '../oci/merge.ts'
import type { Digest } from '../oci/source.ts'
import type { ImageEvidence } from './evidence.ts'
import { databaseGaps, distributionGaps, fileGaps, layerGaps, placeGaps } from './evidence-gaps.ts'
import type { DigestedEvidence, FoundFile } from './found-file.ts'
import { imageFiles } from './image-tree.ts'
import type { FoundPackage } from './inventory/format.ts'
import { formats } from './inventory/formats.ts'
import { releaseFilePaths } from './inventory/release-files.ts'
import { type LayerItem, layerPaths } from './layer-entries.ts'
import { ownedPaths } from './owned-paths.ts'
import { firstLayer, packageHistory } from './package-origin.ts'
import { placedRemarks } from './placed-remarks.ts'
import { purlOf } from './purl.ts'
import { systemTypes } from './system-types.ts'
import { vanishedPackageGaps } from './vanished-packages.ts'

/** The merged file system is in memory while it is made: some 300 bytes an entry. */
const defaultMaxEntries = 4_000_000

/** Layers from the base up. */
export function mergeEvidence(layers: readonly DigestedEvidence[], maxEntries = defaultMaxEntries): ImageEvidence {
  const entries = layers.reduce((sum, { evidence }) => sum + evidence.entryCount, 0)
  if (entries > maxEntries)
    return { packages: [], gaps: [{ message: `layers have ${entries} entries, and at most ${maxEntries} are merged` }] }
  const tree = mergeTree(layers.map(({ evidence }) => layerPaths(evidence)))
  const history = packageHistory(layers)
  const found: FoundFile[] = []
  for (const [path, { item, layer }] of tree.items) if (item.file) found.push({ path, file: item.file, layer })
  const distribution = distributionOf(tree)
  const owned = ownedPaths(tree, found)
  const packages: Package[] = []
  const gaps = [...layerGaps(layers), ...found.flatMap((file) => fileGaps(file, layers)), ...placeGaps(tree)]
  const databases = databaseTypes(found)
  const remarks = placedRemarks(tree, layers)
  const betterPaths = new Map(formats.map(({ name, betterPath }) => [name, betterPath]))
  for (const { path, file, layer } of found) {
    const better = betterPaths.get(file.format)?.(path)
    if (better !== undefined && tree.items.get(better)?.item.file) continue
    for (const one of file.packages) {
      // Of a system's packages its database is the evidence, and a document that is older than the last upgrade is none.
      if (file.format === 'sbom' && databases.has(one.type)) continue
      // Software without an ecosystem that the system owns is told by the system's package.
      if (one.type === 'generic' && owned.has(path)) continue
      const digest = layers[firstLayer(one, file, layer, history)]?.digest ?? ''
      const purl = tryPurl(one, distribution)
      if (typeof purl === 'string') packages.push(toPackage(one, purl, path, digest, owned.has(path)))
      else gaps.push({ layer: digest, path, message: `package ${quote(one.name)} ${quote(one.version)} has no purl: ${purl.message}` })
    }
  }
  return {
    ...(distribution ? { distribution } : {}),
    packages: sorted(packages),
    gaps: [
      ...gaps,
      ...databaseGaps(layers, found, tree),
      ...vanishedPackageGaps(layers, found, tree),
      ...distributionGaps(packages, distribution),
    ],
    files: imageFiles(tree, found, layers, remarks),
    remarks,
  }
}

/** `etc/os-release` first, wherever it points to: os-release(5) has it win over `usr/lib/os-release`. */
function distributionOf(tree: MergedTree<LayerItem>): Distribution | undefined {
  for (const path of ['etc/os-release', 'usr/lib/os-release', ...releaseFilePaths]) {
    const distribution = tree.items.get(tree.find(path)?.path ?? path)?.item.file?.distribution
    if (distribution) return distribution
  }
  return undefined
}

function databaseTypes(found: readonly FoundFile[]): ReadonlySet<string> {
  const types = found.filter(({ file }) => file.format !== 'sbom').flatMap(({ file }) => file.packages.map(({ type }) => type))
  return new Set(types.filter((type) => systemTypes.has(type)))
}

function tryPurl(found: FoundPackage, distribution: Distribution | undefined): string | Error {
  try {
    return purlOf(found, distribution)
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

function toPackage(found: FoundPackage, purl: string, path: string, layer: Digest, owned: boolean): Package {
  const { name, version, type } = found
  return {
    name,
    version,
    purl,
    type,
    source: found.source ?? name,
    sourceVersion: found.sourceVersion ?? version,
    layer,
    path: found.within === undefined ? path : `${path}!/${found.within}`,
    ...(owned && !systemTypes.has(type) ? { ownedBySystem: true } : {}),
    ...(found.module ? { module: found.module } : {}),
    ...(found.architecture ? { architecture: found.architecture } : {}),
    ...(found.licenses && found.licenses.length > 0 ? { licenses: found.licenses } : {}),
  }
}

/** By purl, then path; what one file, or two databases of one system, say twice is there once. */
function sorted(packages: readonly Package[]): Package[] {
  const unique = new Map(packages.map((one) => [systemTypes.has(one.type) ? one.purl : `${one.purl}\0${one.path}`, one]))
  return [...unique].sort(([left], [right]) => (left < right ? -1 : 1)).map(([, one]) => one)
}
