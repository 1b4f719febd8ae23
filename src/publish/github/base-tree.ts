/** The base commit as a tree, without its history: the head's files, with what the pull request changed as the base has it. */
import type { Tree, TreeFile } from '../../repo/tree.ts'
import type { Blob, Blobs } from './blobs.ts'
import type { PullFile } from './diff.ts'
import { PublishError } from './errors.ts'

export interface BaseTreeOptions {
  /** The checked-out tree. */
  readonly head: Tree
  /** All that the pull request changes; paths relative to the repository. */
  readonly files: readonly PullFile[]
  /** The commit, for messages and as the revision of the policy. */
  readonly commit: string
  /** Where the judged tree is in the repository: `''` or `deploy/`. */
  readonly prefix: string
  /** Files at the commit, by paths relative to the repository. */
  readonly blobs: (paths: readonly string[]) => Promise<Blobs>
  /** Always read from the commit: the head's are never looked at, changed or not. */
  readonly trusted: readonly string[]
}

export function baseTree({ head, files, commit, prefix, blobs, trusted }: BaseTreeOptions): Tree {
  const inside = (path: string): string | undefined => (path.startsWith(prefix) ? path.slice(prefix.length) : undefined)
  const overlaid = new Set(trusted)
  for (const { path, previousPath } of files) {
    for (const each of [path, previousPath ?? path]) {
      const name = inside(each)
      if (name !== undefined && name !== '') overlaid.add(name)
    }
  }
  let loaded: Promise<ReadonlyMap<string, Blob | undefined>> | undefined
  const load = async (): Promise<ReadonlyMap<string, Blob | undefined>> => {
    loaded ??= blobs([...overlaid].map((name) => prefix + name)).then(
      (found) => new Map([...found].map(([path, blob]) => [path.slice(prefix.length), blob])),
    )
    return loaded
  }
  return {
    name: commit,
    async files() {
      const base = await load()
      const kept = (await head.files()).filter(({ path }) => !overlaid.has(path))
      const replaced: TreeFile[] = []
      for (const [path, blob] of base) if (blob) replaced.push({ path, sizeBytes: blob.sizeBytes })
      return [...kept, ...replaced].sort((left, right) => (left.path < right.path ? -1 : 1))
    },
    async read(path, limitBytes) {
      // Also what neither side has: whether a file beside the policy exists is the base's to say.
      if (!overlaid.has(path)) return head.read(path, limitBytes)
      const blob = (await load()).get(path)
      if (!blob) return undefined
      if (blob.sizeBytes > limitBytes)
        throw new PublishError(
          'refused',
          `${path} of commit ${commit.slice(0, 12)} has ${blob.sizeBytes} bytes, at most ${limitBytes} are read`,
        )
      return blob.bytes()
    },
  }
}
