/** A newer image for a base: its registry's tags are listed, and the newest of the series is judged like any image. */
import { openSource } from '../oci/sources.ts'
import { listTags } from '../oci/tags.ts'
import { messageOf } from './errors.ts'
import type { ImageJudgement } from './judge-image.ts'
import { mirrorsOf } from './mirrors.ts'
import type { ImageRequest } from './request.ts'
import { isVersionTag, newerTags } from './tag-series.ts'

/** Judgements by platform. Only a `note` where nothing can be said, and nothing at all where nothing newer is known. */
export interface BaseProposal {
  readonly current?: readonly ImageJudgement[]
  readonly proposed?: readonly ImageJudgement[]
  readonly note?: string
}

export type ProposeBase = (text: string) => Promise<BaseProposal>
type JudgeOnce = (reference: string) => Promise<readonly ImageJudgement[]>

/** `text` names the base as an image use does. Never rejects for what its registry does: nothing is verified by the answer, so that it is no gap. */
export async function proposeBase(text: string, request: ImageRequest, judgeOnce: JudgeOnce): Promise<BaseProposal> {
  try {
    const newer = await newerThan(text, request, judgeOnce)
    return newer === undefined ? {} : checked(text, newer, await judgeOnce(text))
  } catch (error) {
    request.signal.throwIfAborted()
    return { note: `no newer base was looked for: ${messageOf(error)}` }
  }
}

async function newerThan(text: string, request: ImageRequest, judgeOnce: JudgeOnce): Promise<readonly ImageJudgement[] | undefined> {
  const { access, http, policy, policyDirectory, signal } = request
  const mirrors = mirrorsOf(policy, policyDirectory)
  const { source, reference, close } = await openSource(text, { http, mirrors, ...access, signal, registriesOnly: true })
  try {
    const { digest, tag } = reference
    if (tag === undefined || !isVersionTag(tag)) return undefined
    const { inMajor, inMinor } = newerTags(tag, (await listTags(source, signal)) ?? [])
    const name = nameOf(text, tag)
    if (inMinor !== undefined) return judgeOnce(`${name}:${inMinor}`)
    if (digest !== undefined) {
      // The same tag was moved since it was pinned: that is the nearest that is newer.
      const moved = await judgeOnce(`${name}:${tag}`)
      if (moved[0]?.digest !== undefined && moved[0].digest !== digest) return moved
    }
    return inMajor === undefined ? undefined : judgeOnce(`${name}:${inMajor}`)
  } finally {
    await close()
  }
}

/** What was not read whole would seem to clear what it was not looked for in. */
function checked(text: string, proposed: readonly ImageJudgement[], current: readonly ImageJudgement[]): BaseProposal {
  const failed = [...proposed, ...current].find(({ gaps }) => gaps.length > 0)
  if (!failed) return { current, proposed }
  return { note: `no newer base than ${text} is proposed: ${failed.reference} could not be judged whole: ${failed.gaps[0]}` }
}

function nameOf(text: string, tag: string): string {
  const [named = ''] = text.split('@sha')
  return named.endsWith(`:${tag}`) ? named.slice(0, -tag.length - 1) : named
}
