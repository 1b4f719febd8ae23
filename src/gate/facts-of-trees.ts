import { type ObjectFacts, objectFacts } from '../manifests/object-facts.ts'
import { type TreeFacts, treeFacts } from '../manifests/tree-facts.ts'
import type { Repository } from '../repo/repository.ts'
import { once } from './once.ts'

/** What is looked up of each tree as a whole, once; the trees of a run share what is known of their objects. */
export function factsOfTrees(): (repository: Repository) => Promise<TreeFacts> {
  let own: ObjectFacts | undefined
  return once(async (repository) => {
    own ??= objectFacts()
    return treeFacts(repository, own)
  })
}
