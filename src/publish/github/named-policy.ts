/** A policy that the workflow names by its path: read at the base, whatever the change makes of it. */
import { relative, resolve, sep } from 'node:path'
import type { BaseFiles } from '../../gate/open-policy.ts'
import type { Blobs } from './blobs.ts'
import type { PullFile } from './diff.ts'
import { PublishError } from './errors.ts'

/** `blobs`: files of the base's commit, by paths relative to `root`, the checkout. */
export function baseFilesOf(root: string, commit: string, blobs: (paths: readonly string[]) => Promise<Blobs>): BaseFiles {
  const asked = new Map<string, Promise<Blobs>>()
  return {
    root,
    revision: commit,
    async read(path, limitBytes) {
      const answer = asked.get(path) ?? blobs([path])
      asked.set(path, answer)
      const blob = (await answer).get(path)
      if (blob && blob.sizeBytes > limitBytes)
        throw new PublishError('refused', `${path} of the base has ${blob.sizeBytes} bytes, at most ${limitBytes} are read`)
      return blob?.bytes()
    },
  }
}

/** Those of the named policies, relative to the checkout, that the change edits, moves or takes away. */
export function changedNamedPolicies(names: readonly string[], files: readonly PullFile[], root: string): readonly string[] {
  const changed = new Set(files.flatMap(({ path, previousPath }) => (previousPath === undefined ? [path] : [path, previousPath])))
  return names.map((name) => relative(root, resolve(name)).split(sep).join('/')).filter((path) => changed.has(path))
}
