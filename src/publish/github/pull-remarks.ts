/** What the summaries of a pull request say besides the report. */
import type { Gap } from '../../findings.ts'
import type { BaseFiles } from '../../gate/open-policy.ts'
import type { GateResult } from '../../gate/run.ts'
import type { Tree } from '../../repo/tree.ts'
import type { PullFile } from './diff.ts'
import { withGaps } from './gaps.ts'
import { imagesRemark } from './image-changes.ts'
import { changedNamedPolicies } from './named-policy.ts'
import { notesRemark } from './outputs.ts'
import { changedPolicyFiles, policyRemark, withHeadPolicy } from './policy-change.ts'
import { type Run, trustedFiles } from './run-parts.ts'

/** Paragraphs of Markdown, the most important first. `gaps`: those of the run, which are in `judged` already. */
export async function pullRemarks(
  judged: GateResult,
  gaps: readonly Gap[],
  base: { readonly tree: Tree; readonly files: BaseFiles | undefined; readonly time: number | undefined },
  files: readonly PullFile[],
  run: Run,
): Promise<readonly string[]> {
  const { world, prefix } = run
  const { report } = judged
  const names = world.inputs.call.policy ?? []
  const changed = base.files ? changedNamedPolicies(names, files, run.root) : changedPolicyFiles(files, report, prefix, trustedFiles)
  // A named policy is read from the checkout where no files of the base are handed over.
  const headPolicy = base.files ? base.tree : withHeadPolicy(base.tree, world.head, changed)
  const judgeAgain = async () => withGaps(await world.judge(headPolicy, undefined, base.time), gaps)
  return [
    ...(changed.length > 0 ? [await policyRemark(changed, report, judgeAgain)] : []),
    ...(judged.base ? imagesRemark(judged.base, report) : []),
    ...notesRemark(report),
  ]
}
