/** `judge(tree)`: all that is wrong in one tree, a function of the tree and of what the request holds fixed. The base is judged by the same call. */
import type { RuleMemory } from '../manifests/rule-memory.ts'
import type { TreeFacts } from '../manifests/tree-facts.ts'
import type { ImageUse, Repository } from '../repo/repository.ts'
import type { Tree } from '../repo/tree.ts'
import type { ProposeBase } from './base-proposal.ts'
import { concernedUses } from './concerned-uses.ts'
import { hiddenPodNotes } from './hidden-pods.ts'
import { holdConditions } from './hold-conditions.ts'
import { joinSecrets, secretsOf } from './join-secrets.ts'
import type { ImageJudgement } from './judge-image.ts'
import { adviseOn, coverageOf, type Judgement, runGaps, subjectOf, withBase } from './judgement.ts'
import { mapLimited } from './once.ts'
import { linesOf, placeConcerned } from './place.ts'
import type { Part } from './plan-part.ts'
import type { GateRequest } from './request.ts'
import { exposuresOf } from './risk/exposures.ts'
import type { SearchedFiles } from './searched-files.ts'

const imagesAtOnce = 8

/** Shared between the head's and the base's judgement, so that a tree is read once, and an image of both as well. */
export interface Shared {
  readTree(tree: Tree): Promise<Repository>
  /** The files of a tree that are looked through for secrets. */
  searched(tree: Tree): Promise<SearchedFiles>
  /** What is known of documents from the other tree or from earlier runs; absent where there is neither. */
  rules?: Promise<RuleMemory>
  judgeImage(reference: string): Promise<readonly ImageJudgement[]>
  /** What is looked up of a tree as a whole. */
  factsOf(repository: Repository): Promise<TreeFacts>
  /** Absent where newer base images are not asked for. */
  propose?: ProposeBase
  /** Absent where all is judged. */
  part?: Part
}

export async function judge(tree: Tree, request: GateRequest, shared: Shared): Promise<Judgement> {
  const repository = await shared.readTree(tree)
  const wantsImages = request.checks.has('images') || request.checks.has('signatures')
  const uses = wantsImages ? usesByReference(repository.imageUses, request.images) : new Map<string, ImageUse[]>()
  const { part } = shared
  const isFirst = part?.isFirst ?? true
  const exposures = exposuresOf(repository, await shared.factsOf(repository), request.policy)
  const judged = await mapLimited([...uses], imagesAtOnce, async ([reference, places], position) => {
    const lines = linesOf(places)
    const isOwn = part?.owns(reference) ?? true
    const found = isOwn ? await shared.judgeImage(reference) : (part?.glance(reference) ?? [])
    if (!isOwn) return found.map((image) => ({ image, lines, position, isOwn }))
    const placeOf = () => exposures.ofUses(places) ?? 'nowhere'
    return found.map((image) => ({ image: holdConditions(image, placeOf, request), lines, position, isOwn }))
  })
  const all = judged.flat()
  const images = all.filter(({ isOwn }) => isOwn)
  const known = all.flatMap(({ image: { image } }) => (image ? [image] : []))
  const digests = new Map(all.flatMap(({ image }) => (image.digest === undefined ? [] : [[image.reference, image.digest] as const])))
  const manifests =
    isFirst && request.checks.has('manifests')
      ? await (await import('./judge-manifests.ts')).judgeManifestsOf(repository, digests, request, shared)
      : { problems: [], gaps: [], kindsWithoutSchema: [], reachability: undefined }
  const secrets = await secretsOf(tree, isFirst, request, shared)
  const advice = await adviseOn(
    images.map(({ image }) => image),
    uses,
    repository,
    shared.propose,
    known,
  )
  const concerned = concernedUses(
    repository,
    request.checks.has('manifests') ? { dockerfilesToday: request.now.toISOString().slice(0, 10) } : {},
  )
  const referenceOf = new Map(images.map(({ image }) => [image.subject, image.reference]))
  return {
    lines: (file) => (repository.lines(file).length > 0 ? repository.lines(file) : secrets.lines(file)),
    exposureOf(subject) {
      const reference = referenceOf.get(subject)
      return reference === undefined ? exposures.ofObject(subject) : exposures.ofUses(uses.get(reference) ?? [])
    },
    subjects: images.map(({ image, lines }) => withBase(subjectOf(image, lines), image, known, advice)),
    problems: joinSecrets(
      [
        ...images.flatMap(({ image }) => placeConcerned(image, uses.get(image.reference) ?? [], concerned)),
        ...manifests.problems,
        ...advice.problems,
      ],
      secrets,
    ),
    images: images.map(({ image }) => image),
    imageUses: repository.imageUses,
    concerned,
    notes: [
      ...advice.notes,
      ...secrets.notes,
      ...hiddenPodNotes(repository),
      ...images.flatMap(({ image: { notes = [] } }) => notes),
    ].sort(),
    places: images.map(({ image, position }) => ({ position, gaps: image.gaps.length })),
    gaps: [
      ...(isFirst ? [...runGaps(request), ...repository.gaps] : []),
      ...manifests.gaps,
      ...secrets.gaps,
      ...images.flatMap(({ image, lines }) => image.gaps.map((message) => ({ subject: image.subject, message, locations: lines }))),
    ],
    coverage: {
      ...coverageOf(
        repository,
        images.map(({ image }) => image),
      ),
      ...(manifests.kindsWithoutSchema.length > 0 && { kindsWithoutSchema: manifests.kindsWithoutSchema }),
    },
    ...(manifests.reachability && { reachability: manifests.reachability }),
  }
}

/** Images in the order of the tree, then those of the call. */
function usesByReference(uses: readonly ImageUse[], images: readonly string[]): Map<string, ImageUse[]> {
  const found = new Map<string, ImageUse[]>()
  for (const use of uses) {
    const places = found.get(use.reference)
    if (places) places.push(use)
    else found.set(use.reference, [use])
  }
  for (const image of images) if (!found.has(image)) found.set(image, [])
  return found
}
