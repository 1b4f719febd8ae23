/** One run of the Action, from the event to the verdict. */
import { resolve } from 'node:path'
import type { Verdict } from '../../findings.ts'
import { openGitHub } from './api.ts'
import { PublishError } from './errors.ts'
import { readEvent } from './event.ts'
import { judgeCommit } from './judge-commit.ts'
import { judgePull } from './judge-pull.ts'
import { writeFailure } from './outputs.ts'
import { createPermissions } from './permissions.ts'
import { checkoutOf, prefixOf } from './place.ts'
import type { Run } from './run-parts.ts'
import { beginStanding, readMark, resumeStanding, writeMark } from './standing.ts'
import type { ActionWorld } from './world.ts'

/** The job's state, by which its last step finds what this one left pending. */
export const markState = 'mark'

/** Undefined where there was nothing to judge and to publish. Throws UsageError and PublishError after it has told GitHub that nothing was judged. */
export async function runAction(world: ActionWorld): Promise<Verdict | undefined> {
  const { event: source, runner } = world
  const event = readEvent(source.name, source.payload, source)
  const { mode } = world.inputs
  if (event.kind === 'workflow_run') {
    if (mode !== 'publish')
      throw new PublishError('bad-event', 'a workflow on workflow_run has rights and must judge nothing: set mode: publish')
    return (await import('./publish.ts')).publishRun(event, world)
  }
  if (event.kind === 'review_comment') return (await import('./answer-comments.ts')).answerComments(event, world)
  if (mode === 'publish') throw new PublishError('bad-event', `mode: publish is for workflow_run, this is ${source.name}`)
  const prefix = prefixOf(world.inputs.path, world.workspace)
  const github = openGitHub(world.address, event, world)
  const permissions = createPermissions()
  const lasting = openGitHub(world.address, event, { ...world, signal: new AbortController().signal })
  const standing = await beginStanding(event.headSha, { github: lasting, permissions, runUrl: world.runUrl })
  runner.saveState(markState, writeMark(standing.mark))
  try {
    const root = checkoutOf(resolve(world.workspace, world.inputs.path), world.workspace)
    const run: Run = { world, github, permissions, standing, prefix, root }
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
