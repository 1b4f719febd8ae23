/** What looks at the bytes of files while a layer streams by: a file is read once, whoever wants it. One examiner a family, listed in `examiners.ts`. */
import type { LayerEntry } from '../oci/layer.ts'

/** What an examiner has to say of one file: plain values, a function of the file's entry and bytes alone, kept with the evidence of its layer. */
export interface Remark {
  /** The examiner's name. */
  readonly kind: string
  /** The place of the file in its layer. */
  readonly path: string
}

/** A remark in an image, when its layers are laid upon each other. */
export type PlacedRemark<T extends Remark = Remark> = T & {
  /** Digest of the layer that holds the file. */
  readonly layer: string
  /** A later layer deleted or replaced the file: it still ships, and the running container does not see it. */
  readonly isRemoved: boolean
}

export interface Examiner<T extends Remark = Remark> {
  readonly name: string
  /** Changes whenever it says something else of the same bytes: what was kept before is then read anew. */
  readonly version: number
  /** Undefined where the file's bytes are not wanted; regular files only. Must not throw. */
  open(entry: LayerEntry): Examination<T> | undefined
}

export interface Examination<T extends Remark = Remark> {
  /**
   * Pieces in order; views that must not be changed, and whose memory is only held on purpose. The first has 64 KiB or the whole file
   * (`looksBinary` tells what kind it is), but of sparse files, in which it may have less. False where no more is wanted, and `end` comes next.
   * What it throws is a gap of the file.
   */
  // biome-ignore lint/suspicious/noConfusingVoidType: most examinations have nothing to answer, and need not say so
  write(piece: Uint8Array): false | void
  /** After the last piece that is wanted; not called for a file that was cut short. */
  end(): readonly T[]
}

/** Looks at bytes with the help of somebody else, who may be slow, and whose answers depend on more than the bytes: nothing of it is kept with the layer's evidence. */
export interface FileWatcher {
  /** Regular files of one layer, in order. What it or its watches throw, or reject with, leaves the layer unread: their own troubles are theirs to tell. */
  open(entry: LayerEntry): FileWatch | undefined
}

export interface FileWatch {
  /** Pieces as those of an examination. The layer waits for a promise: that is how a slow receiver slows the reading down. */
  write(piece: Uint8Array): void | Promise<void>
  end(): void | Promise<void>
}
