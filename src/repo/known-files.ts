/** Files that two trees share are read once, and their objects are the same in both: a change touches few of a tree's files. */
import { createHash } from 'node:crypto'
import { type FileReading, isJudged } from './file-reading.ts'
import type { KubernetesObject } from './repository.ts'

export interface KnownFiles {
  /** What a file of this name and content gave before, else what `read` gives now: a function of the two alone. */
  reading(path: string, bytes: Uint8Array, read: () => FileReading): FileReading
  /** The object that was made of the same document before, where it is the same. */
  object(made: KubernetesObject): KubernetesObject
}

export function knownFiles(): KnownFiles {
  const readings = new Map<string, FileReading>()
  const objects = new WeakMap<KubernetesObject['root'], KubernetesObject>()
  return {
    reading(path, bytes, read) {
      // No path has a byte of zero.
      const digest = createHash('sha256').update(`${path}\0`).update(bytes).digest('base64')
      const known = readings.get(digest)
      if (known) return known
      const made = read()
      const reading = isJudged(made) ? { ...made, digest } : made
      readings.set(digest, reading)
      return reading
    },
    object(made) {
      const known = objects.get(made.root)
      // What is around it may have changed the namespace that it goes to.
      if (known && known.subject === made.subject && known.namespace === made.namespace && known.file === made.file) return known
      if (!known) objects.set(made.root, made)
      return made
    },
  }
}
