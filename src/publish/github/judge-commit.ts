/** A commit without a pull request: of a branch, a merge queue, a schedule or a call by hand. */
import { type Gap, quote, type Report, type Verdict } from '../../findings.ts'
import type { GateResult } from '../../gate/run.ts'
import { readChanges } from './changes.ts'
import { readCommitTime } from './commit-time.ts'
import { PublishError } from './errors.ts'
import type { CommitEvent } from './event.ts'
import { withGaps } from './gaps.ts'
import { annotateJob, notesRemark, writeOutputs } from './outputs.ts'
import { relocate } from './place.ts'
import { tipOf } from './pull.ts'
import { baseOf, contextOf, finishRun, namedBaseFiles, type Run, responderOf, upload } from './run-parts.ts'

export async function judgeCommit(event: CommitEvent, run: Run): Promise<Verdict> {
  const { world, github, standing, prefix } = run
  const compared = await comparisonOf(event, run)
  const changes = compared && (await readChanges(github, compared.base, event.headSha))
  if (compared && !changes) {
    // Judged alone it would be judged by the policy of its own tree.
    if (compared.policy !== event.headSha)
      throw new PublishError('refused', `commit ${compared.base.slice(0, 12)}, the base of this one, cannot be listed`)
    world.runner.say(`commit ${compared.base.slice(0, 12)} is gone: all findings count as new`)
  }
  const base = compared && changes && baseOf(run, { files: changes.files, commit: compared.base, policyCommit: compared.policy })
  const gaps: Gap[] = changes?.isComplete === false ? [{ subject: 'commit', message: cut, locations: [] }] : []
  const baseFiles = compared && compared.policy !== event.headSha ? namedBaseFiles(run, compared.policy) : undefined
  const baseTime = compared && changes && (await readCommitTime(github, compared.base, world.runner.say))
  const judged = await world.judge(base, baseFiles, baseTime)
  const whole = withGaps(judged, gaps)
  const { report, lines } = relocate({ ...whole, report: await respondTo(whole, event, run) }, prefix)
  const context = contextOf(event, run, lines)
  await writeOutputs(report, context, {
    inputs: world.inputs,
    runner: world.runner,
    directory: world.workspace,
    remarks: notesRemark(report),
  })
  await standing.finish(report, context)
  if (event.ref?.startsWith('refs/heads/') && !event.isQueued) await upload(run, { sha: event.headSha, ref: event.ref }, report, context)
  if (standing.mark.kind !== 'check-run') annotateJob(report, context, world.runner)
  // Whoever measures is not waited for by who reviews.
  await world.telemetry?.finish(report)
  finishRun(run, false)
  return report.verdict
}

/** Of another branch, and of a merge queue, the pull request's run has said it. */
async function respondTo({ report, responding }: GateResult, { ref, defaultBranch, headSha }: CommitEvent, run: Run): Promise<Report> {
  if (!responding || defaultBranch === undefined || ref !== `refs/heads/${defaultBranch}`) return report
  const { respondToCommit } = await import('./respond.ts')
  return (await respondToCommit(report, responding, responderOf(run, headSha))).report
}

const cut = 'GitHub cut the list of files: the commit was not compared with its base as a whole'

interface Comparison {
  readonly base: string
  /** Where the policy is read. */
  readonly policy: string
}

/** Undefined where the whole tree is judged by its own policy: the default branch, at no change in particular. */
async function comparisonOf(
  { baseSha, headSha, ref, defaultBranch, isQueued }: CommitEvent,
  { github }: Run,
): Promise<Comparison | undefined> {
  if (isQueued && baseSha) return { base: baseSha, policy: baseSha }
  // What was pushed to the default branch is merged: its policy is in force.
  if (defaultBranch === undefined || ref === `refs/heads/${defaultBranch}`)
    return baseSha === undefined ? undefined : { base: baseSha, policy: headSha }
  // Another branch nobody has reviewed: it is held against the default branch, as its pull request would be, and never judged by its own policy.
  const tip = await tipOf(github, defaultBranch)
  if (tip === undefined) throw new PublishError('refused', `the default branch ${quote(defaultBranch)} has no commit to compare with`)
  return { base: tip, policy: tip }
}
