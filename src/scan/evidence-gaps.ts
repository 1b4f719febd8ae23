/** What could not be read of an image, when its layers are merged. */
import { type Distribution, type Package, quote } from '../findings.ts'
import type { MergedTree } from '../oci/merge.ts'
import type { EvidenceGap } from './evidence.ts'
import type { DigestedEvidence, FoundFile } from './found-file.ts'
import { formats } from './inventory/formats.ts'
import type { LayerItem } from './layer-entries.ts'
import type { FileEvidence } from './layer-evidence.ts'
import { ownedPathsOf } from './owned-paths.ts'
import { systemTypes } from './system-types.ts'

export function layerGaps(layers: readonly DigestedEvidence[]): EvidenceGap[] {
  return layers.flatMap(({ digest, evidence }) => evidence.gaps.map((gap) => ({ layer: digest, ...gap })))
}

export function fileGaps({ path, file, layer }: FoundFile, layers: readonly DigestedEvidence[]): EvidenceGap[] {
  const digest = layers[layer]?.digest ?? ''
  return file.gaps.map(({ line, message }) => ({ layer: digest, path, ...(line === undefined ? {} : { line }), message }))
}

/** A database that lies where a link leads, under a name that no format knows. */
export function placeGaps(tree: MergedTree<LayerItem>): EvidenceGap[] {
  return formats
    .flatMap(({ places = [] }) => places)
    .flatMap((path) => {
      const real = tree.find(path)
      if (real?.type !== 'file' || tree.items.get(real.path)?.item.file) return []
      return [{ path, message: `leads to ${quote(real.path)}, which was not read` }]
    })
}

/** Whoever deletes the list of packages has deleted none of them: without this, an image would look clean by it. */
export function databaseGaps(
  layers: readonly DigestedEvidence[],
  found: readonly FoundFile[],
  tree: Pick<MergedTree<LayerItem>, 'find'>,
): EvidenceGap[] {
  const present = new Set(found.flatMap(({ file }) => systemTypesIn(file)))
  const gone = new Map<string, EvidenceGap>()
  const files = layers.flatMap(({ digest, evidence }) => evidence.files.map((file) => ({ digest, file })))
  for (const { digest, file } of files)
    for (const type of systemTypesIn(file)) {
      const message = `was deleted or emptied later, and files of its ${file.packages.length} ${type} packages are still there: which packages the image has is not known`
      if (!present.has(type)) gone.set(type, { layer: digest, path: file.path, message })
    }
  const remains = ({ file }: (typeof files)[number]) => [...ownedPathsOf(file)].some((path) => tree.find(path)?.type === 'file')
  return gone.size > 0 && files.some(remains) ? [...gone.values()] : []
}

function systemTypesIn({ format, packages }: FileEvidence): readonly string[] {
  return format === 'sbom' ? [] : [...new Set(packages.map(({ type }) => type))].filter((type) => systemTypes.has(type))
}

export function distributionGaps(packages: readonly Package[], distribution: Distribution | undefined): EvidenceGap[] {
  const first = distribution ? undefined : packages.find(({ type }) => systemTypes.has(type))
  if (!first) return []
  return [{ path: first.path, message: 'image has packages of an operating system and no os-release that says which it is' }]
}
