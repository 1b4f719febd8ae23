/** The inventory of an image: its layers read each, then laid upon each other. */
import type { Image, ImageLayer } from '../oci/image.ts'
import type { ImageSource } from '../oci/source.ts'
import type { ImageEvidence } from './evidence.ts'
import { type LayerEvidence, readLayerEvidence } from './layer-evidence.ts'
import { type DigestedEvidence, mergeEvidence } from './merge-evidence.ts'

export interface EvidenceOptions {
  readonly signal: AbortSignal
}

/**
 * `source` must check digests (`verified`). A layer or file that cannot be read is a gap of the evidence, and the rest is still read.
 * Throws only what `signal` was aborted with.
 */
export async function readEvidence(image: Image, source: ImageSource, options: EvidenceOptions): Promise<ImageEvidence> {
  const layers: DigestedEvidence[] = []
  for (const layer of image.layers) layers.push({ digest: layer.descriptor.digest, evidence: await readOne(layer, source, options.signal) })
  return mergeEvidence(layers)
}

async function readOne(layer: ImageLayer, source: ImageSource, signal: AbortSignal): Promise<LayerEvidence> {
  const { descriptor } = layer
  try {
    return await readLayerEvidence({ open: () => source.read(descriptor, signal), mediaType: descriptor.mediaType, signal })
  } catch (error) {
    signal.throwIfAborted()
    // What was read of a layer that then proved wrong is not used.
    const message = error instanceof Error ? error.message : String(error)
    return { entries: '', files: [], gaps: [{ message: `layer could not be read: ${message}` }] }
  }
}
