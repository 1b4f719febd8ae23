/** Reads each tree of a run once, and what the base and the head share only for one of them. */
import { knownFiles } from '../repo/known-files.ts'
import { readRepository } from '../repo/read.ts'
import type { Repository } from '../repo/repository.ts'
import type { Tree } from '../repo/tree.ts'
import { once } from './once.ts'
import type { GateRequest } from './request.ts'

export function treeReader({
  answers,
  base,
  reading,
}: Pick<GateRequest, 'answers' | 'base' | 'reading'>): (tree: Tree) => Promise<Repository> {
  const options = base || answers ? { ...reading, known: knownFiles() } : reading
  return once((tree: Tree) => readRepository(tree, options))
}
