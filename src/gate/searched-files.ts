/** Which files of the trees of a run are looked through for secrets: with a base, those that differ; without one, all. */
import { createHash } from 'node:crypto'
import type { Tree, TreeFile } from '../repo/tree.ts'
import { mapLimited } from './once.ts'
import type { GateRequest } from './request.ts'

export interface SearchedFiles {
  readonly files: readonly TreeFile[]
  /** Too large, together with those before or where it cannot be read in pieces: told of, and not looked through. */
  readonly leftOut: readonly TreeFile[]
  /** Of the change that is judged: what is left out of it is a gap. */
  readonly isChange: boolean
}

/** Sources and configuration are smaller, and are held whole for their lines; what is larger is read in pieces. */
export const searchLimitBytes = 32 << 20
/** Of a tree, in bytes: what it holds beyond that is data. */
const treeLimitBytes = 2 ** 31
const comparedAtOnce = 16

/**
 * The same call for the head and for the base, whose side of the changed files it gives: what that has already is not new. `nameOf` has git's names of
 * the head's files, as far as they are known.
 */
export function searchedFiles(
  { tree: head, base }: Pick<GateRequest, 'base' | 'tree'>,
  limitBytes = treeLimitBytes,
  nameOf: NonNullable<Tree['blobOf']> = (path) => head.blobOf?.(path),
): (tree: Tree) => Promise<SearchedFiles> {
  let changed: Promise<ReadonlySet<string>> | undefined
  return async (tree) => {
    // Links lead to files that are in the list themselves, or out of the tree.
    const files = (await tree.files()).filter(({ linksTo, unreadable }) => linksTo === undefined && unreadable === undefined)
    if (base) changed ??= changedPaths(head, base, nameOf)
    const wanted = await changed
    const own = wanted ? files.filter(({ path }) => wanted.has(path)) : files
    let total = 0
    const fits = ({ path, sizeBytes }: TreeFile): boolean => {
      const isReadable = sizeBytes <= searchLimitBytes || tree.stream?.(path) !== undefined
      if (isReadable) total += sizeBytes
      return isReadable && total <= limitBytes
    }
    const { files: searched = [], leftOut = [] } = Object.groupBy(own, (file) => (fits(file) ? 'files' : 'leftOut'))
    return { files: searched, leftOut, isChange: base !== undefined && tree === head }
  }
}

/** Of the head: what the base has not, or has with other bytes. */
async function changedPaths(head: Tree, base: Tree, nameOf: NonNullable<Tree['blobOf']>): Promise<ReadonlySet<string>> {
  const [files, before] = await Promise.all([head.files(), base.files()])
  const old = new Map(before.map((file) => [file.path, file]))
  const differing = await mapLimited(files, comparedAtOnce, async (file) => {
    const earlier = old.get(file.path)
    if (earlier === undefined || earlier.sizeBytes !== file.sizeBytes) return [file.path]
    const [ours, theirs] = [nameOf(file.path), base.blobOf?.(file.path)]
    const isSame = ours !== undefined && theirs !== undefined ? ours === theirs : await hasSameBytes(file, head, base)
    return isSame ? [] : [file.path]
  })
  return new Set(differing.flat())
}

async function hasSameBytes({ path, sizeBytes }: TreeFile, head: Tree, base: Tree): Promise<boolean> {
  const theirs = base.blobOf?.(path)
  try {
    if (sizeBytes > searchLimitBytes) {
      const [mine, other] = [head.stream?.(path), base.stream?.(path)]
      if (!mine || !(theirs ?? other)) return false
      const name = theirs ?? (other && (await blobOf(other, sizeBytes)))
      return (await blobOf(mine, sizeBytes, name?.length)) === name
    }
    const bytes = await head.read(path, searchLimitBytes)
    if (bytes === undefined) return false
    if (theirs !== undefined) return (await blobOf([bytes], bytes.length, theirs.length)) === theirs
    const other = await base.read(path, searchLimitBytes)
    return other !== undefined && Buffer.compare(bytes, other) === 0
  } catch {
    // Whoever searches it says what is wrong with it.
    return false
  }
}

/** https://git-scm.com/book/en/v2/Git-Internals-Git-Objects#_object_storage */
async function blobOf(pieces: AsyncIterable<Uint8Array> | Iterable<Uint8Array>, sizeBytes: number, nameLength = 64): Promise<string> {
  const hash = createHash(nameLength > 40 ? 'sha256' : 'sha1').update(`blob ${sizeBytes}\0`)
  for await (const piece of pieces) hash.update(piece)
  return hash.digest('hex')
}
