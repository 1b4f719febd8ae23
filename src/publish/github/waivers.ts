/** Answers requests for a waiver: with a suggestion on the waiver file where the change shows it, else with the lines to add. */
import { waiversFile } from '../../policy/read.ts'
import { markdownFence } from '../../report/escape.ts'
import { type GitHub, isForbidden, publishError, statusOf } from './api.ts'
import type { OurThread, Reply } from './conversation.ts'
import type { PullFile } from './diff.ts'
import { postReview } from './review.ts'
import { readWaiveCommand, type WaiveCommand, waiverEntries } from './waive-command.ts'

export interface WaiverWorld {
  readonly github: GitHub
  readonly number: number
  readonly headSha: string
  readonly files: readonly PullFile[]
  /** The judged tree's place in the repository: the waiver file is in its root. */
  readonly prefix: string
  /** `YYYY-MM-DD` */
  readonly today: string
}

/** Of one run: each is two requests or three. */
const answersLimit = 10

const line = /^<!-- portcullis-waiver (\d{1,20}) -->$/

/** The reply that this comment of ours answers; undefined for other comments. */
export function answeredReply(body: string): number | undefined {
  const found = line.exec(body.trimEnd().split(/\r?\n/).at(-1) ?? '')?.[1]
  return found === undefined ? undefined : Number(found)
}

/** How many were answered. Throws Octokit's error where the token may not comment. */
export async function answerWaivers(threads: readonly OurThread[], world: WaiverWorld): Promise<number> {
  let answered = 0
  for (const thread of threads) {
    for (const reply of thread.replies) {
      if (answered >= answersLimit || thread.answered.includes(reply.id)) continue
      const command = readWaiveCommand(reply.body, world.today)
      if (!command) continue
      await answer(thread, reply, command, world)
      answered++
    }
  }
  return answered
}

async function answer(
  thread: OurThread,
  reply: Reply,
  command: WaiveCommand | { readonly fault: string },
  world: WaiverWorld,
): Promise<void> {
  const marker = `<!-- portcullis-waiver ${reply.id} -->`
  const say = async (text: string): Promise<void> => {
    const { octokit, owner, repo } = world.github
    const place = { owner, repo, pull_number: world.number, comment_id: thread.commentId }
    await octokit.request('POST /repos/{owner}/{repo}/pulls/{pull_number}/comments/{comment_id}/replies', {
      ...place,
      body: `${text}\n\n${marker}`,
    })
  }
  if ('fault' in command) return say(`Not proposed: ${command.fault}.`)
  if (!(await mayWrite(world.github, reply.author)))
    return say('Not proposed: a waiver is asked for by somebody with write access to the repository.')
  const entries = waiverEntries(thread.fingerprints, command, reply.author)
  const path = world.prefix + waiversFile
  const effect = `It holds once \`${path}\` has it on the base branch; this comment waives nothing.`
  if (await suggest(entries, path, marker, world)) return say(`Proposed as a suggestion on \`${path}\`. ${effect}`)
  return say(`Add to \`${path}\`:\n\n${markdownFence('yaml', entries)}\n\n${effect}`)
}

/** https://docs.github.com/en/rest/collaborators/collaborators#get-repository-permissions-for-a-user */
async function mayWrite({ octokit, owner, repo }: GitHub, username: string): Promise<boolean> {
  if (username === '') return false
  try {
    const { data } = await octokit.request('GET /repos/{owner}/{repo}/collaborators/{username}/permission', { owner, repo, username })
    return data.permission === 'admin' || data.permission === 'write'
  } catch (error) {
    if (statusOf(error) === 404 || isForbidden(error)) return false
    throw publishError('the rights of who asks for a waiver could not be read', error)
  }
}

/** On the last line of the waiver file, where the change shows it; a suggestion cannot be put anywhere else. */
async function suggest(entries: string, path: string, marker: string, { github, number, headSha, files }: WaiverWorld): Promise<boolean> {
  const patch = files.find((file) => file.path === path)?.patch
  const last = patch && [...patch.lines].at(-1)
  if (!last) return false
  const [lineNumber, text] = last
  const body = `The waiver that was asked for:\n\n${markdownFence('suggestion', `${text}\n${entries}`)}\n\n${marker}`
  return (await postReview(github, number, headSha, [{ anchor: { path, startLine: lineNumber, line: lineNumber }, body }])) > 0
}
