/** An image that no tree names, judged alone. */
import type { ProposeBase } from './base-proposal.ts'
import { holdConditions } from './hold-conditions.ts'
import { adviseOn, coverageOf, type Judgement, runGaps, subjectOf, withBase } from './judgement.ts'
import { placeConcerned } from './place.ts'
import type { ImageRequest } from './request.ts'

/** No lines, and its inventory in the report. */
export async function judgeOneImage(reference: string, request: ImageRequest, propose?: ProposeBase): Promise<Judgement> {
  const { judgeImage } = await import('./judge-image.ts')
  const images = (await judgeImage(reference, request)).map((image) => holdConditions(image, () => undefined, request))
  const { concernedAlone } = await import('./concerned-image.ts')
  const nothing = { judged: 0, skipped: 0, skippedFiles: [] }
  const advice = await adviseOn(images, new Map(), { dockerfiles: [], lines: () => [] }, propose)
  return {
    lines: () => [],
    exposureOf: () => undefined,
    subjects: images.map((image) => ({
      ...withBase(subjectOf(image, []), image, [], advice),
      inventory: image.inventory,
      ...(image.profile?.files && image.profile.files.binaries.length > 0 && { unowned: image.profile.files.binaries }),
    })),
    images,
    imageUses: [],
    concerned: concernedAlone,
    notes: [...advice.notes, ...images.flatMap(({ notes = [] }) => notes)].sort(),
    problems: images.flatMap((image) => placeConcerned(image, [], concernedAlone)),
    gaps: [...runGaps(request), ...images.flatMap(({ subject, gaps }) => gaps.map((message) => ({ subject, message, locations: [] })))],
    coverage: coverageOf({ coverage: nothing, objects: [], dockerfiles: [] }, images),
  }
}
