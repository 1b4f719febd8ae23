/** Reads each tree of a run once, and what the base and the head share only for one of them. */
import { type KnownFiles, knownFiles } from '../repo/known-files.ts'
import { readRepository } from '../repo/read.ts'
import type { Repository } from '../repo/repository.ts'
import type { Tree } from '../repo/tree.ts'
import { once } from './once.ts'
import type { GateRequest } from './request.ts'

export interface TreeReader {
  readonly read: (tree: Tree) => Promise<Repository>
  /** Git's name of what was read from the head under this path; undefined where that is not known. */
  blobOf(path: string): string | undefined
}

export function treeReader({ answers, base, reading, tree: head }: Pick<GateRequest, 'answers' | 'base' | 'reading' | 'tree'>): TreeReader {
  let known: KnownFiles | undefined
  const options = once(async () => {
    if (base || answers) known = knownFiles(base && (await blobLengthOf(base)))
    return { ...reading, ...(known && { known }) }
  })
  const read = once(async (tree: Tree) => {
    // What the base has of it, and git has a name for, is then not read at all.
    if (tree !== head) await read(head)
    return readRepository(tree, await options(undefined))
  })
  return {
    read,
    blobOf: (path) => known?.blobOf(head, path),
  }
}

/** Undefined where the tree does not know git's names. */
async function blobLengthOf(tree: Tree): Promise<number | undefined> {
  if (!tree.blobOf) return undefined
  try {
    for (const { path } of await tree.files()) {
      const blob = tree.blobOf(path)
      if (blob !== undefined) return blob.length
    }
  } catch {
    // Whoever reads the tree says what is wrong with it.
  }
  return undefined
}
