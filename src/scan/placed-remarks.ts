/** What examiners said of the files of layers, when the layers are laid upon each other. */
import type { MergedTree } from '../oci/merge.ts'
import type { PlacedRemark } from './examiner.ts'
import type { DigestedEvidence } from './found-file.ts'
import type { LayerItem } from './layer-entries.ts'

/** Layers from the base up; the remarks of a layer that is there twice once. A file that survives under another name alone (a hard link) has that name. */
export function placedRemarks(tree: MergedTree<LayerItem>, layers: readonly DigestedEvidence[]): PlacedRemark[] {
  const places = new Map<string, string>()
  for (const [place, { item, layer }] of tree.items) {
    if (!item.remarks) continue
    const key = keyOf(layers[layer]?.digest, item.remarks.path)
    if (!places.has(key) || place === item.remarks.path) places.set(key, place)
  }
  const placed: PlacedRemark[] = []
  for (const { digest, evidence } of new Map(layers.map((layer) => [layer.digest, layer])).values())
    for (const { path, isReplaced, remarks } of evidence.remarks) {
      const place = isReplaced ? undefined : places.get(keyOf(digest, path))
      for (const remark of remarks) placed.push({ ...remark, path: place ?? path, layer: digest, isRemoved: place === undefined })
    }
  return placed
}

function keyOf(digest = '', path: string): string {
  return `${digest}\0${path}`
}
