/** The files of an image as a container would see them: names and attributes, no bytes. */
import type { EntryType } from '../oci/layer.ts'
import type { PackageIntegrity } from './integrity/changed-files.ts'
import type { LayerWaste } from './wasted-bytes.ts'

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
  /** What its first bytes say: an ELF program or library, or a script (`#!`); absent for all else. */
  readonly program?: 'elf' | 'script'
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
  /** What differs from the files that its packages brought. Worked out when it is asked for. */
  integrity?(): PackageIntegrity
  /** What each layer holds that is not in the image any more, from the base up. Worked out when it is asked for. */
  waste?(): readonly LayerWaste[]
}
