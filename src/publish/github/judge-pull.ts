/** A pull request, from its event to what it is told. */
import type { Gap, Verdict } from '../../findings.ts'
import type { GateResult } from '../../gate/run.ts'
import type { RespondResult } from '../alerts/respond.ts'
import { checkoutGaps } from './checkout.ts'
import { readCommitTime } from './commit-time.ts'
import { filesLimit, type PullFile } from './diff.ts'
import type { PullRequestEvent } from './event.ts'
import { withGaps } from './gaps.ts'
import { annotateJob, writeOutputs } from './outputs.ts'
import { relocate } from './place.ts'
import { type PullState, readPull, readPullFiles } from './pull.ts'
import { pullRemarks } from './pull-remarks.ts'
import { baseOf, contextOf, finishRun, namedBaseFiles, type Run, responderOf, storeReport, upload } from './run-parts.ts'
import { commentLimit, tellPull } from './tell.ts'

export async function judgePull(event: PullRequestEvent, run: Run): Promise<Verdict> {
  const { world, github, standing, prefix } = run
  const [pull, files] = await Promise.all([readPull(github, event.number), readPullFiles(github, event.number)])
  const base = baseOf(run, { files, commit: pull.baseSha })
  const baseFiles = namedBaseFiles(run, pull.baseSha)
  const [checkout, baseTime] = await Promise.all([
    checkoutGaps(world.head, files, prefix),
    readCommitTime(github, pull.baseSha, world.runner.say),
  ])
  const gaps = [...gapsOf(pull.changedFiles, files), ...checkout]
  const judged = withGaps(await world.judge(base, baseFiles, baseTime), gaps)
  const { report: responded, told } = await respondTo(judged, event, pull, run)
  const { report, lines } = relocate({ ...judged, report: responded }, prefix)
  const context = contextOf(event, run, lines)
  const remarks = await pullRemarks(judged, gaps, { tree: base, files: baseFiles, time: baseTime }, files, run)
  await writeOutputs(report, context, { inputs: world.inputs, runner: world.runner, directory: world.workspace, remarks })
  const { review } = world.inputs
  const telling = {
    ...run,
    number: event.number,
    headSha: event.headSha,
    files,
    context,
    commentLimit: judged.reviewComments ?? commentLimit,
    remarks,
    told,
  }
  const outcome = review === 'none' ? 'told' : await tellPull(report, { ...telling, review })
  if (outcome === 'moved') world.runner.say('the pull request has moved on: its newer run will comment, this one does not')
  await standing.finish(report, context)
  if (outcome !== 'moved') await upload(run, { sha: event.headSha, ref: `refs/pull/${event.number}/head` }, report, context)
  if (outcome === 'forbidden' || standing.mark.kind === 'none') {
    annotateJob(report, context, world.runner)
    await storeReport(run, report, context)
  }
  // Whoever measures is not waited for by who reviews.
  await world.telemetry?.finish(report)
  finishRun(run, event.isFork)
  return report.verdict
}

/** A run that may not write sends nothing either: who publishes its result does. */
async function respondTo(
  { report, responding }: GateResult,
  event: PullRequestEvent,
  { author }: PullState,
  run: Run,
): Promise<RespondResult> {
  if (!responding || event.isFork || run.standing.mark.kind === 'none') return { report, told: [] }
  const { number, headSha } = event
  const { respondToPull } = await import('./respond.ts')
  return respondToPull(
    report,
    responding,
    { number, headSha, ...(author === undefined ? {} : { author }) },
    responderOf(run, headSha, number),
  )
}

/** Beyond what GitHub lists, a file of the base cannot be told from the head's. */
function gapsOf(changedFiles: number, files: readonly PullFile[]): Gap[] {
  if (changedFiles <= files.length) return []
  const message = `the pull request changes ${changedFiles} files, GitHub lists ${files.length} of them (at most ${filesLimit}): the others were not compared with the base`
  return [{ subject: 'pull request', message, locations: [] }]
}
