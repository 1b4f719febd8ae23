/** What could not be read of an image, when its layers are merged. */
import { type Distribution, type Package, quote } from '../findings.ts'
import type { MergedTree } from '../oci/merge.ts'
import type { EvidenceGap } from './evidence.ts'
import type { DigestedEvidence, FoundFile } from './found-file.ts'
import { formats } from './inventory/formats.ts'
import type { LayerItem } from './layer-entries.ts'
import { systemTypes } from './purl.ts'

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

export function distributionGaps(packages: readonly Package[], distribution: Distribution | undefined): EvidenceGap[] {
  const first = distribution ? undefined : packages.find(({ type }) => systemTypes.has(type))
  if (!first) return []
  return [{ path: first.path, message: 'image has packages of an operating system and no os-release that says which it is' }]
}
