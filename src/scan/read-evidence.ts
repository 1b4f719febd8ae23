/** The inventory of an image: its layers read each, then laid upon each other. */
import { availableParallelism } from 'node:os'
import type { Image } from '../oci/image.ts'
import type { ImageSource } from '../oci/source.ts'
import type { ImageEvidence } from './evidence.ts'
import { type LayerPass, layerPassFor } from './layer-pass.ts'
import { mergeEvidence } from './merge-evidence.ts'

export interface EvidenceOptions {
  readonly signal: AbortSignal
  /** Shared by all images of a run; one of its own without it. */
  readonly pass?: LayerPass
}

/**
 * `source` must check digests (`verified`). A layer or file that cannot be read is a gap of the evidence, and the rest is still read.
 * Throws only what `signal` was aborted with.
 */
export async function readEvidence(image: Image, source: ImageSource, options: EvidenceOptions): Promise<ImageEvidence> {
  const { signal, pass = layerPassFor(availableParallelism()) } = options
  const layers = await Promise.all(
    image.layers.map(async (layer) => ({ digest: layer.descriptor.digest, evidence: await pass.evidence(layer, source, signal) })),
  )
  const evidence = mergeEvidence(layers)
  const { os } = image.platform
  // Its files are read as those of any image; what Windows itself is made of is in a registry of its own.
  return os === 'windows'
    ? { ...evidence, gaps: [...evidence.gaps, { message: 'parts and updates of Windows itself are not read' }] }
    : evidence
}
