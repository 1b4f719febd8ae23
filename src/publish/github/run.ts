/** One run of the Action, from the event to the verdict. */
import type { Gap, Report, Verdict } from '../../findings.ts'
import type { GateResult } from '../../gate/run.ts'
import { verdictOf } from '../../gate/verdict.ts'
import type { HttpClient } from '../../http.ts'
import { besidePolicyFile, policyFile, waiversFile } from '../../policy/read.ts'
import type { Tree } from '../../repo/tree.ts'
import type { RenderContext } from '../../report/renderer.ts'
import { type GitHub, type GitHubAddress, openGitHub } from './api.ts'
import { baseTree } from './base-tree.ts'
import { readBlobs } from './blobs.ts'
import { filesLimit, type PullFile } from './diff.ts'
import { PublishError } from './errors.ts'
import { type CommitEvent, type PullRequestEvent, readEvent } from './event.ts'
import type { ActionInputs } from './inputs.ts'
import { lineLink } from './link.ts'
import { annotateJob, writeFailure, writeOutputs } from './outputs.ts'
import type { Pace } from './patience.ts'
import { createPermissions, missingMessage, type Permissions } from './permissions.ts'
import { prefixOf, relocate } from './place.ts'
import { readPull, readPullFiles } from './pull.ts'
import type { Runner } from './runner.ts'
import { beginStanding, readMark, resumeStanding, type Standing, writeMark } from './standing.ts'
import { tellPull } from './tell.ts'

export interface ActionWorld {
  readonly inputs: ActionInputs
  readonly event: { readonly name: string; readonly payload: unknown; readonly sha?: string; readonly ref?: string }
  readonly address: GitHubAddress
  /** `GITHUB_SERVER_URL`. */
  readonly serverUrl: string
  /** The page of this run, that the status links to. */
  readonly runUrl?: string
  /** `GITHUB_WORKSPACE`. */
  readonly workspace: string
  readonly http: HttpClient
  readonly pace: Pace
  readonly signal: AbortSignal
  readonly runner: Runner
  /** The checked-out tree at the input's path. */
  readonly head: Tree
  /** Judges it, against the base where there is one. */
  readonly judge: (base: Tree | undefined) => Promise<GateResult>
  /** What the renderers know besides the report. */
  readonly context: Omit<RenderContext, 'lines' | 'link'>
}

/** Comments on lines at most, over all runs. */
const commentLimit = 25

/** The job's state, by which its last step finds what this one left pending. */
export const markState = 'mark'

/** Throws UsageError and PublishError after it has told GitHub that nothing was judged. */
export async function runAction(world: ActionWorld): Promise<Verdict> {
  const { event: source, runner } = world
  const event = readEvent(source.name, source.payload, source)
  if (event.kind === 'workflow_run') throw new PublishError('bad-event', 'workflow_run is for mode: publish')
  const prefix = prefixOf(world.inputs.path, world.workspace)
  const github = openGitHub(world.address, event, world)
  const permissions = createPermissions()
  const lasting = openGitHub(world.address, event, { ...world, signal: new AbortController().signal })
  const standing = await beginStanding(event.headSha, { github: lasting, permissions, runUrl: world.runUrl })
  runner.saveState(markState, writeMark(standing.mark))
  try {
    const run: Run = { world, github, permissions, standing, prefix }
    const judged = event.kind === 'pull_request' ? judgePull(event, run) : judgeCommit(event, run)
    const verdict = await unlessAborted(judged, world.signal)
    runner.saveState(markState, '')
    return verdict
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await writeFailure(reason, runner)
    await standing.fail(reason)
    runner.saveState(markState, '')
    throw error
  }
}

/** The last step of the job: what an earlier one left pending was killed, and judged nothing. */
export async function finishLeftover(
  world: Pick<ActionWorld, 'address' | 'http' | 'pace' | 'runUrl'>,
  repository: string,
  state: string,
): Promise<boolean> {
  const mark = readMark(state)
  const [owner, repo] = repository.split('/')
  if (!mark || !owner || !repo) return false
  const github = openGitHub(world.address, { owner, repo }, { ...world, signal: new AbortController().signal })
  const standing = resumeStanding(mark, { github, permissions: createPermissions(), runUrl: world.runUrl })
  await standing.fail('the step was stopped before it had a verdict')
  return true
}

/** Judging may have work in hand that knows no signal; nobody waits for it. */
function unlessAborted<Result>(work: Promise<Result>, signal: AbortSignal): Promise<Result> {
  const { promise, reject } = Promise.withResolvers<never>()
  const stop = (): void => reject(signal.reason)
  if (signal.aborted) stop()
  else signal.addEventListener('abort', stop, { once: true })
  return Promise.race([work, promise]).finally(() => signal.removeEventListener('abort', stop))
}

interface Run {
  readonly world: ActionWorld
  readonly github: GitHub
  readonly permissions: Permissions
  readonly standing: Standing
  readonly prefix: string
}

async function judgePull(event: PullRequestEvent, run: Run): Promise<Verdict> {
  const { world, github, permissions, standing, prefix } = run
  const [pull, files] = await Promise.all([readPull(github, event.number), readPullFiles(github, event.number)])
  const base = baseTree({
    head: world.head,
    files,
    commit: pull.baseSha,
    prefix,
    blobs: (paths) => readBlobs(github, pull.baseSha, paths),
    trusted: [policyFile, besidePolicyFile, waiversFile],
  })
  const { report, lines } = relocate(withGaps(await world.judge(base), gapsOf(pull.changedFiles, files)), prefix)
  const context = contextOf(event, run, lines)
  await writeOutputs(report, context, { inputs: world.inputs, runner: world.runner, directory: world.workspace })
  const { review } = world.inputs
  const telling = { ...run, number: event.number, headSha: event.headSha, files, context, commentLimit }
  const outcome = review === 'none' ? 'told' : await tellPull(report, { ...telling, review })
  if (outcome === 'moved') world.runner.say('the pull request has moved on: its newer run will comment, this one does not')
  await standing.finish(report, context)
  if (standing.mark.kind === 'none' || permissions.missing.size > 0) annotateJob(report, world.runner)
  sayMissing(run, event.isFork)
  return report.verdict
}

async function judgeCommit(event: CommitEvent, run: Run): Promise<Verdict> {
  const { world, standing, prefix } = run
  const { report, lines } = relocate(await world.judge(undefined), prefix)
  const context = contextOf(event, run, lines)
  await writeOutputs(report, context, { inputs: world.inputs, runner: world.runner, directory: world.workspace })
  await standing.finish(report, context)
  if (standing.mark.kind !== 'check-run') annotateJob(report, world.runner)
  sayMissing(run, false)
  return report.verdict
}

function contextOf(event: CommitEvent | PullRequestEvent, { world }: Run, lines: RenderContext['lines']): RenderContext {
  return { ...world.context, lines, link: (location) => lineLink(world.serverUrl, event, location) }
}

/** Beyond what GitHub lists, a file of the base cannot be told from the head's. */
function gapsOf(changedFiles: number, files: readonly PullFile[]): Gap[] {
  if (changedFiles <= files.length) return []
  const message = `the pull request changes ${changedFiles} files, GitHub lists ${files.length} of them (at most ${filesLimit}): the others were not compared with the base`
  return [{ subject: 'pull request', message, locations: [] }]
}

function withGaps({ report, lines }: GateResult, more: readonly Gap[]): GateResult {
  if (more.length === 0) return { report, lines }
  const gaps = [...report.gaps, ...more]
  const reasons = [...(report.verdict === 'pass' ? [] : report.reasons), ...more.map(({ subject, message }) => `${subject}: ${message}`)]
  const changed: Report = {
    ...report,
    verdict: verdictOf(report.findings, gaps),
    reasons,
    gaps,
    summary: { ...report.summary, gaps: gaps.length },
  }
  return { report: changed, lines }
}

function sayMissing({ permissions, world }: Run, isFork: boolean): void {
  const message = missingMessage(permissions.missing, isFork)
  if (message !== undefined) world.runner.annotate({ level: 'warning', title: 'Portcullis could not comment', message })
}
