/** Tells a pull request what was found: comments on lines, and the summary. */
import type { Finding, Report } from '../../findings.ts'
import { readMarker, renderComment } from '../../report/comment.ts'
import { renderMarkdown } from '../../report/markdown.ts'
import type { RenderContext } from '../../report/renderer.ts'
import { anchorFindings, type Comment } from './anchor.ts'
import type { GitHub } from './api.ts'
import { type Conversation, readConversation } from './conversation.ts'
import type { PullFile } from './diff.ts'
import type { Permissions } from './permissions.ts'
import { postReview } from './review.ts'
import { isSummary, summaryBody, summaryLimit, writeSummary } from './summary.ts'

export interface Telling {
  readonly github: GitHub
  readonly permissions: Permissions
  readonly number: number
  /** The commit that was judged. */
  readonly headSha: string
  readonly files: readonly PullFile[]
  readonly context: RenderContext
  readonly review: 'comments' | 'summary'
  /** Findings on lines at once, over all runs. */
  readonly commentLimit: number
}

/** True when the comments could be written, or there were none to write. Nothing is said when the head has moved on: its own run says it. */
export async function tellPull(report: Report, telling: Telling): Promise<'forbidden' | 'moved' | 'told'> {
  const { github, permissions, number, headSha } = telling
  const conversation = await readConversation(github, number, { readThread: readMarker, isSummary })
  if (conversation.headSha !== headSha) return 'moved'
  const told = await permissions.attempt('pull-requests: write', async () => {
    const remarks = telling.review === 'comments' ? await comment(report, telling, conversation) : []
    const body = summaryBody(renderMarkdown(report, telling.context, summaryLimit), remarks)
    await writeSummary(github, number, body, conversation.summaries)
    return true
  })
  return told ? 'told' : 'forbidden'
}

/** Posts what is new, and gives what the summary has to say about the rest. */
async function comment({ findings }: Report, telling: Telling, { threads }: Conversation): Promise<readonly string[]> {
  const known = new Set(threads.flatMap(({ fingerprints }) => fingerprints))
  const open = findings.filter(({ state }) => state === 'new')
  const openFingerprints = new Set(open.map(({ fingerprint }) => fingerprint))
  const { comments, elsewhere } = anchorFindings(
    open.filter(({ fingerprint }) => !known.has(fingerprint)),
    telling.files,
    (file) => telling.context.lines(file),
  )
  const standing = threads.filter(({ fingerprints }) => fingerprints.some((fingerprint) => openFingerprints.has(fingerprint))).length
  const chosen = comments.slice(0, Math.max(0, telling.commentLimit - standing))
  const bodies = chosen.map((each) => ({ anchor: each.anchor, body: renderComment(tellable(each), telling.context) }))
  const posted = bodies.length === 0 ? 0 : await postReview(telling.github, telling.number, telling.headSha, bodies)
  return remarksOf(elsewhere.length, comments.length - posted)
}

/** GitHub applies a suggestion to the lines of its comment: the others of the comment are told without theirs. */
function tellable({ findings, suggested }: Comment): Finding[] {
  return findings.map((finding) => {
    if (finding === suggested) return finding
    const { suggestion: _, ...rest } = finding
    return rest
  })
}

function remarksOf(elsewhere: number, unposted: number): string[] {
  const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  return [
    ...(elsewhere > 0
      ? [`<sub>${many(elsewhere, 'finding')} of this change ${elsewhere === 1 ? 'is' : 'are'} on lines that its diff does not show.</sub>`]
      : []),
    ...(unposted > 0
      ? [`<sub>${many(unposted, 'more line')} with findings ${unposted === 1 ? 'has' : 'have'} no comment: the worst come first.</sub>`]
      : []),
  ]
}
