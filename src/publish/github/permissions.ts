/** What the token may not do: the run goes on without it, and says so once. */
import { isForbidden } from './api.ts'

/** As a workflow's `permissions:` names them. */
export type Grant = 'checks: write' | 'issues: write' | 'pull-requests: write' | 'security-events: write' | 'statuses: write'

export interface Permissions {
  /** Undefined where the token may not; what else goes wrong is thrown. */
  attempt<Result>(grant: Grant, action: () => Promise<Result>): Promise<Result | undefined>
  lack(grant: Grant): void
  readonly missing: ReadonlySet<Grant>
}

export function createPermissions(): Permissions {
  const missing = new Set<Grant>()
  return {
    missing,
    lack: (grant) => void missing.add(grant),
    async attempt(grant, action) {
      if (missing.has(grant)) return undefined
      try {
        return await action()
      } catch (error) {
        if (!isForbidden(error)) throw error
        missing.add(grant)
        return undefined
      }
    },
  }
}

/** Without these nothing can be said on the pull request; the others are a comfort. */
const needed: ReadonlySet<Grant> = new Set(['pull-requests: write', 'statuses: write'])

/** One message for all that is missing; undefined where nothing is that has to be there. */
export function missingMessage(missing: ReadonlySet<Grant>, isFork: boolean): string | undefined {
  if (![...missing].some((grant) => needed.has(grant))) return undefined
  const names = [...missing].sort().map((grant) => `\`${grant}\``)
  const list = names.length === 1 ? names[0] : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
  const way = isFork
    ? 'a pull request from a fork never has more; a second workflow on workflow_run with mode: publish can post this result'
    : `add ${names.length === 1 ? 'it' : 'them'} to the job's permissions`
  return `the token lacks ${list}, so findings are annotations and the job summary alone; ${way}`
}
