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
  readonly commit: string
  /** Where the policy is read, where that is another commit; the tree is named after it. */
  readonly policyCommit?: string
  /** Where the judged tree is in the repository: `''` or `deploy/`. */
  readonly prefix: string
  /** Files at a commit, by paths relative to the repository. */
  readonly blobs: (commit: string, paths: readonly string[]) => Promise<Blobs>
  /** Always read from the commit: the head's are never looked at, changed or not. */
  readonly trusted: readonly string[]
}

export function baseTree({ head, files, commit, policyCommit = commit, prefix, blobs, trusted }: BaseTreeOptions): Tree {
  const inside = (path: string): string | undefined => (path.startsWith(prefix) ? path.slice(prefix.length) : undefined)
  const overlaid = new Set<string>()
  for (const { path, previousPath } of files) {
    for (const each of [path, previousPath ?? path]) {
      const name = inside(each)
      if (name !== undefined && name !== '') overlaid.add(name)
    }
  }
  for (const path of trusted) overlaid.delete(path)
  const readAt = async (revision: string, names: readonly string[]): Promise<readonly (readonly [string, Blob | undefined])[]> => {
    if (names.length === 0) return []
    return [
      ...(await blobs(
        revision,
        names.map((name) => prefix + name),
      )),
    ].map(([path, blob]) => [path.slice(prefix.length), blob] as const)
  }
  let loaded: Promise<ReadonlyMap<string, Blob | undefined>> | undefined
  const load = (): Promise<ReadonlyMap<string, Blob | undefined>> => {
    loaded ??=
      policyCommit === commit
        ? readAt(commit, [...trusted, ...overlaid]).then((all) => new Map(all))
        : Promise.all([readAt(policyCommit, trusted), readAt(commit, [...overlaid])]).then((all) => new Map(all.flat()))
    return loaded
  }
  const isReplaced = (path: string): boolean => overlaid.has(path) || trusted.includes(path)
  return {
    name: policyCommit,
    async files() {
      const base = await load()
      const kept = (await head.files()).filter(({ path }) => !isReplaced(path))
      const replaced: TreeFile[] = []
      for (const [path, blob] of base) if (blob) replaced.push({ path, sizeBytes: blob.sizeBytes })
      return [...kept, ...replaced].sort((left, right) => (left.path < right.path ? -1 : 1))
    },
    async read(path, limitBytes) {
      // Also what neither side has: whether a file beside the policy exists is the base's to say.
      if (!isReplaced(path)) return head.read(path, limitBytes)
      const blob = (await load()).get(path)
      if (!blob) return undefined
      if (blob.sizeBytes > limitBytes)
        throw new PublishError(
          'refused',
          `${path} of commit ${commit.slice(0, 12)} has ${blob.sizeBytes} bytes, at most ${limitBytes} are read`,
        )
      return blob.bytes()
    },
    stream: (path) => (isReplaced(path) ? undefined : head.stream?.(path)),
  }
}
