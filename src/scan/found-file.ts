/** A file with evidence, at its place in the merged file system. */
import type { Digest } from '../oci/source.ts'
import type { FileEvidence, LayerEvidence } from './layer-evidence.ts'

export interface DigestedEvidence {
  readonly digest: Digest
  readonly evidence: LayerEvidence
}

export interface FoundFile {
  readonly path: string
  readonly file: FileEvidence
  /** Index of the layer that brought this file. */
  readonly layer: number
}
