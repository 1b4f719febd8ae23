/** The comments of one run: what has no thread yet is posted, and what has one is brought up to date. */
import type { Finding } from '../../findings.ts'
import { renderComment } from '../../report/comment.ts'
import { writeMarker } from '../../report/marker.ts'
import type { RenderContext } from '../../report/renderer.ts'
import { anchorFindings, type Comment } from './anchor.ts'
import type { OurThread } from './conversation.ts'
import { postFileComment, postReview } from './review.ts'
import type { Telling } from './tell.ts'
import { editComment } from './threads.ts'
import { isTold } from './told.ts'

/** Comments on files as a whole, over all runs: each is a request, and less to the point than one on a line. */
const fileCommentLimit = 5

export interface Posted {
  readonly posted: number
  /** What the summary has to say about the rest; Markdown. */
  readonly remarks: readonly string[]
}

export async function postComments(findings: readonly Finding[], telling: Telling, threads: readonly OurThread[]): Promise<Posted> {
  const { github, number, headSha, context, files } = telling
  const open = new Map(findings.filter(isTold).map((finding) => [finding.fingerprint, finding]))
  const standing = threads.filter(({ fingerprints }) => fingerprints.some((fingerprint) => open.has(fingerprint)))
  for (const thread of standing) await bringUpToDate(thread, open, telling)
  const known = new Set(threads.flatMap(({ fingerprints }) => fingerprints))
  const untold = [...open.values()].filter(({ fingerprint }) => !known.has(fingerprint))
  const { comments, fileComments, elsewhere } = anchorFindings(untold, files, (file) => context.lines(file))
  const room = Math.max(0, telling.commentLimit - standing.length)
  const chosen = await Promise.all(
    comments.slice(0, room).map(async (each) => ({ anchor: each.anchor, body: renderComment(await tellable(each, context), context) })),
  )
  let posted = chosen.length === 0 ? 0 : await postReview(github, number, headSha, chosen)
  const unposted = comments.length - posted
  const chosenFiles = fileComments.slice(0, Math.min(fileCommentLimit, room - chosen.length))
  let hidden = elsewhere.length + fileComments.slice(chosenFiles.length).flatMap((each) => each.findings).length
  for (const each of chosenFiles) {
    const isPosted = await postFileComment(github, number, headSha, each.path, renderComment(each.findings.map(withoutSuggestion), context))
    if (isPosted) posted++
    else hidden += each.findings.length
  }
  return { posted, remarks: remarksOf(hidden, unposted) }
}

/** GitHub applies a suggestion to the lines of its comment: the others of the comment are told without theirs. */
async function tellable({ findings, suggested }: Comment, { lines }: RenderContext): Promise<Finding[]> {
  const isOffered = suggested !== undefined && (await (await import('./suggestions.ts')).clears(suggested, lines))
  return findings.map((finding) => (isOffered && finding === suggested ? finding : withoutSuggestion(finding)))
}

function withoutSuggestion({ suggestion: _, ...finding }: Finding): Finding {
  return finding
}

/** Of several findings some may be fixed: the comment tells those that are left, and still stands for all. An edit notifies nobody. */
async function bringUpToDate(thread: OurThread, open: ReadonlyMap<string, Finding>, { github, context }: Telling): Promise<void> {
  const left = thread.fingerprints.map((fingerprint) => open.get(fingerprint)).filter((finding) => finding !== undefined)
  if (left.length === thread.fingerprints.length || left.length === 0) return
  const lines = renderComment(left.map(withoutSuggestion), context).trimEnd().split('\n')
  const body = [...lines.slice(0, -1), writeMarker(thread.fingerprints)].join('\n')
  if (body !== thread.body.replaceAll('\r\n', '\n').trimEnd()) await editComment(github, thread, body)
}

function remarksOf(hidden: number, unposted: number): string[] {
  const many = (count: number, word: string): string => `${count} ${word}${count === 1 ? '' : 's'}`
  return [
    ...(hidden > 0
      ? [`<sub>${many(hidden, 'finding')} ${hidden === 1 ? 'is' : 'are'} on lines that the diff of this change does not show.</sub>`]
      : []),
    ...(unposted > 0
      ? [`<sub>${many(unposted, 'more line')} with findings ${unposted === 1 ? 'has' : 'have'} no comment: the worst come first.</sub>`]
      : []),
  ]
}
