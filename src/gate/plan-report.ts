/** What a shard's report says besides its part of the findings, so that the parts can be joined without judging again. */
import type { Finding, ShardPart } from '../findings.ts'
import type { Policy } from '../policy/policy.ts'
import type { Judgement } from './judgement.ts'
import type { Part } from './plan-part.ts'
import { checkNames, type ImageRequest } from './request.ts'
import { demandsOf, demandsText } from './responses.ts'
import { imageNotes, malwareCoverage, malwareLayers } from './scan-malware.ts'
import { waiverNotes } from './waivers.ts'

export function shardOf(
  part: Part,
  judgement: Judgement,
  findings: readonly Finding[],
  request: ImageRequest,
  asked: ReadonlyMap<string, number>,
): ShardPart {
  const { layerPass, malware, policy, now, advisoryState } = request
  const responses = demandsOf(policy)
  return {
    ...part.identity,
    isWhole: checkNames.every((name) => request.checks.has(name)),
    subjects: judgement.places ?? [],
    ...(layerPass?.seen ? { layers: { ...layerPass.seen(), ...askedOf(asked) } } : {}),
    ...(malware && malwareCoverage(malware) ? { malware: malwareLayers(malware) } : {}),
    notes: { run: advisoryState.notes, images: imageNotes(judgement, request) },
    waivers: waiversOf(policy, findings, now.toISOString().slice(0, 10)),
    ...(responses && { responses: demandsText(responses) }),
  }
}

function askedOf(asked: ReadonlyMap<string, number>): Pick<NonNullable<ShardPart['layers']>, 'asked' | 'images'> {
  const images = [...asked].map(([reference, count]) => ({ reference, asked: count }))
  images.sort((left, right) => (left.reference < right.reference ? -1 : 1))
  return { asked: images.reduce((sum, image) => sum + image.asked, 0), images }
}

function waiversOf(policy: Policy, findings: readonly Finding[], today: string): ShardPart['waivers'] {
  return policy.waivers.map((waiver) => {
    const [note] = waiverNotes({ ...policy, waivers: [waiver] }, findings, today, false)
    if (note !== undefined) return { note }
    const [unused] = waiverNotes({ ...policy, waivers: [waiver] }, findings, today, true)
    return unused === undefined ? {} : { unused }
  })
}
