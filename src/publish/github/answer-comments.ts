/** A reply in a thread: requests for waivers are answered at once, not with the next push. Nothing is judged, and no verdict changes. */
import { readMarker } from '../../report/marker.ts'
import { openGitHub } from './api.ts'
import { readConversation } from './conversation.ts'
import type { ReviewCommentEvent } from './event.ts'
import { createPermissions, missingMessage } from './permissions.ts'
import { prefixOf } from './place.ts'
import { readPullFiles } from './pull.ts'
import { isSummary } from './summary.ts'
import { answerWaivers } from './waivers.ts'
import type { ActionWorld } from './world.ts'

export async function answerComments({ number, owner, repo }: ReviewCommentEvent, world: ActionWorld): Promise<undefined> {
  const github = openGitHub(world.address, { owner, repo }, world)
  const [{ threads, headSha }, files] = await Promise.all([
    readConversation(github, number, { readThread: readMarker, isSummary }),
    readPullFiles(github, number),
  ])
  const permissions = createPermissions()
  const place = { github, number, headSha, files, prefix: prefixOf(world.inputs.path, world.workspace), today: world.context.today ?? '' }
  const answered = await permissions.attempt('pull-requests: write', () => answerWaivers(threads, place))
  world.runner.say(missingMessage(permissions.missing, false) ?? `${answered ?? 0} requests for a waiver answered`)
}
