/** What was said on a pull request by this product, and nobody else: comments count as ours by marker and author. */
import { type GitHub, isAbsent, publishError } from './api.ts'
import { type ConversationAnswer, conversationQuery, type ThreadNode } from './conversation-query.ts'
import { readPlainConversation } from './conversation-rest.ts'
import { PublishError } from './errors.ts'
import { lastNote, type Noted } from './notes.ts'
import { answeredReply } from './waivers.ts'

export interface OurThread {
  /** GraphQL's id; undefined where there is no GraphQL, and with it no way to resolve. */
  readonly id?: string
  /** The first comment's, of the REST API. */
  readonly commentId: number
  readonly body: string
  readonly fingerprints: readonly string[]
  readonly path: string
  readonly isResolved: boolean
  /** What we said last in it about its state. */
  readonly noted?: Noted
  /** Our answers in it, each with its note. */
  readonly answers: readonly Answer[]
  /** Requests for a waiver that we have answered, by the ids of the replies. */
  readonly answered: readonly number[]
  /** What others said in it. */
  readonly replies: readonly Reply[]
}

export interface Answer {
  /** The comment's, of the REST API. */
  readonly id: number
  readonly noted: Noted
}

export interface Reply {
  readonly body: string
  readonly author: string
  readonly id: number
}

export interface OurComment {
  readonly id: number
  readonly body: string
}

export interface Conversation {
  /** The head when it was read. */
  readonly headSha: string
  /** In the order of their creation. */
  readonly threads: readonly OurThread[]
  readonly summaries: readonly OurComment[]
}

export interface Markers {
  /** The fingerprints that a comment of ours tells; undefined where the body has no marker. */
  readonly readThread: (body: string) => readonly string[] | undefined
  readonly isSummary: (body: string) => boolean
}

/** Pages of 100; a conversation that is longer than this is not ours to read. */
const mostPages = 50

/** Throws PublishError. */
export async function readConversation(github: GitHub, number: number, markers: Markers): Promise<Conversation> {
  const { octokit, owner, repo } = github
  const threads: OurThread[] = []
  const summaries: OurComment[] = []
  let cursor: { threads: string | null; comments: string | null } = { threads: null, comments: null }
  let [wantThreads, wantComments] = [true, true]
  let headSha = ''
  for (let page = 0; wantThreads || wantComments; page++) {
    if (page >= mostPages) throw new PublishError('refused', `pull request ${number} has more than ${mostPages * 100} comments or threads`)
    const answer = await octokit
      .graphql<ConversationAnswer>(conversationQuery, { owner, repo, number, ...cursor, wantThreads, wantComments })
      .catch((error: unknown) => {
        if (isAbsent(error)) return undefined
        throw publishError(`the conversation of pull request ${number} could not be read`, error)
      })
    if (!answer) return readPlainConversation(github, number, markers)
    const pull = answer.repository?.pullRequest
    if (!pull)
      throw new PublishError('refused', `the conversation of pull request ${number} could not be read: there is no such pull request`)
    if (page === 0) headSha = pull.headRefOid
    for (const node of pull.reviewThreads?.nodes ?? []) {
      const thread = node && ourThread(node, markers)
      if (thread) threads.push(thread)
    }
    for (const node of pull.comments?.nodes ?? []) {
      if (node?.viewerDidAuthor && node.databaseId !== null && markers.isSummary(node.body))
        summaries.push({ id: node.databaseId, body: node.body })
    }
    wantThreads = pull.reviewThreads?.pageInfo.hasNextPage === true
    wantComments = pull.comments?.pageInfo.hasNextPage === true
    cursor = { threads: pull.reviewThreads?.pageInfo.endCursor ?? null, comments: pull.comments?.pageInfo.endCursor ?? null }
  }
  return { headSha, threads, summaries }
}

function ourThread(node: ThreadNode, markers: Markers): OurThread | undefined {
  const [opening] = node.opening.nodes
  if (!opening?.viewerDidAuthor || opening.databaseId === null) return undefined
  const fingerprints = markers.readThread(opening.body)
  if (!fingerprints) return undefined
  const later = node.latest.nodes.filter((comment) => comment !== null).filter((comment) => comment.databaseId !== opening.databaseId)
  const noted = lastNote([opening, ...later].filter((comment) => comment.viewerDidAuthor).map(({ body }) => body))
  return {
    id: node.id,
    commentId: opening.databaseId,
    body: opening.body,
    fingerprints,
    path: node.path,
    isResolved: node.isResolved,
    ...(noted && { noted }),
    answers: answersOf(later.filter((comment) => comment.viewerDidAuthor).map(({ body, databaseId }) => ({ body, id: databaseId ?? 0 }))),
    answered: later.filter((comment) => comment.viewerDidAuthor).flatMap(({ body }) => answeredReply(body) ?? []),
    replies: later
      .filter((comment) => !comment.viewerDidAuthor)
      .map(({ body, author, databaseId }) => ({ body, author: author?.login ?? '', id: databaseId ?? 0 })),
  }
}

/** Which of these replies of ours are answers. */
export function answersOf(replies: readonly { readonly id: number; readonly body: string }[]): Answer[] {
  return replies.flatMap(({ id, body }) => {
    const noted = lastNote([body])
    return noted ? [{ id, noted }] : []
  })
}
