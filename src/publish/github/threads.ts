/** Answers, resolves and reopens threads of ours, many in one request. https://docs.github.com/en/graphql/reference/mutations */
import { type GitHub, isAbsent, publishError, statusOf } from './api.ts'
import type { Conversation, OurThread } from './conversation.ts'
import { rememberNote, writeNote } from './notes.ts'
import { type Answered, duplicateAnswers, duplicateSummaries, duplicateThreads, type ThreadPlan } from './thread-plan.ts'

/** Threads of one request: each is two mutations. */
const perRequest = 20

export interface ThreadsOutcome {
  /** Answered, and left open: resolving needs `contents: write`, which a gate should not ask for. */
  readonly unresolved: number
}

/** Throws Octokit's error where the token may not comment. */
export async function updateThreads(github: GitHub, number: number, commit: string, plan: ThreadPlan): Promise<ThreadsOutcome> {
  let unresolved = 0
  for (const [threads, mutation] of [
    [plan.settle, 'resolveReviewThread'],
    [plan.reopen, 'unresolveReviewThread'],
  ] as const) {
    for (let start = 0; start < threads.length; start += perRequest) {
      const batch = threads.slice(start, start + perRequest)
      unresolved += await answerBatch(github, number, commit, batch, mutation)
    }
  }
  for (const { thread, noted } of plan.remember) await editComment(github, thread, rememberNote(thread.body, noted))
  return { unresolved }
}

type Resolving = 'resolveReviewThread' | 'unresolveReviewThread'

/** How many threads could not be resolved. */
async function answerBatch(
  github: GitHub,
  number: number,
  commit: string,
  batch: readonly Answered[],
  mutation: Resolving,
): Promise<number> {
  const withId = batch.filter(({ thread }) => thread.id !== undefined)
  const fields = withId.map(({ thread }, index) => {
    const reply = `reply${index}: addPullRequestReviewThreadReply(input: { pullRequestReviewThreadId: $thread${index}, body: $body${index} }) { comment { id } }`
    const turn = `turn${index}: ${mutation}(input: { threadId: $thread${index} }) { thread { id } }`
    return thread.isResolved === (mutation === 'resolveReviewThread') ? reply : `${reply} ${turn}`
  })
  const variables = withId.map((_, index) => `$thread${index}: ID!, $body${index}: String!`).join(', ')
  const values = Object.fromEntries(
    withId.flatMap(({ thread, noted }, index) => [
      [`thread${index}`, thread.id],
      [`body${index}`, writeNote(noted, commit)],
    ]),
  )
  const outcome = withId.length === 0 ? 0 : await mutate(github, `mutation Answer(${variables}) { ${fields.join(' ')} }`, values)
  if (outcome !== 'absent' && withId.length === batch.length) return outcome
  const plain = outcome === 'absent' ? batch : batch.filter(({ thread }) => thread.id === undefined)
  for (const { thread, noted } of plain) await reply(github, number, thread, writeNote(noted, commit))
  return plain.length + (outcome === 'absent' ? 0 : outcome)
}

async function mutate({ octokit }: GitHub, query: string, values: Record<string, unknown>): Promise<number | 'absent'> {
  try {
    await octokit.graphql(query, values)
    return 0
  } catch (error) {
    if (isAbsent(error)) return 'absent'
    const errors =
      error instanceof Error && 'errors' in error && Array.isArray(error.errors) ? (error.errors as readonly MutationError[]) : undefined
    // A thread that somebody deleted meanwhile needs no answer; one that cannot be resolved has its answer.
    const serious = errors?.filter(({ type, path }) => type !== 'NOT_FOUND' && !isTurn(path))
    if (!serious || serious.length > 0) throw error
    return errors?.filter(({ type, path }) => type !== 'NOT_FOUND' && isTurn(path)).length ?? 0
  }
}

interface MutationError {
  readonly type?: string
  readonly path?: readonly unknown[]
}

function isTurn(path: readonly unknown[] | undefined): boolean {
  return String(path?.[0]).startsWith('turn')
}

async function reply({ octokit, owner, repo }: GitHub, number: number, thread: OurThread, body: string): Promise<void> {
  await unlessGone(
    octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies', {
      owner,
      repo,
      pull_number: number,
      comment_id: thread.commentId,
      body,
    }),
  )
}

export async function editComment({ octokit, owner, repo }: GitHub, thread: OurThread, body: string): Promise<void> {
  await unlessGone(
    octokit.request('PATCH /repos/{owner}/{repo}/pulls/comments/{comment_id}', { owner, repo, comment_id: thread.commentId, body }),
  )
}

/** What two runs at once have both posted; the oldest stays. Throws Octokit's error where the token may not. */
export async function deleteDuplicates({ octokit, owner, repo }: GitHub, { threads, summaries }: Conversation): Promise<Conversation> {
  const doubleThreads = duplicateThreads(threads)
  const doubleSummaries = duplicateSummaries(summaries)
  for (const id of [...doubleThreads.map(({ commentId }) => commentId), ...duplicateAnswers(threads)])
    await unlessGone(octokit.request('DELETE /repos/{owner}/{repo}/pulls/comments/{comment_id}', { owner, repo, comment_id: id }))
  for (const { id } of doubleSummaries)
    await unlessGone(octokit.request('DELETE /repos/{owner}/{repo}/issues/comments/{comment_id}', { owner, repo, comment_id: id }))
  return {
    headSha: '',
    threads: threads.filter((thread) => !doubleThreads.includes(thread)),
    summaries: summaries.filter((summary) => !doubleSummaries.includes(summary)),
  }
}

/** Another run, or a person, was faster. */
async function unlessGone(request: Promise<unknown>): Promise<void> {
  try {
    await request
  } catch (error) {
    if (statusOf(error) !== 404) throw statusOf(error) === 422 ? publishError('a comment could not be written', error) : error
  }
}
