/** What GitHub shows beside the commit, from the start of a run to its end: a check run where the token allows, else a commit status. */
import type { Report } from '../../findings.ts'
import type { RenderContext } from '../../report/renderer.ts'
import { type GitHub, isAbsent, isForbidden } from './api.ts'
import { beginCheckRun, failCheckRun, finishCheckRun } from './check-run.ts'
import type { Permissions } from './permissions.ts'
import { describe, type StatusState, setStatus, stateOf } from './status.ts'

/** Where the verdict of a commit stands; `none` where the token may neither. */
export type Mark =
  | { readonly kind: 'check-run'; readonly sha: string; readonly id: number }
  | { readonly kind: 'none'; readonly sha: string }
  | { readonly kind: 'status'; readonly sha: string }

export interface Standing {
  readonly mark: Mark
  finish(report: Report, context: RenderContext): Promise<void>
  /** For a run that ends without a report: crashed, cancelled or wrongly called. */
  fail(reason: string): Promise<void>
}

export interface StandingOptions {
  /** Not tied to the job's cancellation: a cancelled job has to say that it judged nothing. */
  readonly github: GitHub
  readonly permissions: Permissions
  readonly runUrl: string | undefined
}

/** Pending from here on. */
export async function beginStanding(sha: string, options: StandingOptions): Promise<Standing> {
  const { github, permissions, runUrl } = options
  try {
    return resumeStanding({ kind: 'check-run', sha, id: await beginCheckRun(github, sha, runUrl) }, options)
  } catch (error) {
    if (!isForbidden(error) && !isAbsent(error)) throw error
  }
  const set = await permissions.attempt('statuses: write', async () => {
    await setStatus(github, sha, {
      state: 'pending',
      description: 'judging what this change would put into the cluster',
      targetUrl: runUrl,
    })
    return true
  })
  // One of the two is enough.
  if (!set) permissions.lack('checks: write')
  return resumeStanding({ kind: set ? 'status' : 'none', sha }, options)
}

/** Of an earlier step of this job. */
export function resumeStanding(mark: Mark, { github, permissions, runUrl }: StandingOptions): Standing {
  const set = async (state: StatusState, description: string): Promise<void> => {
    if (mark.kind !== 'status') return
    await permissions.attempt('statuses: write', () => setStatus(github, mark.sha, { state, description, targetUrl: runUrl }))
  }
  return {
    mark,
    async finish(report, context) {
      if (mark.kind === 'check-run') await finishCheckRun(github, mark.id, report, context)
      else await set(stateOf(report), describe(report))
    },
    async fail(reason) {
      const description = `not judged: ${reason}`
      if (mark.kind === 'check-run') await failCheckRun(github, mark.id, description)
      else await set('failure', description)
    },
  }
}

/** What the next step of the job is told of it. */
export function writeMark(mark: Mark): string {
  return JSON.stringify(mark)
}

/** Undefined for what is no mark. */
export function readMark(text: string): Mark | undefined {
  const [, kind, sha, id] = /^\{"kind":"(check-run|status)","sha":"([0-9a-f]{40,64})"(?:,"id":(\d{1,15}))?\}$/.exec(text) ?? []
  if (sha === undefined) return undefined
  if (kind === 'check-run') return id === undefined ? undefined : { kind, sha, id: Number(id) }
  return { kind: 'status', sha }
}
