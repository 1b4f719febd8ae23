/** Revisions of a repository, and what changed between them. */
import { BlobReader } from './blob-reader.ts'
import { TreeError } from './errors.ts'
import { git, gitPieces, records } from './git-program.ts'
import { folderOf, resolvePath } from './path.ts'
import { commitOf } from './revision.ts'
import { leavesTree, type Tree, type TreeFile } from './tree.ts'

export { type ChangedFile, changedFiles } from './changed-files.ts'

interface Blob {
  readonly path: string
  readonly id: string
  readonly sizeBytes: number
  readonly isLink: boolean
}

/** The part of a revision that lies under `directory`. Throws TreeError (`unknown-revision`) where there is no such commit. */
export async function revisionTree(directory: string, revision: string): Promise<Tree> {
  const commit = await commitOf(directory, revision)
  const blobs = await listBlobs(directory, commit)
  const reader = new BlobReader(directory)
  let listed: Promise<readonly TreeFile[]> | undefined
  const read = async (path: string, limitBytes: number, links = 0): Promise<Uint8Array | undefined> => {
    const blob = blobs.get(path)
    if (!blob) return undefined
    if (blob.sizeBytes > limitBytes) {
      throw new TreeError('too-large', `${path} has ${blob.sizeBytes} bytes, more than the ${limitBytes} that are read`)
    }
    const bytes = await reader.read(blob.id, blob.sizeBytes)
    if (!blob.isLink) return bytes
    const target = resolvePath(folderOf(path), Buffer.from(bytes).toString('utf8'))
    if (target === undefined || links === linksLimit) throw new TreeError('outside', `${path} leaves the tree`)
    return read(target, limitBytes, links + 1)
  }
  return {
    name: revision,
    files() {
      listed ??= Promise.all([...blobs.values()].map((blob) => fileOf(blob, blobs, reader)))
      return listed
    },
    blobOf(path) {
      const blob = blobs.get(path)
      return blob?.isLink === false ? blob.id : undefined
    },
    read: (path, limitBytes) => read(path, limitBytes),
    stream(path) {
      const blob = blobs.get(path)
      return blob && !blob.isLink ? gitPieces(directory, ['cat-file', 'blob', blob.id]) : undefined
    },
  }
}

const linksLimit = 10

/** Sorted as git sorts: by the bytes of the path. */
async function listBlobs(directory: string, commit: string): Promise<ReadonlyMap<string, Blob>> {
  const blobs = new Map<string, Blob>()
  for (const record of records(await git(directory, ['ls-tree', '-r', '-l', '-z', commit]))) {
    const match = /^(\d+) blob ([0-9a-f]+) +(\d+|BAD)\t([\s\S]+)$/.exec(record)
    const [, mode, id = '', size, path = ''] = match ?? []
    // What is no blob is another repository's commit. A blob without a size is one that git has lost: reading it fails.
    if (match) blobs.set(path, { path, id, sizeBytes: size === 'BAD' ? 0 : Number(size), isLink: mode === '120000' })
  }
  return blobs
}

async function fileOf(blob: Blob, blobs: ReadonlyMap<string, Blob>, reader: BlobReader): Promise<TreeFile> {
  const { path, sizeBytes } = blob
  let at = blob
  for (let links = 0; at.isLink; links++) {
    const text = Buffer.from(await reader.read(at.id, at.sizeBytes)).toString('utf8')
    const target = resolvePath(folderOf(at.path), text)
    if (target === undefined || links === linksLimit) return { path, sizeBytes: 0, unreadable: leavesTree }
    const next = blobs.get(target)
    if (!next) return { path, sizeBytes: 0, unreadable: 'link that leads to no file' }
    at = next
  }
  return at === blob ? { path, sizeBytes } : { path, sizeBytes: at.sizeBytes, linksTo: at.path }
}
