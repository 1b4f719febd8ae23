/** GitHub's REST routes that a gate calls, with the refusals that GitHub has for each. https://docs.github.com/en/rest */
import { gunzipSync } from 'node:zlib'
import {
  checkRunShape,
  commitShape,
  fileShape,
  issueCommentShape,
  pullShape,
  repositoryShape,
  reviewCommentShape,
  reviewShape,
  runShape,
  statusShape,
  uploadShape,
  userShape,
} from './shapes.ts'
import {
  type Actor,
  blobSha,
  type CheckRun,
  filesAt,
  filesOf,
  history,
  type Level,
  type Permission,
  type Pull,
  type Repository,
  type ReviewComment,
  type Thread,
} from './state.ts'

export const bodyLimit = 65_536

export class Refusal extends Error {
  readonly status: number
  readonly errors: readonly unknown[] | undefined
  readonly headers: Readonly<Record<string, string>>
  constructor(status: number, message: string, errors?: readonly unknown[], headers: Readonly<Record<string, string>> = {}) {
    super(message)
    this.status = status
    this.errors = errors
    this.headers = headers
  }
}

export interface Call {
  readonly api: string
  readonly repository: Repository
  readonly actor: Actor
  readonly query: URLSearchParams
  readonly accept: string
  readonly body: Record<string, unknown>
  readonly params: readonly string[]
  readonly nextId: () => number
}

export interface Answer {
  readonly status: number
  readonly body: unknown
  readonly raw?: Buffer
  readonly location?: string
}

export interface Route {
  readonly method: string
  /** The path below `/repos/OWNER/NAME`, by OpenAPI's name. */
  readonly path: string
  readonly needs: readonly [Permission, Level][]
  readonly answer: (call: Call) => Answer | Page
}

/** A list that the server cuts into pages. */
export interface Page {
  readonly items: readonly unknown[]
  /** Where the list is not the whole answer. */
  readonly wrap?: (items: readonly unknown[]) => unknown
}

export const ok = (body: unknown): Answer => ({ status: 200, body })
export const created = (body: unknown): Answer => ({ status: 201, body })

export const routes: readonly Route[] = [
  { method: 'GET', path: '', needs: [], answer: ({ api, repository }) => ok(repositoryShape(api, repository.owner, repository.name)) },
  {
    method: 'GET',
    path: '/pulls/{pull_number}',
    needs: [['pull_requests', 'read']],
    answer: (call) => ok(pullShape(call.api, call.repository, pullOf(call))),
  },
  {
    method: 'GET',
    path: '/pulls',
    needs: [['pull_requests', 'read']],
    answer: (call) => ({
      items: [...call.repository.pulls.values()]
        .filter((pull) => pull.state === 'open')
        .filter((pull) => !call.query.has('head') || `${pull.head.repository.split('/')[0]}:${pull.head.branch}` === call.query.get('head'))
        .map((pull) => pullShape(call.api, call.repository, pull)),
    }),
  },
  {
    method: 'GET',
    path: '/pulls/{pull_number}/files',
    needs: [['pull_requests', 'read']],
    answer: (call) => ({
      items: filesOf(call.repository, pullOf(call)).map((file) => fileShape(call.api, call.repository, pullOf(call), file)),
    }),
  },
  {
    method: 'GET',
    path: '/pulls/{pull_number}/comments',
    needs: [['pull_requests', 'read']],
    answer: (call) => ({
      items: pullOf(call).threads.flatMap((thread) =>
        thread.comments.map((comment) => reviewCommentShape(call.api, call.repository, pullOf(call), thread, comment)),
      ),
    }),
  },
  {
    method: 'GET',
    path: '/pulls/{pull_number}/reviews',
    needs: [['pull_requests', 'read']],
    answer: (call) => ({
      items: pullOf(call).reviews.map((review) => reviewShape(call.api, call.repository, pullOf(call), review)),
    }),
  },
  { method: 'POST', path: '/pulls/{pull_number}/reviews', needs: [['pull_requests', 'write']], answer: createReview },
  { method: 'POST', path: '/pulls/{pull_number}/comments', needs: [['pull_requests', 'write']], answer: createReviewComment },
  {
    method: 'POST',
    path: '/pulls/{pull_number}/comments/{comment_id}/replies',
    needs: [['pull_requests', 'write']],
    answer: (call) => {
      const pull = pullOf(call)
      const thread = pull.threads.find((candidate) => candidate.comments[0]?.id === Number(call.params[1]))
      if (!thread) throw new Refusal(404, 'Not Found')
      const comment = addComment(call, thread, textOf(call.body, 'body', 'PullRequestReviewComment'), 0)
      return created(reviewCommentShape(call.api, call.repository, pull, thread, comment))
    },
  },
  {
    method: 'PATCH',
    path: '/pulls/comments/{comment_id}',
    needs: [['pull_requests', 'write']],
    answer: (call) => {
      for (const pull of call.repository.pulls.values()) {
        for (const thread of pull.threads) {
          const comment = thread.comments.find((candidate) => candidate.id === Number(call.params[0]))
          if (!comment) continue
          comment.body = textOf(call.body, 'body', 'PullRequestReviewComment')
          return ok(reviewCommentShape(call.api, call.repository, pull, thread, comment))
        }
      }
      throw new Refusal(404, 'Not Found')
    },
  },
  {
    method: 'GET',
    path: '/issues/{issue_number}/comments',
    needs: [['pull_requests', 'read']],
    answer: (call) => ({
      items: pullOf(call).comments.map((comment) => issueCommentShape(call.api, call.repository, pullOf(call), comment)),
    }),
  },
  {
    method: 'POST',
    path: '/issues/{issue_number}/comments',
    needs: [['pull_requests', 'write']],
    answer: (call) => {
      const pull = pullOf(call)
      const id = call.nextId()
      const comment = { id, nodeId: `IC_${id}`, author: call.actor.login, body: textOf(call.body, 'body', 'IssueComment') }
      pull.comments.push(comment)
      return created(issueCommentShape(call.api, call.repository, pull, comment))
    },
  },
  {
    method: 'PATCH',
    path: '/issues/comments/{comment_id}',
    needs: [['pull_requests', 'write']],
    answer: (call) => {
      for (const pull of call.repository.pulls.values()) {
        const comment = pull.comments.find((candidate) => candidate.id === Number(call.params[0]))
        if (!comment) continue
        comment.body = textOf(call.body, 'body', 'IssueComment')
        return ok(issueCommentShape(call.api, call.repository, pull, comment))
      }
      throw new Refusal(404, 'Not Found')
    },
  },
  {
    method: 'DELETE',
    path: '/pulls/comments/{comment_id}',
    needs: [['pull_requests', 'write']],
    answer: (call) => {
      for (const pull of call.repository.pulls.values()) {
        for (const thread of pull.threads) {
          const index = thread.comments.findIndex((candidate) => candidate.id === Number(call.params[0]))
          if (index < 0) continue
          thread.comments.splice(index, 1)
          if (thread.comments.length === 0) pull.threads.splice(pull.threads.indexOf(thread), 1)
          return { status: 204, body: undefined }
        }
      }
      throw new Refusal(404, 'Not Found')
    },
  },
  {
    method: 'DELETE',
    path: '/issues/comments/{comment_id}',
    needs: [['pull_requests', 'write']],
    answer: (call) => {
      for (const pull of call.repository.pulls.values()) {
        const index = pull.comments.findIndex((candidate) => candidate.id === Number(call.params[0]))
        if (index < 0) continue
        pull.comments.splice(index, 1)
        return { status: 204, body: undefined }
      }
      throw new Refusal(404, 'Not Found')
    },
  },
  { method: 'POST', path: '/statuses/{sha}', needs: [['statuses', 'write']], answer: createStatus },
  {
    method: 'GET',
    path: '/commits/{ref}/statuses',
    needs: [['statuses', 'read']],
    answer: (call) => ({
      items: call.repository.statuses
        .filter((status) => status.sha === call.params[0])
        .map((status) => statusShape(call.api, call.repository, status))
        .reverse(),
    }),
  },
  { method: 'POST', path: '/check-runs', needs: [['checks', 'write']], answer: createCheckRun },
  { method: 'PATCH', path: '/check-runs/{check_run_id}', needs: [['checks', 'write']], answer: updateCheckRun },
  {
    method: 'GET',
    path: '/commits/{ref}/check-runs',
    needs: [['checks', 'read']],
    answer: (call) => ({
      items: call.repository.checkRuns
        .filter((run) => run.sha === call.params[0])
        .filter((run) => !call.query.has('check_name') || run.name === call.query.get('check_name'))
        .map((run) => checkRunShape(call.api, call.repository, run)),
      wrap: (items) => ({ total_count: items.length, check_runs: items }),
    }),
  },
  { method: 'GET', path: '/contents/{path}', needs: [['contents', 'read']], answer: readContents },
  {
    method: 'GET',
    path: '/git/trees/{tree_sha}',
    needs: [['contents', 'read']],
    answer: (call) => {
      const commit = call.repository.commits.get(call.params[0] ?? '')
      if (!commit) throw new Refusal(404, 'Not Found')
      const tree = [...commit.files].map(([path, bytes]) => ({
        path,
        mode: '100644',
        type: 'blob',
        sha: blobSha(bytes),
        size: bytes.byteLength,
        url: `${call.api}/blob`,
      }))
      const shown = tree.slice(0, call.repository.treeLimit)
      return ok({ sha: commit.sha, url: `${call.api}/tree`, tree: shown, truncated: shown.length < tree.length })
    },
  },
  {
    method: 'GET',
    path: '/git/commits/{commit_sha}',
    needs: [['contents', 'read']],
    answer: (call) => {
      const commit = call.repository.commits.get(call.params[0] ?? '')
      if (!commit) throw new Refusal(404, 'Not Found')
      return ok(commitShape(call.api, call.repository, commit))
    },
  },
  {
    method: 'GET',
    path: '/git/ref/{ref}',
    needs: [['contents', 'read']],
    answer: (call) => {
      const ref = call.params[0] ?? ''
      const sha = call.repository.branches.get(ref.replace(/^heads\//, ''))
      if (!sha) throw new Refusal(404, 'Not Found')
      const url = `${call.api}/repos/${call.repository.owner}/${call.repository.name}/git/refs/${ref}`
      return ok({ ref: `refs/${ref}`, node_id: 'REF_1', url, object: { type: 'commit', sha, url } })
    },
  },
  { method: 'POST', path: '/code-scanning/sarifs', needs: [['security_events', 'write']], answer: uploadSarif },
  {
    method: 'GET',
    path: '/commits/{commit_sha}/pulls',
    needs: [['pull_requests', 'read']],
    answer: (call) => ({
      items: [...call.repository.pulls.values()]
        .filter((pull) => history(call.repository, pull.head.sha).includes(call.params[0] ?? ''))
        .map((pull) => pullShape(call.api, call.repository, pull)),
    }),
  },
  {
    method: 'GET',
    path: '/actions/runs/{run_id}',
    needs: [['actions', 'read']],
    answer: (call) => ok(runShape(call.api, call.repository, runOf(call), pullsOf(call))),
  },
  {
    method: 'GET',
    path: '/actions/runs/{run_id}/artifacts',
    needs: [['actions', 'read']],
    answer: (call) => ({
      items: runOf(call)
        .artifacts.filter(({ name }) => !call.query.has('name') || name === call.query.get('name'))
        .map((artifact) => ({
          id: artifact.id,
          node_id: `A_${artifact.id}`,
          name: artifact.name,
          size_in_bytes: artifact.zip.byteLength,
          url: `${call.api}/artifacts/${artifact.id}`,
          archive_download_url: `${call.api}/artifacts/${artifact.id}/zip`,
          expired: artifact.expired,
          created_at: null,
          expires_at: null,
          updated_at: null,
        })),
      wrap: (items) => ({ total_count: items.length, artifacts: items }),
    }),
  },
  {
    method: 'GET',
    path: '/actions/artifacts/{artifact_id}/{archive_format}',
    needs: [['actions', 'read']],
    answer: (call) => ({ status: 302, body: '', location: `${call.api.replace('127.0.0.1', 'localhost')}/storage/${call.params[0]}` }),
  },
  {
    method: 'GET',
    path: '/collaborators/{username}/permission',
    needs: [],
    answer: (call) => {
      const permission = call.repository.collaborators.get(call.params[0] ?? '') ?? 'none'
      return ok({ permission, role_name: permission, user: { ...userShape(call.api, call.params[0] ?? ''), role_name: permission } })
    },
  },
]

export function pullOf(call: Call): Pull {
  const pull = call.repository.pulls.get(Number(call.params[0]))
  if (!pull) throw new Refusal(404, 'Not Found')
  return pull
}

function runOf(call: Call) {
  const run = call.repository.runs.get(Number(call.params[0]))
  if (!run) throw new Refusal(404, 'Not Found')
  return run
}

/** GitHub names the pull requests of runs from the same repository alone; for forks the list is empty. */
function pullsOf(call: Call): Pull[] {
  const run = runOf(call)
  if (run.headRepository !== `${call.repository.owner}/${call.repository.name}`) return []
  return [...call.repository.pulls.values()].filter((pull) => pull.head.sha === run.headSha)
}

export function textOf(body: Record<string, unknown>, field: string, resource: string): string {
  const text = body[field]
  if (typeof text !== 'string' || text.trim() === '')
    throw new Refusal(422, 'Validation Failed', [{ resource, code: 'missing_field', field }])
  if ([...text].length > bodyLimit) {
    throw new Refusal(422, 'Validation Failed', [
      { resource, code: 'unprocessable', field: 'data', message: `Body is too long (maximum is ${bodyLimit} characters)` },
    ])
  }
  return text
}

function createReview(call: Call): Answer {
  const pull = pullOf(call)
  const commit = typeof call.body.commit_id === 'string' ? call.body.commit_id : pull.head.sha
  if (!call.repository.commits.has(commit) || !history(call.repository, pull.head.sha).includes(commit)) {
    throw new Refusal(422, 'Unprocessable Entity', ['The commit_id is not part of the pull request'])
  }
  const event = call.body.event ?? 'PENDING'
  if (event !== 'COMMENT' && event !== 'APPROVE' && event !== 'REQUEST_CHANGES')
    throw new Refusal(422, 'Unprocessable Entity', ['Variable $event of type PullRequestReviewEvent was provided invalid value'])
  const comments = Array.isArray(call.body.comments) ? (call.body.comments as Record<string, unknown>[]) : []
  const body = typeof call.body.body === 'string' ? call.body.body : ''
  if (body === '' && event !== 'APPROVE' && comments.length === 0) {
    throw new Refusal(422, 'Unprocessable Entity', ['Review cannot be submitted without a body or comments'])
  }
  if (body !== '') textOf(call.body, 'body', 'PullRequestReview')
  if (event !== 'COMMENT' && call.actor.login === pull.author)
    throw new Refusal(422, 'Unprocessable Entity', ['Can not approve your own pull request'])
  const threads = comments.map((comment) => threadOf(call, pull, commit, comment, 'Unprocessable Entity'))
  const id = call.nextId()
  const state = event === 'COMMENT' ? 'COMMENTED' : event === 'APPROVE' ? 'APPROVED' : 'CHANGES_REQUESTED'
  const review = { id, nodeId: `PRR_${id}`, author: call.actor.login, body, state, commit } as const
  pull.reviews.push(review)
  threads.forEach((thread, index) => {
    addComment(call, thread, textOf(comments[index] ?? {}, 'body', 'PullRequestReviewComment'), id)
    pull.threads.push(thread)
  })
  return ok(reviewShape(call.api, call.repository, pull, review))
}

function createReviewComment(call: Call): Answer {
  const pull = pullOf(call)
  const commit = call.body.commit_id
  if (typeof commit !== 'string' || !history(call.repository, pull.head.sha).includes(commit)) {
    throw new Refusal(422, 'Validation Failed', [
      { resource: 'PullRequestReviewComment', code: 'invalid', field: 'commit_id', message: 'commit_id is not part of the pull request' },
    ])
  }
  const thread = threadOf(call, pull, commit, call.body, 'Validation Failed')
  const id = call.nextId()
  pull.reviews.push({ id, nodeId: `PRR_${id}`, author: call.actor.login, body: '', state: 'COMMENTED', commit })
  const comment = addComment(call, thread, textOf(call.body, 'body', 'PullRequestReviewComment'), id)
  pull.threads.push(thread)
  return created(reviewCommentShape(call.api, call.repository, pull, thread, comment))
}

/** Refuses what is not part of the diff, in the words of either endpoint. */
function threadOf(call: Call, pull: Pull, commit: string, comment: Record<string, unknown>, message: string): Thread {
  const refuse = (field: string, sentence: string, short: string): Refusal =>
    message === 'Validation Failed'
      ? new Refusal(422, message, [
          { resource: 'PullRequestReviewComment', code: 'custom', field: `pull_request_review_thread.${field}`, message: sentence },
        ])
      : new Refusal(422, message, [short])
  textOf(comment, 'body', 'PullRequestReviewComment')
  const path = comment.path
  const file = filesAt(call.repository, pull, commit).find((candidate) => candidate.path === path)
  if (typeof path !== 'string' || !file)
    throw refuse('path', 'pull_request_review_thread.path is not part of the diff', 'Path could not be resolved')
  const id = call.nextId()
  const thread = { nodeId: `PRRT_${id}`, path, commit, isResolved: false, comments: [] as ReviewComment[] }
  if (comment.subject_type === 'file') return { ...thread, subjectType: 'file' }
  const line = comment.line
  if (comment.side === 'LEFT') throw new Error('the stand-in knows comments on the right side alone')
  if (typeof line !== 'number' || !file.patch?.right.has(line))
    throw refuse('line', 'pull_request_review_thread.line must be part of the diff', 'Line could not be resolved')
  const startLine = comment.start_line
  if (startLine === undefined) return { ...thread, subjectType: 'line', line }
  if (typeof startLine !== 'number' || startLine >= line)
    throw refuse('start_line', 'pull_request_review_thread.start_line must precede the end line.', 'Start line could not be resolved')
  if (file.patch.hunkOf.get(startLine) === undefined || file.patch.hunkOf.get(startLine) !== file.patch.hunkOf.get(line)) {
    throw refuse(
      'start_line',
      'pull_request_review_thread.start_line must be part of the same hunk as the line.',
      'Start line could not be resolved',
    )
  }
  return { ...thread, subjectType: 'line', line, startLine }
}

function addComment(call: Call, thread: Thread, body: string, reviewId: number): ReviewComment {
  const id = call.nextId()
  const comment = { id, nodeId: `PRRC_${id}`, author: call.actor.login, body, reviewId, createdAt: id }
  thread.comments.push(comment)
  return comment
}

function createStatus(call: Call): Answer {
  const sha = call.params[0] ?? ''
  if (!call.repository.commits.has(sha)) throw new Refusal(422, `No commit found for SHA: ${sha}`)
  const { state, context = 'default', description = null, target_url = null } = call.body
  if (!['error', 'failure', 'pending', 'success'].includes(String(state)))
    throw new Refusal(422, 'Validation Failed', [
      { resource: 'Status', code: 'custom', field: 'state', message: 'state is not included in the list' },
    ])
  if (typeof description === 'string' && [...description].length > 140) {
    throw new Refusal(422, 'Validation Failed', [
      { resource: 'Status', code: 'custom', field: 'description', message: 'description is too long (maximum is 140 characters)' },
    ])
  }
  const status = {
    id: call.nextId(),
    sha,
    state: String(state),
    context: String(context),
    description: description === null ? null : String(description),
    targetUrl: target_url === null ? null : String(target_url),
    creator: call.actor.login,
  }
  call.repository.statuses.push(status)
  return created(statusShape(call.api, call.repository, status))
}

function createCheckRun(call: Call): Answer {
  const { head_sha: sha, name } = call.body
  if (typeof sha !== 'string' || typeof name !== 'string')
    throw new Refusal(422, 'Invalid request.\n\n"name", "head_sha" weren\'t supplied.')
  if (!call.repository.commits.has(sha)) throw new Refusal(422, `No commit found for SHA: ${sha}`)
  const run: CheckRun = {
    id: call.nextId(),
    creator: call.actor.login,
    name,
    sha,
    status: 'queued',
    conclusion: null,
    output: { title: null, summary: null, text: null },
    annotations: [],
    detailsUrl: typeof call.body.details_url === 'string' ? call.body.details_url : null,
  }
  writeCheckRun(call, run)
  call.repository.checkRuns.push(run)
  return created(checkRunShape(call.api, call.repository, run))
}

function updateCheckRun(call: Call): Answer {
  const run = call.repository.checkRuns.find((candidate) => candidate.id === Number(call.params[0]))
  if (!run) throw new Refusal(404, 'Not Found')
  if (run.creator !== call.actor.login)
    throw new Refusal(403, 'Invalid app_id `15368` - check run can only be modified by the app that created it.')
  writeCheckRun(call, run)
  return ok(checkRunShape(call.api, call.repository, run))
}

const annotationLimits: Readonly<Record<string, number>> = { title: 255, message: 65_536, raw_details: 65_536 }

function writeCheckRun(call: Call, run: CheckRun): void {
  const output = (call.body.output ?? {}) as Record<string, unknown>
  const annotations = Array.isArray(output.annotations) ? (output.annotations as Record<string, unknown>[]) : []
  if (annotations.length > 50)
    throw new Refusal(422, `Invalid request.\n\nNo more than 50 items are allowed; ${annotations.length} were supplied.`)
  for (const field of ['summary', 'text']) {
    const text = output[field]
    if (typeof text === 'string' && [...text].length > 65_535)
      throw new Refusal(422, `Invalid request.\n\nOnly 65535 characters are allowed; ${[...text].length} were supplied.`)
  }
  for (const annotation of annotations) {
    const missing = ['path', 'start_line', 'end_line', 'annotation_level', 'message'].filter((field) => annotation[field] === undefined)
    if (missing.length > 0)
      throw new Refusal(422, `Invalid request.\n\n${missing.map((field) => `"${field}"`).join(', ')} weren't supplied.`)
    if (annotation.start_column !== undefined && annotation.start_line !== annotation.end_line)
      throw new Refusal(422, 'Invalid request.\n\nAnnotations that span several lines have no columns.')
    for (const [field, limit] of Object.entries(annotationLimits)) {
      if (String(annotation[field] ?? '').length > limit)
        throw new Refusal(422, `Invalid request.\n\n${field} is too long (maximum is ${limit} characters)`)
    }
  }
  const { status, conclusion } = call.body
  if (status === 'completed' && conclusion === undefined) throw new Refusal(422, 'Invalid request.\n\n"conclusion" wasn\'t supplied.')
  if (typeof status === 'string') run.status = status
  if (typeof conclusion === 'string') {
    run.conclusion = conclusion
    run.status = 'completed'
  }
  run.output = {
    title: typeof output.title === 'string' ? output.title : run.output.title,
    summary: typeof output.summary === 'string' ? output.summary : run.output.summary,
    text: typeof output.text === 'string' ? output.text : run.output.text,
  }
  run.annotations.push(...annotations)
}

function readContents(call: Call): Answer {
  const [path = ''] = call.params
  const ref = call.query.get('ref') ?? 'main'
  const commit = call.repository.commits.get(ref) ?? call.repository.commits.get(call.repository.branches.get(ref) ?? '')
  if (!commit) throw new Refusal(404, `No commit found for the ref ${ref}`)
  const bytes = commit.files.get(path)
  if (!bytes) throw new Refusal(404, 'Not Found')
  if (call.accept.includes('raw')) return { status: 200, body: undefined, raw: bytes }
  const url = `${call.api}/contents/${encodeURI(path)}`
  const isSmall = bytes.byteLength <= 1024 * 1024
  return ok({
    type: 'file',
    encoding: isSmall ? 'base64' : 'none',
    size: bytes.byteLength,
    name: path.split('/').at(-1),
    path,
    content: isSmall ? bytes.toString('base64') : '',
    sha: blobSha(bytes),
    url,
    git_url: url,
    html_url: url,
    download_url: url,
    _links: { self: url, git: url, html: url },
  })
}

/** https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/troubleshoot-sarif-uploads */
const sarifLimits = { bytes: 10 * 1024 * 1024, results: 25_000, runs: 20 }

function uploadSarif(call: Call): Answer {
  const { commit_sha: commit, ref, sarif } = call.body
  if (typeof commit !== 'string' || typeof ref !== 'string' || typeof sarif !== 'string') throw new Refusal(422, 'Invalid request.')
  if (!call.repository.commits.has(commit)) throw new Refusal(400, `commit not found: ${commit}`)
  if (!ref.startsWith('refs/')) throw new Refusal(422, 'Invalid request.\n\nref must be a full reference')
  const packed = Buffer.from(sarif, 'base64')
  if (packed.byteLength > sarifLimits.bytes) throw new Refusal(413, 'Payload Too Large')
  let value: { runs?: { results?: unknown[] }[] }
  try {
    value = JSON.parse(gunzipSync(packed).toString()) as typeof value
  } catch {
    throw new Refusal(400, 'Invalid SARIF. It is not gzip in base64.')
  }
  const runs = value.runs ?? []
  if (runs.length > sarifLimits.runs) throw new Refusal(400, 'rejecting SARIF, as there are more runs than allowed')
  if (runs.some((run) => (run.results ?? []).length > sarifLimits.results))
    throw new Refusal(400, 'rejecting SARIF, as there are more results per run than allowed')
  const upload = { id: `sarif-${call.nextId()}`, commit, ref, sarif: value as Record<string, unknown> }
  call.repository.uploads.push(upload)
  return { status: 202, body: uploadShape(call.api, call.repository, upload) }
}
