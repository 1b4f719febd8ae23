/** The answers of GitHub's REST API, with every field that its OpenAPI description requires. */
import { diffLines } from './diff.ts'
import {
  type CheckRun,
  type Commit,
  changedFiles,
  currentLine,
  type Issue,
  type IssueComment,
  mergeBase,
  type Pull,
  type PullFile,
  type Repository,
  type Review,
  type ReviewComment,
  type Status,
  type Thread,
  type Upload,
  type WorkflowRun,
} from './state.ts'

export interface Shapes {
  readonly api: string
}

type Answer = Record<string, unknown>

const epoch = '2026-01-01T00:00:00Z'

export function idOf(text: string): number {
  let id = 7
  for (const character of text) id = (id * 31 + (character.codePointAt(0) ?? 0)) % 1_000_000_007
  return id
}

export function userShape(api: string, login: string): Answer {
  const url = `${api}/users/${encodeURIComponent(login)}`
  const links = ['followers', 'following', 'gists', 'starred', 'subscriptions', 'organizations', 'repos', 'events', 'received_events']
  return {
    login,
    id: idOf(login),
    node_id: `U_${idOf(login)}`,
    avatar_url: `${url}/avatar`,
    gravatar_id: '',
    url,
    html_url: url,
    ...Object.fromEntries(links.map((name) => [`${name}_url`, `${url}/${name}`])),
    type: login.endsWith('[bot]') ? 'Bot' : 'User',
    site_admin: false,
  }
}

export function commitShape(api: string, repository: Repository, { sha, parents, committedAt }: Commit): Answer {
  const url = `${api}/repos/${repository.owner}/${repository.name}`
  const date = Number.isNaN(committedAt) ? 'yesterday' : new Date(committedAt).toISOString().replace(/\.\d+/, '')
  const person = { name: 'Contributor', email: 'contributor@example.com' }
  const linked = (commit: string) => ({ sha: commit, url: `${url}/git/commits/${commit}`, html_url: `${url}/commit/${commit}` })
  return {
    ...linked(sha),
    node_id: `C_${sha}`,
    // The author's clock may be years behind: an old change that was applied today.
    author: { ...person, date: epoch },
    committer: { ...person, date },
    message: 'Change',
    tree: { sha, url: `${url}/git/trees/${sha}` },
    parents: parents.map(linked),
    verification: { verified: false, reason: 'unsigned', signature: null, payload: null, verified_at: null },
  }
}

export function repositoryShape(api: string, owner: string, name: string): Answer {
  const url = `${api}/repos/${owner}/${name}`
  const links =
    'archive assignees blobs branches collaborators comments commits compare contents contributors deployments downloads events forks git_commits git_refs git_tags git hooks html issue_comment issue_events issues keys labels languages merges milestones mirror notifications pulls releases ssh stargazers statuses subscribers subscription svn tags teams trees clone'
  return {
    id: idOf(`${owner}/${name}`),
    node_id: `R_${idOf(`${owner}/${name}`)}`,
    name,
    full_name: `${owner}/${name}`,
    owner: userShape(api, owner),
    private: false,
    description: null,
    fork: false,
    url,
    ...Object.fromEntries(links.split(' ').map((link) => [`${link}_url`, `${url}/${link}`])),
    homepage: null,
    language: null,
    forks_count: 0,
    stargazers_count: 0,
    watchers_count: 0,
    size: 1,
    default_branch: 'main',
    open_issues_count: 0,
    is_template: false,
    topics: [],
    has_issues: true,
    has_projects: true,
    has_wiki: true,
    has_pages: false,
    has_downloads: true,
    has_discussions: false,
    archived: false,
    disabled: false,
    visibility: 'public',
    pushed_at: epoch,
    created_at: epoch,
    updated_at: epoch,
    allow_forking: true,
    web_commit_signoff_required: false,
    forks: 0,
    open_issues: 0,
    watchers: 0,
    license: null,
  }
}

export function pullShape(api: string, repository: Repository, pull: Pull): Answer {
  const url = `${api}/repos/${repository.owner}/${repository.name}/pulls/${pull.number}`
  const [headOwner = '', headName = ''] = pull.head.repository.split('/')
  return {
    url,
    id: pull.number * 1000,
    node_id: `PR_${pull.number}`,
    html_url: url,
    diff_url: `${url}.diff`,
    patch_url: `${url}.patch`,
    issue_url: url,
    commits_url: `${url}/commits`,
    review_comments_url: `${url}/comments`,
    review_comment_url: `${url}/comments{/number}`,
    comments_url: `${url}/comments`,
    statuses_url: `${url}/statuses`,
    number: pull.number,
    state: pull.state,
    locked: false,
    title: `Change ${pull.number}`,
    user: userShape(api, pull.author),
    body: null,
    labels: [],
    milestone: null,
    active_lock_reason: null,
    created_at: epoch,
    updated_at: epoch,
    closed_at: null,
    merged_at: null,
    merge_commit_sha: null,
    assignee: null,
    assignees: [],
    requested_reviewers: [],
    requested_teams: [],
    head: {
      label: `${headOwner}:${pull.head.branch}`,
      ref: pull.head.branch,
      sha: pull.head.sha,
      user: userShape(api, headOwner),
      repo: { ...repositoryShape(api, headOwner, headName), fork: pull.head.repository !== `${repository.owner}/${repository.name}` },
    },
    base: {
      label: `${repository.owner}:${pull.base}`,
      ref: pull.base,
      sha: repository.branches.get(pull.base),
      user: userShape(api, repository.owner),
      repo: repositoryShape(api, repository.owner, repository.name),
    },
    _links: Object.fromEntries(
      ['comments', 'commits', 'statuses', 'html', 'issue', 'review_comments', 'review_comment', 'self'].map((name) => [
        name,
        { href: url },
      ]),
    ),
    author_association: 'CONTRIBUTOR',
    auto_merge: null,
    draft: false,
    merged: false,
    mergeable: true,
    rebaseable: true,
    mergeable_state: 'clean',
    merged_by: null,
    comments: pull.comments.length,
    review_comments: pull.threads.reduce((sum, thread) => sum + thread.comments.length, 0),
    maintainer_can_modify: false,
    commits: 1,
    additions: 0,
    deletions: 0,
    changed_files: changedFiles(repository, pull),
  }
}

export function fileShape(api: string, repository: Repository, pull: Pull, file: PullFile): Answer {
  const url = `${api}/repos/${repository.owner}/${repository.name}/contents/${encodeURI(file.path)}?ref=${pull.head.sha}`
  return {
    sha: file.sha,
    filename: file.path,
    status: file.status,
    additions: file.patch?.additions ?? 0,
    deletions: file.patch?.deletions ?? 0,
    changes: (file.patch?.additions ?? 0) + (file.patch?.deletions ?? 0),
    blob_url: url,
    raw_url: url,
    contents_url: url,
    ...(file.patch && { patch: file.patch.text }),
    ...(file.previous !== undefined && { previous_filename: file.previous }),
  }
}

export function reviewShape(api: string, repository: Repository, pull: Pull, review: Review): Answer {
  const url = `${api}/repos/${repository.owner}/${repository.name}/pulls/${pull.number}`
  return {
    id: review.id,
    node_id: review.nodeId,
    user: userShape(api, review.author),
    body: review.body,
    state: review.state,
    html_url: url,
    pull_request_url: url,
    _links: { html: { href: url }, pull_request: { href: url } },
    submitted_at: epoch,
    commit_id: review.commit,
    author_association: 'NONE',
  }
}

export function reviewCommentShape(api: string, repository: Repository, pull: Pull, thread: Thread, comment: ReviewComment): Answer {
  const url = `${api}/repos/${repository.owner}/${repository.name}/pulls/${pull.number}`
  const first = thread.comments[0]
  const line = currentLine(repository, pull, thread)
  return {
    url: `${url}/comments/${comment.id}`,
    id: comment.id,
    node_id: comment.nodeId,
    pull_request_review_id: comment.reviewId,
    diff_hunk: diffHunk(repository, pull, thread),
    path: thread.path,
    commit_id: pull.head.sha,
    original_commit_id: thread.commit,
    ...(first && first !== comment && { in_reply_to_id: first.id }),
    user: userShape(api, comment.author),
    body: comment.body,
    created_at: epoch,
    updated_at: epoch,
    html_url: url,
    pull_request_url: url,
    author_association: 'NONE',
    _links: { self: { href: url }, html: { href: url }, pull_request: { href: url } },
    subject_type: thread.subjectType,
    ...(thread.subjectType === 'line' && {
      line: line ?? null,
      original_line: thread.line,
      start_line: line === undefined || thread.startLine === undefined ? null : line - ((thread.line ?? 0) - thread.startLine),
      original_start_line: thread.startLine ?? null,
      side: 'RIGHT',
      start_side: thread.startLine === undefined ? null : 'RIGHT',
      position: line ?? null,
      original_position: thread.line,
    }),
  }
}

function diffHunk(repository: Repository, pull: Pull, thread: Thread): string {
  const base = mergeBase(repository, repository.branches.get(pull.base) ?? '', thread.commit) ?? ''
  const text = (sha: string): string => repository.commits.get(sha)?.files.get(thread.path)?.toString() ?? ''
  return diffLines(text(base), text(thread.commit)).text.slice(0, 2000)
}

export function issueShape(api: string, repository: Repository, issue: Issue): Answer {
  const root = `${api}/repos/${repository.owner}/${repository.name}`
  const url = `${root}/issues/${issue.number}`
  return {
    id: issue.number * 1000,
    node_id: `I_${issue.number}`,
    ...{ url, repository_url: root, html_url: url },
    ...{ labels_url: `${url}/labels{/name}`, comments_url: `${url}/comments`, events_url: `${url}/events` },
    number: issue.number,
    state: issue.state,
    title: issue.title,
    body: issue.body,
    user: userShape(api, issue.author),
    labels: issue.labels.map((label) => labelShape(api, label)),
    assignee: null,
    assignees: issue.assignees.map((login) => userShape(api, login)),
    milestone: null,
    locked: false,
    comments: 0,
    closed_at: issue.state === 'closed' ? epoch : null,
    ...{ created_at: epoch, updated_at: epoch },
    author_association: 'NONE',
  }
}

export function labelShape(api: string, name: string): Answer {
  return {
    id: idOf(name),
    node_id: `LA_${idOf(name)}`,
    url: `${api}/labels/${encodeURIComponent(name)}`,
    name,
    description: null,
    color: 'ededed',
    default: false,
  }
}

export function issueCommentShape(api: string, repository: Repository, pull: Pull, comment: IssueComment): Answer {
  const url = `${api}/repos/${repository.owner}/${repository.name}/issues`
  return {
    id: comment.id,
    node_id: comment.nodeId,
    url: `${url}/comments/${comment.id}`,
    html_url: `${url}/${pull.number}`,
    body: comment.body,
    user: userShape(api, comment.author),
    created_at: epoch,
    updated_at: epoch,
    issue_url: `${url}/${pull.number}`,
    author_association: 'NONE',
    performed_via_github_app: null,
  }
}

export function statusShape(api: string, repository: Repository, status: Status): Answer {
  return {
    url: `${api}/repos/${repository.owner}/${repository.name}/statuses/${status.sha}`,
    avatar_url: null,
    id: status.id,
    node_id: `SC_${status.id}`,
    state: status.state,
    description: status.description,
    target_url: status.targetUrl,
    context: status.context,
    created_at: epoch,
    updated_at: epoch,
    creator: userShape(api, status.creator),
  }
}

export function checkRunShape(api: string, repository: Repository, run: CheckRun): Answer {
  const url = `${api}/repos/${repository.owner}/${repository.name}/check-runs/${run.id}`
  return {
    id: run.id,
    head_sha: run.sha,
    node_id: `CR_${run.id}`,
    external_id: '',
    url,
    html_url: url,
    details_url: run.detailsUrl,
    status: run.status,
    conclusion: run.conclusion,
    started_at: epoch,
    completed_at: run.conclusion ? epoch : null,
    output: { ...run.output, annotations_count: run.annotations.length, annotations_url: `${url}/annotations` },
    name: run.name,
    check_suite: { id: 1 },
    app: null,
    pull_requests: [],
  }
}

export function uploadShape(api: string, repository: Repository, upload: Upload): Answer {
  return { id: upload.id, url: `${api}/repos/${repository.owner}/${repository.name}/code-scanning/sarifs/${upload.id}` }
}

export function runShape(api: string, repository: Repository, run: WorkflowRun, pulls: readonly Pull[]): Answer {
  const url = `${api}/repos/${repository.owner}/${repository.name}/actions/runs/${run.id}`
  const [owner = '', name = ''] = run.headRepository.split('/')
  const links = ['jobs', 'logs', 'check_suite', 'cancel', 'rerun', 'artifacts', 'workflow']
  return {
    id: run.id,
    name: run.name,
    node_id: `WFR_${run.id}`,
    head_branch: run.headBranch,
    head_sha: run.headSha,
    path: '.github/workflows/portcullis.yaml',
    run_number: 1,
    run_attempt: 1,
    event: run.event,
    status: run.status,
    conclusion: run.status === 'completed' ? 'success' : null,
    workflow_id: 1,
    url,
    html_url: url,
    pull_requests: pulls.map((pull) => ({
      id: pull.number,
      number: pull.number,
      url,
      head: { ref: pull.head.branch, sha: pull.head.sha, repo: { id: 1, url, name } },
      base: { ref: pull.base, sha: repository.branches.get(pull.base), repo: { id: 1, url, name: repository.name } },
    })),
    created_at: epoch,
    updated_at: epoch,
    ...Object.fromEntries(links.map((link) => [`${link}_url`, `${url}/${link}`])),
    head_commit: {
      id: run.headSha,
      tree_id: run.headSha,
      message: '',
      timestamp: epoch,
      author: { name: owner, email: 'a@example.com' },
      committer: { name: owner, email: 'a@example.com' },
    },
    repository: repositoryShape(api, repository.owner, repository.name),
    head_repository: repositoryShape(api, owner, name),
    display_title: 'Change',
  }
}
