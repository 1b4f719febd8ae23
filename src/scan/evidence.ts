/** What an image holds: a function of its digest alone. Judged elsewhere. */
import type { Distribution, Package } from '../findings.ts'
import type { PlacedRemark } from './examiner.ts'
import type { ImageFiles } from './image-files.ts'

export interface ImageEvidence {
  readonly distribution?: Distribution
  /** Sorted by purl, then path. What a later layer deleted or replaced is not in it. */
  readonly packages: readonly Package[]
  /** What could not be read, each with the path or the layer it concerns. */
  readonly gaps: readonly EvidenceGap[]
  /** Absent where layers were not read (an attested SBOM in their place). */
  readonly files?: ImageFiles
  /** What examiners said of the files of all layers, those that were deleted later too. */
  readonly remarks?: readonly PlacedRemark[]
}

export interface EvidenceGap {
  readonly layer?: string
  readonly path?: string
  readonly line?: number
  readonly message: string
}
