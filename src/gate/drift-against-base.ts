/** The head's images held against those that the base has in their places. */
import type { Drift, ImageSubject } from '../findings.ts'
import type { Image } from '../oci/image.ts'
import type { ImageUse } from '../repo/repository.ts'
import { coverConfiguration, searchConfiguration } from '../scan/secrets/configuration.ts'
import { ownEngine } from '../scan/secrets/engine.ts'
import type { Concerned } from './concerned-uses.ts'
import { driftOf } from './drift.ts'
import { replacements } from './drift-pairs.ts'
import { driftProblems } from './drift-problems.ts'
import { entrypointChangedRule, portAddedRule, userRootRule } from './drift-rules.ts'
import type { ImageJudgement } from './judge-image.ts'
import { mapLimited } from './once.ts'
import { linesOf, type PlacedProblem } from './place.ts'

export interface DriftInput {
  readonly subjects: readonly ImageSubject[]
  /** Of each subject. */
  readonly images: readonly ImageJudgement[]
  readonly imageUses: readonly ImageUse[]
  readonly baseUses: readonly ImageUse[]
  readonly concerned: Concerned
  /** Of any image, each once a run. */
  readonly judgeImage: (reference: string) => Promise<readonly ImageJudgement[]>
}

export interface DriftResult {
  readonly subjects: readonly ImageSubject[]
  readonly problems: readonly PlacedProblem[]
  /** Of what could not be compared: nothing is verified by what the base has, so that it is no gap. */
  readonly notes: readonly string[]
}

const imagesAtOnce = 8
const startRules: ReadonlySet<string> = new Set([entrypointChangedRule.id, portAddedRule.id])

/** Nothing is read for an image that stands in the base too. */
export async function driftAgainstBase(input: DriftInput): Promise<DriftResult> {
  const { subjects, images, imageUses, baseUses, judgeImage } = input
  const replaced = replacements(baseUses, imageUses)
  const found = await mapLimited(images, imagesAtOnce, async (image) => {
    const earlier = replaced.get(image.reference)
    return earlier === undefined || image.profile === undefined ? undefined : compare(image, await judgeImage(earlier))
  })
  const notes = found.filter((each) => typeof each === 'string')
  return {
    subjects: subjects.map((subject, index) => {
      const drift = found[index]
      return drift === undefined || typeof drift === 'string' ? subject : { ...subject, drift }
    }),
    problems: images.flatMap((image, index) => {
      const drift = found[index]
      return drift === undefined || typeof drift === 'string' ? [] : placed(drift, image, input)
    }),
    notes: [...new Set(notes)].sort(),
  }
}

/** How a container starts is not said of a line that only builds on the image, nor its user of a pod that names one. */
function placed(drift: Drift, image: ImageJudgement, { imageUses, concerned }: DriftInput): readonly PlacedProblem[] {
  const { identity, profile, subject } = image
  if (!profile) return []
  const uses = imageUses.filter(({ reference }) => reference === image.reference)
  const containers = uses.filter(({ role }) => role === 'container')
  return driftProblems(drift, profile, image.image, coverFor([image.image])).flatMap((problem) => {
    const { rule } = problem
    if (rule === userRootRule.id)
      return concerned({ ...problem, rule: 'image/root-user' }, uses).map((each) => ({
        ...each,
        problem: { ...each.problem, rule },
        ...{ subject, identity },
      }))
    const own = startRules.has(rule) ? containers : uses
    return own.length === 0 ? [] : [{ problem, subject, identity, locations: linesOf(own) }]
  })
}

/** A clause where they cannot be compared: what was not read would seem to have come, or to be gone. */
function compare(after: ImageJudgement, candidates: readonly ImageJudgement[]): Drift | string | undefined {
  const before = candidates.find(({ platform }) => platform === after.platform) ?? candidates[0]
  if (!before || !after.profile) return undefined
  const unknown = `what changed from ${before.reference} to ${after.reference} is not known`
  if (before.profile === undefined || before.digest === undefined) return `${unknown}: ${before.gaps[0] ?? 'the first could not be read'}`
  if (before.platform !== after.platform) return undefined
  if (!before.profile.isWhole) return `${unknown}: the first could not be read as a whole`
  if (!after.profile.isWhole) return `${unknown}: the second could not be read as a whole`
  return driftOf(
    { reference: before.reference, digest: before.digest },
    before.profile,
    after.profile,
    coverFor([before.image, after.image]),
  )
}

/** Command lines and instructions are quoted, and some hold what nobody should read. */
function coverFor(images: readonly (Image | undefined)[]): (text: string) => string {
  const searches = images.flatMap((image) => (image ? [searchConfiguration(image, ownEngine())] : []))
  return coverConfiguration({
    secrets: searches.flatMap(({ secrets }) => secrets),
    overlapped: searches.flatMap(({ overlapped }) => overlapped),
    isCut: searches.some(({ isCut }) => isCut),
  })
}
