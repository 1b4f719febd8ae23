/** A tree of files to judge: a working directory, or a revision of it. */

/** Why a link is unreadable that leads out of its tree. */
export const leavesTree = 'link that leaves the tree'
/** The same of a link to a folder: nobody can say by its name what it would bring. */
export const folderLeavesTree = 'link to a folder that leaves the tree'

/** Reads nothing outside itself: links that leave it are listed, with the reason why they are not read. */
export interface Tree {
  /** What it is, for messages: a directory, or a revision. */
  readonly name: string
  /** All files, sorted by path (code point order). */
  files(): Promise<readonly TreeFile[]>
  /** The name that git has for the bytes of a file that is no link; absent, or undefined, where that is not known. */
  blobOf?(path: string): string | undefined
  /** The bytes of one file; undefined where there is none. Throws TreeError when it is larger than `limitBytes` or cannot be read. */
  read(path: string, limitBytes: number): Promise<Uint8Array | undefined>
  /** The same of a file that is no link, in pieces, however large it is; absent, or undefined, where it can be read only at once. Throws TreeError. */
  stream?(path: string): AsyncIterable<Uint8Array> | undefined
}

export interface TreeFile {
  /** Relative to the tree, with `/`. */
  readonly path: string
  readonly sizeBytes: number
  /** For a link inside the tree: the path that it leads to in the end. */
  readonly linksTo?: string
  /** Why it is listed and cannot be read, such as a link that leaves the tree. */
  readonly unreadable?: string
}
