/** What the summaries of a pull request say besides the report. */
import type { Gap } from '../../findings.ts'
import type { GateResult } from '../../gate/run.ts'
import type { Tree } from '../../repo/tree.ts'
import type { PullFile } from './diff.ts'
import { withGaps } from './gaps.ts'
import { imagesRemark } from './image-changes.ts'
import { notesRemark } from './outputs.ts'
import { changedPolicyFiles, policyRemark, withHeadPolicy } from './policy-change.ts'
import { type Run, trustedFiles } from './run-parts.ts'

/** Paragraphs of Markdown, the most important first. `gaps`: those of the run, which are in `judged` already. */
export async function pullRemarks(
  judged: GateResult,
  gaps: readonly Gap[],
  base: Tree,
  files: readonly PullFile[],
  run: Run,
): Promise<readonly string[]> {
  const { world, prefix } = run
  const { report } = judged
  const changed = changedPolicyFiles(files, report, prefix, trustedFiles)
  const judgeAgain = async () => withGaps(await world.judge(withHeadPolicy(base, world.head, changed)), gaps)
  return [
    ...(changed.length > 0 ? [await policyRemark(changed, report, judgeAgain)] : []),
    ...(judged.base ? imagesRemark(judged.base, report) : []),
    ...notesRemark(report),
  ]
}
