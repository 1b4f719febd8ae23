/** A base that is a folder of the repository: where it has no policy of its own, that of the repository's root holds. */
import type { Tree } from '../../repo/tree.ts'
import type { Blobs } from './blobs.ts'
import { PublishError } from './errors.ts'

export interface RootPolicy {
  /** The policy's own files, looked for in the folder first. */
  readonly trusted: readonly string[]
  /** Files of the commit that the policy is read at, by paths relative to the repository. */
  readonly blobs: (paths: readonly string[]) => Promise<Blobs>
}

const policyLimitBytes = 1 << 20

/** What the folder does not have, such as a key that the policy points at, is read from the root as well. */
export function withRootPolicy(base: Tree, { trusted, blobs }: RootPolicy): Tree {
  let own: Promise<boolean> | undefined
  const hasOwn = (): Promise<boolean> => {
    own ??= Promise.all(trusted.map((path) => base.read(path, policyLimitBytes))).then((found) =>
      found.some((bytes) => bytes !== undefined),
    )
    return own
  }
  return {
    ...base,
    async read(path, limitBytes) {
      const found = await base.read(path, limitBytes)
      if (found !== undefined || (await hasOwn())) return found
      const blob = (await blobs([path])).get(path)
      if (blob && blob.sizeBytes > limitBytes)
        throw new PublishError('refused', `${path} of the base has ${blob.sizeBytes} bytes, at most ${limitBytes} are read`)
      return blob?.bytes()
    },
  }
}
