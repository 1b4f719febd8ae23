/** The files of an image as a container would see them: names and attributes, no bytes. */
import type { EntryType } from '../oci/layer.ts'

export interface ImageFile {
  /** Relative to the root. */
  readonly path: string
  readonly type: EntryType
  /** Permission bits with setuid, setgid and sticky: `0o4755`. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly sizeBytes: number
  /** Of links, as written. */
  readonly linkPath?: string
  /** Digest of the layer that brought it. */
  readonly layer: string
}

export interface ImageFiles {
  /** All that survives, in no set order; made while it is walked. */
  all(): Iterable<ImageFile>
  /** Where a path leads, through all links; the root itself is ''. */
  find(path: string): ImageFile | undefined
  /** Whether a package of the operating system's package manager says that the file is its own. */
  isOwned(path: string): boolean
}
