/** One layer as a sequence of entries: decompression, tar and their bounds. https://github.com/opencontainers/image-spec/blob/main/layer.md */

export type EntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'character-device' | 'block-device' | 'fifo'

export interface LayerEntry {
  /** Relative to the root, normalised, no leading `/` or `./`, no `..`; whiteouts keep their `.wh.` name. */
  readonly path: string
  readonly type: EntryType
  /** Permission bits with setuid, setgid and sticky: `0o4755`. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly sizeBytes: number
  /** Target of a link, as it is written (symlink), or normalised like `path` (hardlink). */
  readonly linkPath?: string
  /** Seconds since 1970. */
  readonly modifiedSeconds: number
}

/** Called once for an entry, in order. Returns a reader to see a file's bytes; without one they are skipped, uncopied. The next entry waits for it. */
export type EntryVisitor = (entry: LayerEntry) => ((body: AsyncIterable<Uint8Array>) => Promise<void>) | undefined
