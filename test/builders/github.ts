/**
 * A stand-in for GitHub's API on 127.0.0.1: it remembers what it is told, and refuses what GitHub refuses. Pull requests are made of
 * commits of its own; diffs, outdated lines and rights follow from them.
 */
import { githubSchema } from './github/graphql.ts'
import { listen, type Recorded, type Trouble, type World } from './github/server.ts'
import { type Actor, commitSha, type Level, type Permission, type Pull, type Repository } from './github/state.ts'

export type { Recorded, Trouble } from './github/server.ts'
export type { Pull, Repository, Thread } from './github/state.ts'

export type Files = Readonly<Record<string, string | Uint8Array>>

export interface GitHubStandIn {
  readonly url: string
  readonly requests: Recorded[]
  /** What the runner's own service has of artifacts. */
  readonly results: { readonly url: string; readonly token: string }
  stored(artifact: string): Buffer | undefined
  readonly absent: World['absent']
  repository(fullName: string, files: Files): Repository
  /** A commit with these files and no others. */
  commit(repository: Repository, files: Files, parents: readonly string[]): string
  pull(repository: Repository, files: Files, options?: { readonly fork?: string; readonly base?: string }): Pull
  /** New files on the pull's head, on top of it; or, with `onto`, on that commit, as a force-push does. */
  push(repository: Repository, pull: Pull, files: Files, onto?: string): string
  token(permissions: Partial<Record<Permission, Level>>, login?: string): string
  trouble(trouble: Trouble): void
  /** Cuts listings of trees at so many entries. */
  cutTreesAt(entries: number): void
  /** Ends all trouble. */
  calm(): void
  /** Called after each request was carried out, before it is answered. */
  onRequest(hook: (recorded: Recorded) => void | Promise<void>): void
  /** An artifact of a workflow run, as `actions/upload-artifact` leaves it. */
  workflowRun(
    repository: Repository,
    run: {
      readonly event?: string
      readonly status?: string
      readonly pull: Pull
      readonly artifacts: Readonly<Record<string, Buffer>>
    },
  ): number
  event(repository: Repository, pull: Pull, action?: string): Record<string, unknown>
  close(): Promise<void>
}

export const bot = 'github-actions[bot]'

/** What `permissions:` of a workflow gives at most, without rights to push. */
export const workflowRights = {
  contents: 'read',
  pull_requests: 'write',
  statuses: 'write',
  checks: 'write',
  security_events: 'write',
  actions: 'read',
} as const

/** The same without check runs: verdicts are commit statuses. */
export const statusRights = { contents: 'read', pull_requests: 'write', statuses: 'write', actions: 'read' } as const

export const readOnly = { contents: 'read', pull_requests: 'read', statuses: 'read', checks: 'read', actions: 'read' } as const

/** A JSON Web Token without a signature: nobody here checks one. */
const runtimeToken = `e30.${Buffer.from('{"scp":"Actions.GenericRead Actions.Results:run-1:job-1"}').toString('base64url')}.x`

export async function githubStandIn(): Promise<GitHubStandIn> {
  let id = 1000
  const world: World = {
    repositories: new Map(),
    tokens: new Map<string, Actor>(),
    requests: [],
    troubles: [],
    storage: new Map(),
    schema: githubSchema(),
    absent: new Set(),
    hooks: [],
    nextId: () => id++,
  }
  const { server, url } = await listen(world)
  const commit = (repository: Repository, files: Files, parents: readonly string[]): string => {
    const map = new Map(Object.entries(files).map(([path, text]) => [path, Buffer.from(text)]))
    const sha = commitSha(map, parents, String(id++))
    repository.commits.set(sha, { sha, parents, files: map, committedAt: Date.now() })
    return sha
  }
  return {
    url,
    requests: world.requests,
    results: { url, token: runtimeToken },
    stored: (artifact) => world.storage.get(`artifact ${artifact}`),
    absent: world.absent,
    repository(fullName, files) {
      const [owner = '', name = ''] = fullName.split('/')
      const repository: Repository = {
        owner,
        name,
        commits: new Map(),
        branches: new Map(),
        pulls: new Map(),
        statuses: [],
        checkRuns: [],
        uploads: [],
        runs: new Map(),
        collaborators: new Map(),
        issues: [],
        diffs: new Map(),
        treeLimit: 100_000,
      }
      world.repositories.set(fullName, repository)
      repository.branches.set('main', commit(repository, files, []))
      return repository
    },
    commit,
    pull(repository, files, { fork, base = 'main' } = {}) {
      const sha = commit(repository, files, [repository.branches.get(base) ?? ''])
      const number = repository.pulls.size + 1
      const pull: Pull = {
        number,
        author: 'contributor',
        base,
        head: { branch: `change-${number}`, sha, repository: fork ?? `${repository.owner}/${repository.name}` },
        state: 'open',
        threads: [],
        reviews: [],
        comments: [],
        labels: [],
        requested: [],
      }
      repository.pulls.set(number, pull)
      return pull
    },
    push(repository, pull, files, onto = pull.head.sha) {
      pull.head.sha = commit(repository, files, [onto])
      return pull.head.sha
    },
    token(permissions, login = bot) {
      const token = `ghs_standIn${id++}`
      world.tokens.set(token, { login, permissions })
      return token
    },
    trouble(trouble) {
      world.troubles.push({ trouble, left: trouble.times, skip: trouble.after ?? 0 })
    },
    cutTreesAt(entries) {
      for (const repository of world.repositories.values()) repository.treeLimit = entries
    },
    calm() {
      world.troubles.splice(0)
    },
    onRequest(hook) {
      world.hooks.push(hook)
    },
    workflowRun(repository, { event = 'pull_request', status = 'completed', pull, artifacts }) {
      const run = {
        id: id++,
        event,
        status,
        headSha: pull.head.sha,
        headBranch: pull.head.branch,
        headRepository: pull.head.repository,
        name: 'Portcullis',
        artifacts: Object.entries(artifacts).map(([name, zip]) => ({ id: id++, name, zip, expired: false })),
      }
      for (const artifact of run.artifacts) world.storage.set(String(artifact.id), artifact.zip)
      repository.runs.set(run.id, run)
      return run.id
    },
    event(repository, pull, action = 'synchronize') {
      return pullRequestEvent(repository, pull, action)
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

/** The part of the payload that a gate has use for, with its neighbours. https://docs.github.com/en/webhooks/webhook-events-and-payloads#pull_request */
function pullRequestEvent(repository: Repository, pull: Pull, action: string): Record<string, unknown> {
  const [headOwner, headName] = pull.head.repository.split('/')
  return {
    action,
    number: pull.number,
    pull_request: {
      number: pull.number,
      state: pull.state,
      title: `Change ${pull.number}`,
      user: { login: pull.author },
      head: {
        ref: pull.head.branch,
        sha: pull.head.sha,
        repo: { full_name: pull.head.repository, name: headName, owner: { login: headOwner }, fork: headOwner !== repository.owner },
      },
      base: {
        ref: pull.base,
        sha: repository.branches.get(pull.base),
        repo: { full_name: `${repository.owner}/${repository.name}`, name: repository.name, owner: { login: repository.owner } },
      },
      html_url: `https://github.example/${repository.owner}/${repository.name}/pull/${pull.number}`,
    },
    repository: { full_name: `${repository.owner}/${repository.name}`, name: repository.name, owner: { login: repository.owner } },
    sender: { login: pull.author },
  }
}
