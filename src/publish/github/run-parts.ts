/** What the runs on pull requests and on commits have in common. */
import type { Report } from '../../findings.ts'
import type { BaseFiles } from '../../gate/open-policy.ts'
import { besidePolicyFile, besideResponsesFile, policyFile, waiversFile } from '../../policy/read.ts'
import type { Tree } from '../../repo/tree.ts'
import { json } from '../../report/json.ts'
import type { RenderContext } from '../../report/renderer.ts'
import type { GitHub } from './api.ts'
import { publishError } from './api.ts'
import { artifactName } from './artifact.ts'
import { storeArtifact } from './artifact-upload.ts'
import { baseTree } from './base-tree.ts'
import { readBlobs } from './blobs.ts'
import { uploadSarif } from './code-scanning.ts'
import type { PullFile } from './diff.ts'
import { lineLink } from './link.ts'
import { baseFilesOf } from './named-policy.ts'
import { missingMessage, type Permissions } from './permissions.ts'
import type { Responder } from './respond.ts'
import { withRootPolicy } from './root-policy.ts'
import type { Standing } from './standing.ts'
import type { ActionWorld } from './world.ts'

export interface Run {
  readonly world: ActionWorld
  readonly github: GitHub
  readonly permissions: Permissions
  readonly standing: Standing
  /** Where the judged tree is in the repository: `''` or `deploy/`. */
  readonly prefix: string
  /** The folder of the checkout. */
  readonly root: string
}

/** Files that decide how a change is judged: from the base, whatever the change does to them. */
export const trustedFiles: readonly string[] = [policyFile, besidePolicyFile, besideResponsesFile, waiversFile]

export function baseOf(
  { world, github, prefix }: Run,
  base: { readonly files: readonly PullFile[]; readonly commit: string; readonly policyCommit?: string },
): Tree {
  const blobs = (commit: string, paths: readonly string[]) => readBlobs(github, commit, paths)
  const tree = baseTree({ ...base, head: world.head, prefix, blobs, trusted: trustedFiles })
  if (prefix === '') return tree
  return withRootPolicy(tree, { trusted: trustedFiles, blobs: (paths) => blobs(base.policyCommit ?? base.commit, paths) })
}

/** Undefined where no policy is named: then it is the base tree's. */
export function namedBaseFiles({ world, github, root }: Run, commit: string): BaseFiles | undefined {
  if ((world.inputs.call.policy ?? []).length === 0) return undefined
  return baseFilesOf(root, commit, (paths) => readBlobs(github, commit, paths))
}

export function contextOf(
  commit: { readonly owner: string; readonly repo: string; readonly headSha: string },
  { world }: Run,
  lines: RenderContext['lines'],
): RenderContext {
  const { serverUrl } = world
  return { ...world.context, lines, ...(serverUrl && { link: (location) => lineLink(serverUrl, commit, location) }) }
}

/** Who takes what response rules ask for; `url`: the page that it is about. */
export function responderOf({ world, github, permissions }: Run, revision: string, pull?: number): Responder {
  const { http, signal, runner, serverUrl, runUrl, environment = {} } = world
  const { owner, repo } = github
  const page = pull === undefined ? runUrl : serverUrl && `${serverUrl}/${owner}/${repo}/pull/${pull}`
  return {
    ...{ github, permissions, http, environment, signal },
    now: () => new Date(world.pace.now()),
    origin: { repository: `${owner}/${repo}`, revision, ...(pull === undefined ? {} : { pull }), ...(page && { url: page }) },
    say: runner.say,
  }
}

/** The verdict does not hang on it: what code scanning refuses is said, and no more. */
export async function upload(
  { github, permissions, world }: Run,
  commit: { readonly sha: string; readonly ref: string },
  report: Report,
  context: RenderContext,
): Promise<void> {
  try {
    const outcome = await uploadSarif(github, commit, report, context)
    if (outcome === 'forbidden') permissions.lack('security-events: write')
    if (outcome === 'too-large') world.runner.say('the findings are too many for code scanning: nothing was uploaded')
  } catch (error) {
    world.runner.say(publishError('code scanning did not take the findings', error).message)
  }
}

/** For the workflow that may write: what this one could not say. */
export async function storeReport({ world }: Run, report: Report, context: RenderContext): Promise<void> {
  if (!world.results) return
  try {
    const content = Buffer.from([...json(report, context)].join(''))
    await storeArtifact(world.results, world.http, artifactName, 'report.json', content)
    world.runner.say(`the report is stored as the artifact ${artifactName}`)
  } catch (error) {
    world.runner.say(`the report could not be stored: ${error instanceof Error ? error.message : String(error)}`)
  }
}

export function finishRun({ permissions, world }: Run, isFork: boolean): void {
  const message = missingMessage(permissions.missing, isFork)
  if (message !== undefined) world.runner.annotate({ level: 'warning', title: 'Portcullis could not comment', message })
}
