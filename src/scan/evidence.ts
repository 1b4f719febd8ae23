/** What an image holds: a function of its digest alone. Judged elsewhere. */
import type { Distribution, Package } from '../findings.ts'

export interface ImageEvidence {
  readonly distribution?: Distribution
  /** Sorted by purl, then path. What a later layer deleted or replaced is not in it. */
  readonly packages: readonly Package[]
  /** What could not be read, each with the path or the layer it concerns. */
  readonly gaps: readonly EvidenceGap[]
}

export interface EvidenceGap {
  readonly layer?: string
  readonly path?: string
  readonly line?: number
  readonly message: string
}
