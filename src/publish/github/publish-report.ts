/** Tells a pull request what a run outside of GitHub Actions has found: review, summary and status by the same code as the Action's. */
import type { Report } from '../../findings.ts'
import { withEffects } from '../../gate/response-report.ts'
import { demandsOf, type RespondingPolicy, respond } from '../../gate/responses.ts'
import type { RenderContext } from '../../report/renderer.ts'
import type { RespondResult } from '../alerts/respond.ts'
import type { Environment } from '../alerts/variables.ts'
import { type GitHub, type GitHubAddress, openGitHub } from './api.ts'
import { createPermissions, missingMessage, type Permissions } from './permissions.ts'
import { readPullFiles } from './pull.ts'
import { beginStanding } from './standing.ts'
import { commentLimit, tellPull } from './tell.ts'

export interface ReportPublication {
  readonly address: GitHubAddress
  readonly repository: { readonly owner: string; readonly repo: string }
  readonly number: number
  /** The commit that was judged. */
  readonly revision: string
  readonly runUrl?: string
  readonly review: 'comments' | 'none' | 'summary'
  readonly context: RenderContext
  /** Where the judged tree is in the repository. */
  readonly prefix: string
  /** Whose response rules are held against the report, and taken; without it what the report says of them is told, and nothing is done. */
  readonly responding?: RespondingPolicy
  readonly environment?: Environment
  say?(message: string): void
}

/** `read` gives the report; what it throws is told as `not judged`, and thrown on. The clause says what the token may not do. */
export async function publishReport(
  read: () => Promise<Report>,
  publication: ReportPublication,
  world: Parameters<typeof openGitHub>[2],
): Promise<{ readonly report: Report; readonly moved: boolean; readonly missing: string | undefined }> {
  const { address, repository, number, revision, runUrl, review, context } = publication
  const github = openGitHub(address, repository, world)
  const permissions = createPermissions()
  const standing = await beginStanding(revision, { github, permissions, runUrl })
  try {
    const { report, told } = await respondTo(await read(), publication, github, permissions, world)
    const files = review === 'none' ? [] : await readPullFiles(github, number)
    const telling = { ...publication, github, permissions, headSha: revision, files, commentLimit, remarks: [], told }
    const outcome = review === 'none' ? 'told' : await tellPull(report, { ...telling, review })
    await standing.finish(report, context)
    return { report, moved: outcome === 'moved', missing: missingMessage(permissions.missing, false) }
  } catch (error) {
    await standing.fail(error instanceof Error ? error.message : String(error))
    throw error
  }
}

async function respondTo(
  found: Report,
  { responding, repository, number, revision, runUrl, environment = {}, say = () => undefined }: ReportPublication,
  github: GitHub,
  permissions: Permissions,
  { http, pace, signal }: Parameters<typeof openGitHub>[2],
): Promise<RespondResult> {
  if (!responding) return { report: found, told: [] }
  const [{ respondToPull }, { readPull }] = await Promise.all([import('./respond.ts'), import('./pull.ts')])
  const { author } = await readPull(github, number)
  const { report } = respond(withEffects(found, [], []), demandsOf(responding))
  const origin = {
    repository: `${repository.owner}/${repository.repo}`,
    pull: number,
    revision,
    ...(runUrl === undefined ? {} : { url: runUrl }),
  }
  const responder = { github, permissions, http, environment, signal, origin, now: () => new Date(pace.now()), say }
  return respondToPull(report, responding, { number, headSha: revision, ...(author === undefined ? {} : { author }) }, responder)
}
