/** Tells a pull request what was found: comments on lines, their threads' state, and the summary. */
import type { Report } from '../../findings.ts'
import { readMarker } from '../../report/comment.ts'
import { renderMarkdown } from '../../report/markdown.ts'
import type { RenderContext } from '../../report/renderer.ts'
import { readTold, writeTold } from '../alerts/told.ts'
import type { GitHub } from './api.ts'
import { postComments } from './comments.ts'
import { type Conversation, readConversation } from './conversation.ts'
import type { PullFile } from './diff.ts'
import type { Permissions } from './permissions.ts'
import { isSummary, summaryBody, summaryLimit, writeSummary } from './summary.ts'
import { planThreads } from './thread-plan.ts'
import { deleteDuplicates, updateThreads } from './threads.ts'
import { answerWaivers } from './waivers.ts'

/** Lines with comments at most, over all runs. */
export const commentLimit = 25

export interface Telling {
  readonly github: GitHub
  readonly permissions: Permissions
  readonly number: number
  /** The commit that was judged. */
  readonly headSha: string
  readonly files: readonly PullFile[]
  readonly context: RenderContext
  readonly review: 'comments' | 'summary'
  /** Lines with comments at once, over all runs. */
  readonly commentLimit: number
  /** Where the judged tree is in the repository. */
  readonly prefix: string
  /** What the summary says besides, at its head; Markdown. */
  readonly remarks: readonly string[]
  /** Keys of the alerts that this run has sent. */
  readonly told?: readonly string[]
}

/** `moved`: nothing is said when the head has moved on, its own run says it. Throws PublishError. */
export async function tellPull(report: Report, telling: Telling): Promise<'forbidden' | 'moved' | 'told'> {
  const { github, permissions, number, headSha } = telling
  const read = (): Promise<Conversation> => readConversation(github, number, { readThread: readMarker, isSummary })
  const found = await read()
  if (found.headSha !== headSha) return 'moved'
  const told = await permissions.attempt('pull-requests: write', async () => {
    const conversation = await deleteDuplicates(github, found)
    const { posted, remarks } = await tellThreads(report, telling, conversation)
    const all = [...telling.remarks, ...remarks]
    const keys = [...conversation.summaries.flatMap((summary) => readTold(summary.body)), ...(telling.told ?? [])]
    const room = summaryLimit - writeTold(keys).length - all.reduce((sum, remark) => sum + remark.length + 2, 0)
    const body = summaryBody(renderMarkdown(report, telling.context, room), all, keys)
    const isNew = await writeSummary(github, number, body, conversation.summaries)
    // Another run may have found nothing there at the same moment: the last of the two to write sees both.
    if (posted || isNew) await deleteDuplicates(github, await read())
    return true
  })
  return told ? 'told' : 'forbidden'
}

async function tellThreads(
  report: Report,
  telling: Telling,
  { threads }: Conversation,
): Promise<{ posted: boolean; remarks: readonly string[] }> {
  if (telling.review === 'summary') return { posted: false, remarks: [] }
  const plan = planThreads(threads, report.findings, report.gaps)
  const { unresolved } = await updateThreads(telling.github, telling.number, telling.headSha, plan)
  const { posted, remarks } = await postComments(report.findings, telling, threads)
  await answerWaivers(threads, { ...telling, today: telling.context.today ?? '' })
  const left =
    unresolved > 0 ? [`<sub>Answered threads stay open: GitHub lets a token resolve them with \`contents: write\` alone.</sub>`] : []
  return { posted: posted + plan.settle.length + plan.reopen.length > 0, remarks: [...remarks, ...left] }
}
