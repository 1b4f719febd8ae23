/**
 * `mode: publish`: tells a pull request from a fork what its own run, which may only read, has found. This runs with rights and judges nothing: all that
 * it knows of the commit and of the pull request is GitHub's own record, and the report is read as somebody else's words.
 */
import { posix } from 'node:path'
import type { Report, Verdict } from '../../findings.ts'
import { demandsOf, inFolder, respond } from '../../gate/responses.ts'
import type { RespondResult } from '../alerts/respond.ts'
import { type GitHub, openGitHub, publishError } from './api.ts'
import { artifactName, readReportArtifact } from './artifact.ts'
import { readBlobs } from './blobs.ts'
import type { PullFile } from './diff.ts'
import { PublishError } from './errors.ts'
import type { WorkflowRunEvent } from './event.ts'
import { writeFailure, writeOutputs } from './outputs.ts'
import { isSha } from './payload.ts'
import { createPermissions } from './permissions.ts'
import { type PullState, readPull, readPullFiles } from './pull.ts'
import { readReport } from './report-schema.ts'
import { contextOf, finishRun, type Run, responderOf } from './run-parts.ts'
import { beginStanding } from './standing.ts'
import { commentLimit, tellPull } from './tell.ts'
import type { ActionWorld } from './world.ts'

/** Undefined where there is no open pull request at that commit any more. Throws PublishError. */
export async function publishRun(event: WorkflowRunEvent, world: ActionWorld): Promise<Verdict | undefined> {
  const github = openGitHub(world.address, event, world)
  const { number, headSha } = (await pullOfRun(github, event.runId)) ?? {}
  if (number === undefined || headSha === undefined) {
    world.runner.say('the pull request of this run is closed or has moved on: nothing is published')
    return undefined
  }
  const permissions = createPermissions()
  const lasting = openGitHub(world.address, event, { ...world, signal: new AbortController().signal })
  const standing = await beginStanding(headSha, { github: lasting, permissions, runUrl: world.runUrl })
  try {
    const [pull, files] = await Promise.all([readPull(github, number), readPullFiles(github, number)])
    demandUntouchedWorkflow(pull.changedFiles, files)
    const found = readReport(await readReportArtifact(github, event.runId))
    const run: Run = { world, github, permissions, standing, prefix: '', root: world.workspace }
    const { report, told } = await respondTo(found, pull, { number, headSha }, run)
    const lines = await linesOf(github, pull.mergeSha ?? headSha, report, files)
    const context = contextOf({ ...event, headSha }, run, lines)
    await writeOutputs(report, context, { inputs: world.inputs, runner: world.runner, directory: world.workspace })
    const { review } = world.inputs
    if (review !== 'none') await tellPull(report, { ...run, number, headSha, files, context, review, commentLimit, remarks: [], told })
    await standing.finish(report, context)
    finishRun(run, false)
    return report.verdict
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    await writeFailure(reason, world.runner)
    await standing.fail(reason)
    throw error
  }
}

/** By the rules of the base alone: what the report says of responses is somebody else's word. */
async function respondTo(
  found: Report,
  { baseSha, author }: PullState,
  pull: { readonly number: number; readonly headSha: string },
  run: Run,
): Promise<RespondResult> {
  const { github, world } = run
  const [{ policyAt }, { withEffects }, { respondToPull }] = await Promise.all([
    import('./policy-at.ts'),
    import('../../gate/response-report.ts'),
    import('./respond.ts'),
  ])
  const folder = posix.normalize(world.inputs.path).replace(/(?<=.)\/$/u, '')
  const { responses, enforcement } = await policyAt(github, baseSha, { names: world.inputs.call.policy ?? [], folder })
  const bare = withEffects(found, [], [])
  if (!responses) return { report: bare, told: [] }
  const policy = inFolder({ responses, enforcement }, folder)
  const decided = respond(bare, demandsOf(policy)).report
  return respondToPull(
    decided,
    policy,
    { ...pull, ...(author === undefined ? {} : { author }) },
    responderOf(run, pull.headSha, pull.number),
  )
}

/** By GitHub's record of the run. It names no pull request for forks: the branch that the run was started for does. */
async function pullOfRun(github: GitHub, runId: number): Promise<{ readonly number: number; readonly headSha: string } | undefined> {
  const { octokit, owner, repo } = github
  const { data: run } = await octokit
    .request('GET /repos/{owner}/{repo}/actions/runs/{run_id}', { owner, repo, run_id: runId })
    .catch((error: unknown) => {
      throw publishError(`run ${runId} could not be read`, error)
    })
  const { head_sha: headSha, head_branch: branch, head_repository: head } = run
  if (run.event !== 'pull_request') throw new PublishError('bad-event', `run ${runId} was started by ${run.event}, expected pull_request`)
  if (run.status !== 'completed') throw new PublishError('bad-event', `run ${runId} is ${run.status}, expected completed`)
  // The repository is gone when the fork was deleted.
  if (!isSha(headSha) || !branch || !head) return undefined
  const pulls = await octokit
    .paginate('GET /repos/{owner}/{repo}/pulls', { owner, repo, state: 'open', head: `${head.owner.login}:${branch}`, per_page: 100 })
    .catch((error: unknown) => {
      throw publishError(`the pull requests of ${head.owner.login}:${branch} could not be listed`, error)
    })
  const same = pulls.filter((pull) => pull.head.sha === headSha && pull.head.repo?.full_name === head.full_name)
  if (same.length > 1)
    throw new PublishError('bad-event', `${same.length} pull requests have the head of run ${runId}: a report is of one base`)
  const [pull] = same
  return pull && { number: pull.number, headSha }
}

/** A pull request that changes the workflow has written its own judge. */
function demandUntouchedWorkflow(changedFiles: number, files: readonly PullFile[]): void {
  const touched = files.find(({ path, previousPath }) => [path, previousPath].some((each) => each?.startsWith('.github/')))
  if (touched)
    throw new PublishError(
      'untrusted-artifact',
      `the pull request changes ${touched.path}: its ${artifactName} is not trusted, a maintainer has to run the check`,
    )
  if (changedFiles > files.length)
    throw new PublishError(
      'untrusted-artifact',
      `the pull request changes ${changedFiles} files, more than GitHub lists: whether it changes its own workflow cannot be told`,
    )
}

/** The judged text of the files that can have comments: the commit that the checkout of a pull request makes, or its head. */
async function linesOf(
  github: GitHub,
  commit: string,
  report: Report,
  files: readonly PullFile[],
): Promise<(file: string) => readonly string[]> {
  const changed = new Set(files.filter(({ patch }) => patch).map(({ path }) => path))
  const named = new Set(report.findings.flatMap(({ locations }) => locations.map(({ file }) => file)))
  const blobs = await readBlobs(
    github,
    commit,
    [...named].filter((file) => changed.has(file)),
  )
  const lines = new Map<string, readonly string[]>()
  for (const [file, blob] of blobs)
    if (blob)
      lines.set(
        file,
        Buffer.from(await blob.bytes())
          .toString()
          .split(/\r?\n/),
      )
  return (file) => lines.get(file) ?? []
}
