/** What reads a layer is given, and the bounds that it holds to. */
import type { SpentChunks } from '../formats/lent-bytes.ts'
import type { Examiner, FileWatcher } from './examiner.ts'
import type { PackageFormat } from './inventory/format.ts'
import { defaultRemarkBounds, type RemarkBounds } from './layer-remarks.ts'

export interface LayerInput {
  /** The layer as it is stored; asked for again where hard links lead to files that were not looked at. Must throw, by its end, where the bytes are wrong. */
  readonly open: () => AsyncIterable<Uint8Array>
  readonly mediaType: string
  readonly signal: AbortSignal
  readonly formats?: readonly PackageFormat[]
  readonly examiners?: readonly Examiner[]
  /** Shown the unpacked chunks of the first reading after they were read. */
  readonly onSpent?: SpentChunks
  /** Packages are all that is wanted: no examiner sees a file, and none has digests. */
  readonly packagesAlone?: boolean
  /** Sees every regular file as well; nothing of it is in the evidence. */
  readonly watcher?: FileWatcher
  readonly bounds?: Partial<LayerBounds>
}

export interface LayerBounds extends RemarkBounds {
  /** The largest real layers have some hundred thousand. */
  readonly maxEntries: number
  /** Of all names together, in characters. */
  readonly maxNames: number
}

export const defaultBounds: LayerBounds = { maxEntries: 2_000_000, maxNames: 200_000_000, ...defaultRemarkBounds }
