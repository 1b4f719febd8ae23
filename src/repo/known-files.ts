/** Files that two trees share are read once, and their objects are the same in both: a change touches few of a tree's files. */
import { createHash } from 'node:crypto'
import { type FileReading, isJudged, type JudgedFile } from './file-reading.ts'
import type { ImageUse, KubernetesObject } from './repository.ts'
import type { Scopes } from './scopes.ts'
import type { Tree } from './tree.ts'

export interface KnownFiles {
  /** What a file of this name and content gave before, else what `read` gives now: a function of the two alone. */
  reading(tree: Tree, path: string, bytes: Uint8Array, read: () => FileReading): FileReading
  /** The same by git's name of the content, where it was read. */
  named(path: string, blob: string): FileReading | undefined
  /** Git's name of what was read from the tree under this path; undefined where that is not known. */
  blobOf(tree: Tree, path: string): string | undefined
  /** What was made of the same reading before, where the same kinds have no namespace. */
  contents(reading: JudgedFile, scopes: Scopes, make: () => FileContents): FileContents
}

/** What a file adds to a tree. */
export interface FileContents {
  readonly objects: readonly KubernetesObject[]
  readonly imageUses: readonly ImageUse[]
}

/** `blobLength`: of git's names in the other tree, 40 or 64; without it, contents are not named. */
export function knownFiles(blobLength?: number): KnownFiles {
  const readings = new Map<string, FileReading>()
  const blobs = new Map<Tree, Map<string, string>>()
  const byBlob = new Map<string, FileReading>()
  const made = new Map<JudgedFile, { readonly scopes: Scopes; readonly contents: FileContents }>()
  let lastScopes: Scopes = new Set()
  const canonical = (scopes: Scopes): Scopes => {
    if (!isSame(scopes, lastScopes)) lastScopes = scopes
    return lastScopes
  }
  return {
    reading(tree, path, bytes, read) {
      // No path has a byte of zero.
      const digest = createHash('sha256').update(`${path}\0`).update(bytes).digest('base64')
      const known = readings.get(digest) ?? withDigest(read(), digest)
      readings.set(digest, known)
      if (blobLength !== undefined) {
        const blob = blobName(bytes, blobLength)
        const own = blobs.get(tree) ?? new Map<string, string>()
        blobs.set(tree, own.set(path, blob))
        byBlob.set(`${blob} ${path}`, known)
      }
      return known
    },
    named: (path, blob) => byBlob.get(`${blob} ${path}`),
    blobOf: (tree, path) => blobs.get(tree)?.get(path),
    contents(reading, ownScopes, make) {
      const scopes = canonical(ownScopes)
      const known = made.get(reading)
      if (known?.scopes === scopes) return known.contents
      const contents = make()
      made.set(reading, { scopes, contents })
      return contents
    },
  }
}

function withDigest(reading: FileReading, digest: string): FileReading {
  return isJudged(reading) ? { ...reading, digest } : reading
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
function blobName(bytes: Uint8Array, length: number): string {
  return createHash(length > 40 ? 'sha256' : 'sha1')
    .update(`blob ${bytes.length}\0`)
    .update(bytes)
    .digest('hex')
}

function isSame(left: Scopes, right: Scopes): boolean {
  return left === right || (left.size === right.size && [...left].every((scope) => right.has(scope)))
}
