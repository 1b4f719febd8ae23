/** Bytes that ship and that no container sees: files of a layer that a later one deletes or replaces. */

import { type Problem, quote, type RuleText } from '../findings.ts'
import type { MergedTree } from '../oci/merge.ts'
import type { ContentCheck } from './content-check.ts'
import type { DigestedEvidence } from './found-file.ts'
import { fileSizes, type LayerItem } from './layer-entries.ts'

export interface LayerWaste {
  /** Digest of the layer. */
  readonly layer: string
  /** Of all its files, unpacked. */
  readonly fileBytes: number
  /** Of those that are not in the image any more. */
  readonly wastedBytes: number
  /** The largest of them, by path. */
  readonly largest: readonly { readonly path: string; readonly sizeBytes: number }[]
}

const maxLargest = 3

/** Layers from the base up, each with what later ones (or itself, further on) took away. */
export function wasteOf(tree: MergedTree<LayerItem>, layers: readonly DigestedEvidence[]): LayerWaste[] {
  const alive = layers.map(({ evidence }) => new Uint8Array((evidence.entries.length >>> 3) + 1))
  for (const { type, at, from } of tree.entries()) {
    const bits = type === 'file' && at >= 0 ? alive[from] : undefined
    if (bits) bits[at >>> 3] = (bits[at >>> 3] ?? 0) | (1 << (at & 7))
  }
  return layers.map(({ digest, evidence }, index) => {
    const bits = alive[index]
    let [fileBytes, wastedBytes] = [0, 0]
    let largest: { path: string; sizeBytes: number }[] = []
    for (const { at, path, sizeBytes } of fileSizes(evidence.entries)) {
      fileBytes += sizeBytes
      if (((bits?.[at >>> 3] ?? 0) & (1 << (at & 7))) !== 0) continue
      wastedBytes += sizeBytes
      if (sizeBytes > (largest.at(maxLargest - 1)?.sizeBytes ?? 0))
        largest = [...largest, { path, sizeBytes }].sort((left, right) => right.sizeBytes - left.sizeBytes).slice(0, maxLargest)
    }
    return { layer: digest, fileBytes, wastedBytes, largest }
  })
}

export const wastedBytesRule: RuleText = {
  id: 'image/wasted-bytes',
  severity: 'low',
  title: 'Layer ships files that a later layer deletes or replaces',
  why: 'A layer is never made smaller by those above it: what they delete, overwrite, or change the owner or mode of is still stored, pulled and unpacked with every deployment, and whatever it held can still be read out of the image.',
  fix: 'Delete in the same `RUN` that made the files, use `COPY --chown` and `--chmod` in place of changing them afterwards, mount caches (`RUN --mount=type=cache`), or build in one stage and copy only the result into the last.',
  references: [
    'https://docs.docker.com/build/building/best-practices/#minimize-the-number-of-layers',
    'https://docs.docker.com/build/building/multi-stage/',
    'https://github.com/wagoodman/dive#image-efficiency',
  ],
}

/** Both have to be passed: a small image cannot waste much, and in a large one a little is always replaced. dive calls an image inefficient from a tenth on. */
const leastWastedBytes = 20_000_000
const leastShare = 0.1
/** Layers that waste less are not named. */
const leastLayerBytes = 2_000_000
const longestInstruction = 500

export const wastedBytes: ContentCheck = {
  name: 'wasted-bytes',
  rules: [wastedBytesRule],
  check({ image, evidence }) {
    const layers = evidence.files?.waste?.() ?? []
    const all = layers.reduce((sum, { fileBytes }) => sum + fileBytes, 0)
    const wasted = layers.reduce((sum, one) => sum + one.wastedBytes, 0)
    if (wasted < leastWastedBytes || wasted < all * leastShare) return { problems: [], gaps: [] }
    const problems = layers.flatMap((waste, index): Problem[] => {
      if (waste.wastedBytes < leastLayerBytes) return []
      const instruction = image.layers[index]?.createdBy?.slice(0, longestInstruction)
      const examples = waste.largest.map(({ path, sizeBytes }) => `${quote(path)} (${megabytes(sizeBytes)})`).join(', ')
      return [
        {
          rule: wastedBytesRule.id,
          check: 'image-config',
          severity: wastedBytesRule.severity,
          title: wastedBytesRule.title,
          message: `layer ${index + 1} of ${layers.length} has ${megabytes(waste.wastedBytes)} of ${megabytes(waste.fileBytes)} that later layers delete or replace (the image ${megabytes(wasted)} of ${megabytes(all)}), most of it ${examples}`,
          content: { layer: waste.layer, ...(instruction === undefined ? {} : { instruction }) },
          references: wastedBytesRule.references,
          // Figures change with every build.
          anchor: instruction ?? `layer ${index + 1}`,
        },
      ]
    })
    return { problems, gaps: [] }
  },
}

function megabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`
}
