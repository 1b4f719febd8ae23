/** What the stand-in remembers: repositories, commits, pull requests and all that is said about them. */
import { createHash } from 'node:crypto'
import { diffLines, movedLine, type Patch } from './diff.ts'

export type Level = 'read' | 'write'
/** The names of https://docs.github.com/en/rest/authentication/permissions-required-for-github-apps, with `_`. */
export type Permission = 'actions' | 'checks' | 'contents' | 'issues' | 'pull_requests' | 'security_events' | 'statuses'

export interface Actor {
  readonly login: string
  readonly permissions: Readonly<Partial<Record<Permission, Level>>>
}

export interface Commit {
  readonly sha: string
  readonly parents: readonly string[]
  readonly files: ReadonlyMap<string, Buffer>
  /** Milliseconds since 1970. */
  committedAt: number
}

export interface ReviewComment {
  readonly id: number
  readonly nodeId: string
  readonly author: string
  body: string
  readonly reviewId: number
  readonly createdAt: number
}

export interface Thread {
  readonly nodeId: string
  readonly path: string
  readonly subjectType: 'line' | 'file'
  readonly line?: number
  readonly startLine?: number
  readonly commit: string
  isResolved: boolean
  resolvedBy?: string
  readonly comments: ReviewComment[]
}

export interface Review {
  readonly id: number
  readonly nodeId: string
  readonly author: string
  readonly body: string
  state: 'APPROVED' | 'CHANGES_REQUESTED' | 'COMMENTED' | 'DISMISSED'
  readonly commit: string
}

export interface IssueComment {
  readonly id: number
  readonly nodeId: string
  readonly author: string
  body: string
}

export interface Pull {
  readonly number: number
  readonly author: string
  readonly base: string
  head: { readonly branch: string; sha: string; readonly repository: string }
  state: 'open' | 'closed'
  readonly threads: Thread[]
  readonly reviews: Review[]
  readonly comments: IssueComment[]
  readonly labels: string[]
  /** Logins, and teams as `team NAME`. */
  readonly requested: string[]
}

/** One that is no pull request. */
export interface Issue {
  readonly number: number
  readonly author: string
  title: string
  body: string
  readonly labels: readonly string[]
  readonly assignees: readonly string[]
  state: 'open' | 'closed'
}

export interface Status {
  readonly id: number
  readonly sha: string
  readonly state: string
  readonly context: string
  readonly description: string | null
  readonly targetUrl: string | null
  readonly creator: string
}

export interface CheckRun {
  readonly id: number
  readonly creator: string
  readonly name: string
  readonly sha: string
  status: string
  conclusion: string | null
  output: { title: string | null; summary: string | null; text: string | null }
  readonly annotations: Record<string, unknown>[]
  detailsUrl: string | null
}

export interface Upload {
  readonly id: string
  readonly commit: string
  readonly ref: string
  readonly sarif: Record<string, unknown>
}

export interface WorkflowRun {
  readonly id: number
  readonly event: string
  readonly headSha: string
  readonly headRepository: string
  readonly headBranch: string
  readonly status: string
  readonly name: string
  readonly artifacts: { readonly id: number; readonly name: string; readonly zip: Buffer; readonly expired: boolean }[]
}

export interface Repository {
  readonly owner: string
  readonly name: string
  readonly commits: Map<string, Commit>
  readonly branches: Map<string, string>
  readonly pulls: Map<number, Pull>
  readonly statuses: Status[]
  readonly checkRuns: CheckRun[]
  readonly uploads: Upload[]
  readonly runs: Map<number, WorkflowRun>
  readonly collaborators: Map<string, string>
  readonly issues: Issue[]
  /** Entries of a listing; what is beyond is cut. */
  treeLimit: number
  /** Made once: commits do not change. */
  readonly diffs: Map<string, readonly PullFile[]>
}

export type PullFile = {
  readonly path: string
  readonly previous?: string
  readonly status: 'added' | 'removed' | 'modified' | 'renamed'
  readonly sha: string
  readonly patch?: Patch
}

/** Patches above this many changed lines are left out, as GitHub leaves out those of large files. */
const patchLimitLines = 3000

export function blobSha(bytes: Uint8Array): string {
  return createHash('sha1').update(`blob ${bytes.byteLength}\0`).update(bytes).digest('hex')
}

export function commitSha(files: ReadonlyMap<string, Buffer>, parents: readonly string[], salt: string): string {
  const hash = createHash('sha1').update(parents.join()).update(salt)
  for (const [path, bytes] of files) hash.update(`\0${path}\0`).update(blobSha(bytes))
  return hash.digest('hex')
}

/** The nearest commit that both have; undefined for histories without one. */
export function mergeBase(repository: Repository, left: string, right: string): string | undefined {
  const ancestors = new Set(history(repository, left))
  return history(repository, right).find((sha) => ancestors.has(sha))
}

/** The commit and what is before it, nearest first. */
export function history(repository: Repository, sha: string): string[] {
  const seen = new Set<string>()
  const queue = [sha]
  for (const next of queue) {
    if (seen.has(next)) continue
    seen.add(next)
    queue.push(...(repository.commits.get(next)?.parents ?? []))
  }
  return [...seen]
}

/** The files between the merge base and the head, as `GET /pulls/N/files` lists them: sorted, 3,000 at most. */
export function filesOf(repository: Repository, pull: Pull): readonly PullFile[] {
  return filesAt(repository, pull, pull.head.sha).slice(0, 3000)
}

/** How many there are, listed or not. */
export function changedFiles(repository: Repository, pull: Pull): number {
  return filesAt(repository, pull, pull.head.sha).length
}

export function filesAt(repository: Repository, pull: Pull, head: string): readonly PullFile[] {
  const key = `${repository.branches.get(pull.base)} ${head}`
  const known = repository.diffs.get(key) ?? compareFiles(repository, repository.branches.get(pull.base) ?? '', head)
  repository.diffs.set(key, known)
  return known
}

function compareFiles(repository: Repository, baseTip: string, head: string): PullFile[] {
  const before = repository.commits.get(mergeBase(repository, baseTip, head) ?? '')?.files ?? new Map<string, Buffer>()
  const after = repository.commits.get(head)?.files ?? new Map<string, Buffer>()
  const removed = new Map([...before].filter(([path]) => !after.has(path)))
  const files: PullFile[] = []
  for (const [path, bytes] of after) {
    const old = before.get(path)
    if (old?.equals(bytes)) continue
    const source = old === undefined ? [...removed].find(([, candidate]) => isSimilar(candidate, bytes)) : undefined
    if (source) removed.delete(source[0])
    const status = source ? 'renamed' : old ? 'modified' : 'added'
    files.push({
      path,
      ...(source && { previous: source[0] }),
      status,
      sha: blobSha(bytes),
      ...patchOf(old ?? source?.[1] ?? Buffer.alloc(0), bytes),
    })
  }
  for (const [path, bytes] of removed) files.push({ path, status: 'removed', sha: blobSha(bytes), ...patchOf(bytes, Buffer.alloc(0)) })
  return files.sort((a, b) => (a.path < b.path ? -1 : 1))
}

/** Where the thread's line is in the head now; undefined when it is outdated. */
export function currentLine(repository: Repository, pull: Pull, thread: Thread): number | undefined {
  if (thread.line === undefined) return undefined
  if (thread.commit === pull.head.sha) return thread.line
  const before = repository.commits.get(thread.commit)?.files.get(thread.path)
  const after = repository.commits.get(pull.head.sha)?.files.get(thread.path)
  if (!before || !after) return undefined
  return movedLine(before.toString(), after.toString(), thread.line)
}

function patchOf(before: Buffer, after: Buffer): { patch?: Patch } {
  if (before.includes(0) || after.includes(0) || before.equals(after)) return {}
  const count = (bytes: Buffer): number => bytes.toString().split('\n').length
  if (count(before) + count(after) > patchLimitLines) return {}
  return { patch: diffLines(before.toString(), after.toString()) }
}

/** Half of the lines in common, roughly what git calls a rename. */
function isSimilar(left: Buffer, right: Buffer): boolean {
  if (left.length === 0 || right.length === 0) return false
  if (left.equals(right)) return true
  const lines = new Set(left.toString().split('\n'))
  const others = right.toString().split('\n')
  return others.filter((line) => lines.has(line)).length * 2 > Math.max(lines.size, others.length)
}
