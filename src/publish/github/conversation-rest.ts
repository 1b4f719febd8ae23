/** The conversation by way of REST alone, which does not know whether a thread is resolved, nor who the token is. */
import { type GitHub, publishError } from './api.ts'
import { answersOf, type Conversation, type Markers, type OurComment, type OurThread } from './conversation.ts'
import { lastNote } from './notes.ts'
import { restLogin } from './viewer.ts'
import { answeredReply } from './waivers.ts'

interface Said {
  readonly path?: string
  readonly id: number
  readonly body?: string
  readonly user: { readonly login: string } | null
  readonly in_reply_to_id?: number
}

/** Throws PublishError. */
export async function readPlainConversation({ octokit, owner, repo }: GitHub, number: number, markers: Markers): Promise<Conversation> {
  try {
    const login = await restLogin({ octokit, owner, repo })
    const common = { owner, repo, per_page: 100 }
    const { data: pull } = await octokit.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', { owner, repo, pull_number: number })
    const said: readonly Said[] = await octokit.paginate('GET /repos/{owner}/{repo}/pulls/{pull_number}/comments', {
      ...common,
      pull_number: number,
    })
    const comments: readonly Said[] = await octokit.paginate('GET /repos/{owner}/{repo}/issues/{issue_number}/comments', {
      ...common,
      issue_number: number,
    })
    const isOurs = (comment: Said): boolean => comment.user?.login === login
    const threads = said
      .filter((comment) => comment.in_reply_to_id === undefined && isOurs(comment))
      .flatMap((opening): OurThread[] => {
        const fingerprints = markers.readThread(opening.body ?? '')
        if (!fingerprints) return []
        const replies = said.filter((comment) => comment.in_reply_to_id === opening.id)
        const noted = lastNote([opening, ...replies.filter(isOurs)].map(({ body }) => body ?? ''))
        return [
          {
            commentId: opening.id,
            body: opening.body ?? '',
            fingerprints,
            path: opening.path ?? '',
            isResolved: false,
            ...(noted && { noted }),
            answers: answersOf(replies.filter(isOurs).map(({ id, body }) => ({ id, body: body ?? '' }))),
            answered: replies.filter(isOurs).flatMap(({ body }) => answeredReply(body ?? '') ?? []),
            replies: replies
              .filter((reply) => !isOurs(reply))
              .map(({ id, body, user }) => ({ id, body: body ?? '', author: user?.login ?? '' })),
          },
        ]
      })
    const summaries = comments.filter((comment) => isOurs(comment) && markers.isSummary(comment.body ?? ''))
    return { headSha: pull.head.sha, threads, summaries: summaries.map(({ id, body }): OurComment => ({ id, body: body ?? '' })) }
  } catch (error) {
    throw publishError(`the conversation of pull request ${number} could not be read`, error)
  }
}
