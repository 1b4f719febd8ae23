/** What GitHub shows beside the commit, from the start of a run to its end: never left pending. */
import type { Report } from '../../findings.ts'
import type { GitHub } from './api.ts'
import type { Permissions } from './permissions.ts'
import { describe, type StatusState, setStatus, stateOf } from './status.ts'

export interface Standing {
  begin(): Promise<void>
  finish(report: Report): Promise<void>
  /** For a run that ends without a report: crashed, cancelled or wrongly called. */
  fail(reason: string): Promise<void>
}

export function commitStanding(github: GitHub, sha: string, permissions: Permissions, targetUrl: string | undefined): Standing {
  const set = async (state: StatusState, description: string): Promise<void> => {
    await permissions.attempt('statuses: write', () => setStatus(github, sha, { state, description, ...(targetUrl && { targetUrl }) }))
  }
  return {
    begin: () => set('pending', 'judging what this change would put into the cluster'),
    finish: (report) => set(stateOf(report), describe(report)),
    fail: (reason) => set('failure', `not judged: ${reason}`),
  }
}
