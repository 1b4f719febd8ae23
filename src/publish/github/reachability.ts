/** What a change opens and closes in the cluster's network, drawn for the summary. */
import { contextOf } from '../../manifests/context.ts'
import { changeOf } from '../../manifests/reachability/changes.ts'
import { diagramOf } from '../../manifests/reachability/diagram.ts'
import { type Reachability, reachabilityOf } from '../../manifests/reachability/reachability.ts'
import { readRepository } from '../../repo/read.ts'
import type { Tree } from '../../repo/tree.ts'
import { markdownFence } from '../../report/escape.ts'
import type { PullFile } from './diff.ts'

/** Both trees are read for it once more: a large one is not. */
const mostFiles = 2000
/** Characters. The summary has findings to tell. */
const diagramLimit = 12_000

/** Markdown; undefined where nothing opens or closes, and where the change has no manifest. */
export async function reachabilityRemark(base: Tree, head: Tree, files: readonly PullFile[]): Promise<string | undefined> {
  if (!files.some(({ path, previousPath = path }) => [path, previousPath].some((each) => /\.(?:json|tpl|ya?ml)$/i.test(each))))
    return undefined
  if ((await head.files()).length > mostFiles) return undefined
  const [before, after] = await Promise.all([base, head].map(reachabilityIn))
  if (!before || !after) return undefined
  const change = changeOf(before, after)
  const count = change.added.length + change.removed.length
  if (count === 0) return undefined
  const title = `${change.added.length} ${change.added.length === 1 ? 'path' : 'paths'} opened, ${change.removed.length} closed`
  const diagram = diagramOf(change)
  if (diagram.length > diagramLimit) return `<sub>Network: ${title}; too many to draw.</sub>`
  return `<details>\n<summary>Network: ${title}</summary>\n\n${markdownFence('mermaid', diagram)}\n\n</details>`
}

async function reachabilityIn(tree: Tree): Promise<Reachability> {
  const { pods, objectsOf } = contextOf(await readRepository(tree), {})
  return reachabilityOf(pods, objectsOf)
}
