/** The part of GitHub's GraphQL schema that threads need, with its names and its nullability. https://docs.github.com/en/graphql */
import { buildSchema, type DocumentNode, type ExecutionResult, execute, GraphQLError, type GraphQLSchema, parse, validate } from 'graphql'
import {
  type Actor,
  blobSha,
  changedFiles,
  currentLine,
  type IssueComment,
  type Pull,
  type Repository,
  type ReviewComment,
  type Thread,
} from './state.ts'

const sdl = `
scalar GitObjectID
scalar URI
interface Node { id: ID! }
interface Actor { login: String! }
type User implements Actor & Node { id: ID! login: String! }
type Bot implements Actor & Node { id: ID! login: String! }
type PageInfo { hasNextPage: Boolean! endCursor: String }
enum PullRequestReviewThreadSubjectType { LINE FILE }
interface GitObject { oid: GitObjectID! }
type Commit implements GitObject { oid: GitObjectID! }
type Tree implements GitObject { oid: GitObjectID! }
type Ref { name: String! target: GitObject }
type Blob implements GitObject { oid: GitObjectID! byteSize: Int! isBinary: Boolean isTruncated: Boolean! text: String }
type IssueComment implements Node { id: ID! databaseId: Int fullDatabaseId: String body: String! viewerDidAuthor: Boolean! author: Actor }
type IssueCommentConnection { nodes: [IssueComment] pageInfo: PageInfo! totalCount: Int! }
type PullRequestReviewComment implements Node {
  id: ID! databaseId: Int body: String! viewerDidAuthor: Boolean! author: Actor authorAssociation: String! url: URI!
}
type PullRequestReviewCommentConnection { nodes: [PullRequestReviewComment] pageInfo: PageInfo! totalCount: Int! }
type PullRequestReviewThread implements Node {
  id: ID! isResolved: Boolean! isOutdated: Boolean! line: Int originalLine: Int path: String! resolvedBy: User
  subjectType: PullRequestReviewThreadSubjectType!
  viewerCanResolve: Boolean! viewerCanUnresolve: Boolean! viewerCanReply: Boolean!
  comments(first: Int, last: Int, after: String): PullRequestReviewCommentConnection!
}
type PullRequestReviewThreadConnection { nodes: [PullRequestReviewThread] pageInfo: PageInfo! totalCount: Int! }
type PullRequest implements Node {
  id: ID! number: Int! headRefOid: GitObjectID! baseRefOid: GitObjectID! baseRefName: String! baseRef: Ref changedFiles: Int!
  reviewThreads(first: Int, last: Int, after: String): PullRequestReviewThreadConnection!
  comments(first: Int, last: Int, after: String): IssueCommentConnection!
}
type Repository implements Node { id: ID! pullRequest(number: Int!): PullRequest object(expression: String, oid: GitObjectID): GitObject }
type Query { viewer: User! repository(owner: String!, name: String!, followRenames: Boolean = true): Repository }
input ResolveReviewThreadInput { threadId: ID! clientMutationId: String }
input UnresolveReviewThreadInput { threadId: ID! clientMutationId: String }
input AddPullRequestReviewThreadReplyInput { pullRequestReviewThreadId: ID! body: String! pullRequestReviewId: ID clientMutationId: String }
type ResolveReviewThreadPayload { thread: PullRequestReviewThread }
type UnresolveReviewThreadPayload { thread: PullRequestReviewThread }
type AddPullRequestReviewThreadReplyPayload { comment: PullRequestReviewComment }
type Mutation {
  resolveReviewThread(input: ResolveReviewThreadInput!): ResolveReviewThreadPayload
  unresolveReviewThread(input: UnresolveReviewThreadInput!): UnresolveReviewThreadPayload
  addPullRequestReviewThreadReply(input: AddPullRequestReviewThreadReplyInput!): AddPullRequestReviewThreadReplyPayload
}
`

export interface GitHubSchema {
  readonly schema: GraphQLSchema
  /** Queries that were found to be valid, by their text: the same few are asked again and again. */
  readonly documents: Map<string, DocumentNode>
}

export function githubSchema(): GitHubSchema {
  return { schema: buildSchema(sdl), documents: new Map() }
}

export interface GraphqlCall {
  readonly schema: GitHubSchema
  readonly repositories: ReadonlyMap<string, Repository>
  readonly actor: Actor
  readonly query: string
  readonly variables: Record<string, unknown>
  readonly nextId: () => number
}

export async function runGraphql(call: GraphqlCall): Promise<ExecutionResult> {
  const { schema, documents } = call.schema
  let document = documents.get(call.query)
  if (!document) {
    try {
      document = parse(call.query)
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [error] }
      throw error
    }
    const errors = validate(schema, document)
    if (errors.length > 0) return { errors }
    documents.set(call.query, document)
  }
  return execute({
    schema,
    document,
    variableValues: call.variables,
    rootValue: rootOf(call),
    typeResolver: (value) => (value as { __typename?: string }).__typename ?? '',
  })
}

interface Window {
  readonly first?: number
  readonly last?: number
  readonly after?: string
}

function rootOf(call: GraphqlCall): unknown {
  const { actor } = call
  const may = (permission: 'contents' | 'pull_requests'): boolean => actor.permissions[permission] === 'write'
  const author = (login: string) => ({
    __typename: login.endsWith('[bot]') ? 'Bot' : 'User',
    id: `U_${login}`,
    login: login.replace(/\[bot\]$/, ''),
  })
  const comment = (value: ReviewComment | IssueComment) => ({
    id: value.nodeId,
    databaseId: value.id,
    fullDatabaseId: String(value.id),
    body: value.body,
    viewerDidAuthor: value.author === actor.login,
    author: author(value.author),
    authorAssociation: 'NONE',
    url: `https://github.example/comment/${value.id}`,
  })
  const thread = (repository: Repository, pull: Pull, value: Thread) => ({
    id: value.nodeId,
    isResolved: value.isResolved,
    isOutdated: value.subjectType === 'line' && currentLine(repository, pull, value) === undefined,
    line: currentLine(repository, pull, value) ?? null,
    originalLine: value.line ?? null,
    path: value.path,
    resolvedBy: value.resolvedBy ? author(value.resolvedBy) : null,
    subjectType: value.subjectType === 'line' ? 'LINE' : 'FILE',
    viewerCanResolve: !value.isResolved && may('contents'),
    viewerCanUnresolve: value.isResolved && may('contents'),
    viewerCanReply: may('pull_requests'),
    comments: (window: Window) => connection(value.comments, window, comment),
  })
  const find = (id: string): [Repository, Pull, Thread] => {
    for (const repository of call.repositories.values())
      for (const pull of repository.pulls.values())
        for (const candidate of pull.threads) if (candidate.nodeId === id) return [repository, pull, candidate]
    throw new GraphQLError(`Could not resolve to a node with the global id of '${id}'`, { extensions: { type: 'NOT_FOUND' } })
  }
  const resolveTo = (isResolved: boolean) => (input: { input: { threadId: string } }) => {
    // Both mutations need `contents: write`, whatever rights on pull requests a token has. https://github.com/orgs/community/discussions/44650
    if (!may('contents')) throw forbidden()
    const [repository, pull, value] = find(input.input.threadId)
    value.isResolved = isResolved
    if (isResolved) value.resolvedBy = actor.login
    else delete value.resolvedBy
    return { thread: thread(repository, pull, value) }
  }
  return {
    viewer: { id: 'U_viewer', login: actor.login },
    repository: ({ owner, name }: { owner: string; name: string }) => {
      const repository = call.repositories.get(`${owner}/${name}`)
      if (!repository) throw new GraphQLError(`Could not resolve to a Repository with the name '${owner}/${name}'.`)
      return {
        id: `R_${name}`,
        pullRequest: ({ number }: { number: number }) => {
          const pull = repository.pulls.get(number)
          if (!pull) throw new GraphQLError(`Could not resolve to a PullRequest with the number of ${number}.`)
          return {
            id: `PR_${number}`,
            number,
            headRefOid: pull.head.sha,
            baseRefOid: repository.branches.get(pull.base),
            baseRefName: pull.base,
            baseRef: { name: pull.base, target: { __typename: 'Commit', oid: repository.branches.get(pull.base) } },
            changedFiles: changedFiles(repository, pull),
            reviewThreads: (window: Window) => connection(pull.threads, window, (value) => thread(repository, pull, value)),
            comments: (window: Window) => connection(pull.comments, window, comment),
          }
        },
        object: ({ expression = '' }: { expression?: string }) => blob(repository, expression),
      }
    },
    resolveReviewThread: resolveTo(true),
    unresolveReviewThread: resolveTo(false),
    addPullRequestReviewThreadReply: ({ input }: { input: { pullRequestReviewThreadId: string; body: string } }) => {
      if (!may('pull_requests')) throw forbidden()
      const [, , value] = find(input.pullRequestReviewThreadId)
      if ([...input.body].length > 65_536)
        throw new GraphQLError('Body is too long (maximum is 65536 characters)', { extensions: { type: 'UNPROCESSABLE' } })
      const id = call.nextId()
      const reply = { id, nodeId: `PRRC_${id}`, author: actor.login, body: input.body, reviewId: 0, createdAt: id }
      value.comments.push(reply)
      return { comment: comment(reply) }
    },
  }
}

function forbidden(): GraphQLError {
  return new GraphQLError('Resource not accessible by integration', { extensions: { type: 'FORBIDDEN' } })
}

/** GitHub gives no more than half a mebibyte of a blob's text, and none of a binary one. */
const textLimitBytes = 512 * 1024

function blob(repository: Repository, expression: string): unknown {
  const split = expression.indexOf(':')
  const bytes = repository.commits.get(expression.slice(0, split))?.files.get(expression.slice(split + 1))
  if (!bytes) return isFolder(repository, expression) ? { __typename: 'Tree', oid: '0'.repeat(40) } : null
  const isBinary = bytes.includes(0)
  return {
    __typename: 'Blob',
    oid: blobSha(bytes),
    byteSize: bytes.byteLength,
    isBinary,
    isTruncated: !isBinary && bytes.byteLength > textLimitBytes,
    text: isBinary ? null : bytes.subarray(0, textLimitBytes).toString(),
  }
}

function isFolder(repository: Repository, expression: string): boolean {
  const split = expression.indexOf(':')
  const files = repository.commits.get(expression.slice(0, split))?.files.keys() ?? []
  return [...files].some((path) => path.startsWith(`${expression.slice(split + 1)}/`))
}

function connection<Item>(items: readonly Item[], { first, last, after }: Window, shape: (item: Item) => unknown): unknown {
  const count = first ?? last
  if (count === undefined)
    throw new GraphQLError('You must provide a `first` or `last` value to properly paginate.', {
      extensions: { type: 'MISSING_PAGINATION_BOUNDARIES' },
    })
  if (count > 100)
    throw new GraphQLError(`Requesting ${count} records exceeds the \`first\` limit of 100 records.`, {
      extensions: { type: 'EXCESSIVE_PAGINATION' },
    })
  const start = last === undefined ? (after === undefined || after === null ? 0 : Number(after)) : Math.max(0, items.length - last)
  const end = Math.min(items.length, start + count)
  return {
    nodes: items.slice(start, end).map(shape),
    pageInfo: { hasNextPage: end < items.length, endCursor: end > start ? String(end) : null },
    totalCount: items.length,
  }
}
