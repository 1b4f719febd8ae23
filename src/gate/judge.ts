/** `judge(tree)`: all that is wrong in one tree, a function of the tree and of what the request holds fixed. The base is judged by the same call. */
import type { Coverage, Gap, ImageSubject, Report } from '../findings.ts'
import type { RuleMemory } from '../manifests/rule-memory.ts'
import type { TreeFacts } from '../manifests/tree-facts.ts'
import type { Image } from '../oci/image.ts'
import type { ImageUse, Repository } from '../repo/repository.ts'
import type { Tree } from '../repo/tree.ts'
import { baseImageOf } from '../scan/base-image.ts'
import type { ProposeBase } from './base-proposal.ts'
import type { BaseAdvice } from './base-updates.ts'
import type { Concerned } from './concerned-uses.ts'
import { hiddenPodNotes } from './hidden-pods.ts'
import { holdConditions } from './hold-conditions.ts'
import type { ImageJudgement } from './judge-image.ts'
import { mapLimited } from './once.ts'
import { linesOf, type PlacedProblem, placeConcerned } from './place.ts'
import type { Part } from './plan-part.ts'
import type { GateRequest, ImageRequest } from './request.ts'
import type { Exposure } from './risk/exposure.ts'
import type { SearchedFiles } from './searched-files.ts'

export interface Judgement {
  lines(file: string): readonly string[]
  readonly subjects: readonly ImageSubject[]
  readonly problems: readonly PlacedProblem[]
  readonly gaps: readonly Gap[]
  readonly coverage: Coverage
  readonly reachability?: NonNullable<Report['reachability']>
  /** Where the subject of a problem runs, as far as the tree tells; worked out when it is asked for. */
  exposureOf(subject: string): Exposure | undefined
  /** What decides nothing. */
  readonly notes?: readonly string[]
  /** Of each subject. */
  readonly images: readonly ImageJudgement[]
  readonly imageUses: readonly ImageUse[]
  readonly concerned: Concerned
  /** Of each subject: its reference's place among all that are used, and how many of the last gaps are its own. */
  readonly places?: readonly { readonly position: number; readonly gaps: number }[]
}

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
  const { exposuresOf } = await import('./risk/exposures.ts')
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
  const { joinSecrets, secretsOf } = await import('./join-secrets.ts')
  const secrets = await secretsOf(tree, isFirst, request, shared)
  const advice = await adviseOn(
    images.map(({ image }) => image),
    uses,
    repository,
    shared.propose,
    known,
  )
  const { concernedUses } = await import('./concerned-uses.ts')
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

/** An image that no tree names: no lines, and its inventory in the report. */
export async function judgeOneImage(reference: string, request: ImageRequest, propose?: ProposeBase): Promise<Judgement> {
  const { judgeImage } = await import('./judge-image.ts')
  const images = (await judgeImage(reference, request)).map((image) => holdConditions(image, () => undefined, request))
  const { concernedUses } = await import('./concerned-uses.ts')
  const concerned = concernedUses({ objects: [] }, {})
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
    concerned,
    notes: [...advice.notes, ...images.flatMap(({ notes = [] }) => notes)].sort(),
    problems: images.flatMap((image) => placeConcerned(image, [], concerned)),
    gaps: [...runGaps(request), ...images.flatMap(({ subject, gaps }) => gaps.map((message) => ({ subject, message, locations: [] })))],
    coverage: coverageOf({ coverage: nothing, objects: [], dockerfiles: [] }, images),
  }
}

/** Of no image and no file. */
function runGaps({ advisoryState, vex }: ImageRequest): Gap[] {
  const gap = (subject: string) => (message: string) => ({ subject, message, locations: [] })
  return [...vex.gaps.map(gap('VEX')), ...advisoryState.gaps.map(gap('advisories'))]
}

/** Nothing is loaded and nothing is asked without `propose`. */
async function adviseOn(
  images: readonly ImageJudgement[],
  uses: ReadonlyMap<string, readonly ImageUse[]>,
  repository: Pick<Repository, 'dockerfiles' | 'lines'>,
  propose: ProposeBase | undefined,
  known: readonly Image[] = images.flatMap(({ image }) => (image ? [image] : [])),
): Promise<BaseAdvice> {
  if (!propose) return { updates: new Map(), problems: [], notes: [] }
  return (await import('./base-updates.ts')).adviseOnBases(images, uses, repository, propose, known)
}

function withBase(subject: ImageSubject, judged: ImageJudgement, known: readonly Image[], { updates }: BaseAdvice): ImageSubject {
  const base = judged.image && baseImageOf(judged.image, known)
  const baseUpdate = updates.get(judged)
  return { ...subject, ...(base && { base }), ...(baseUpdate && { baseUpdate }) }
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

function subjectOf(image: ImageJudgement, locations: ImageSubject['locations']): ImageSubject {
  const { anomaly, reference, digest, platform, signature, signatureMessage, packages, image: opened } = image
  return {
    kind: 'image',
    reference,
    ...(digest === undefined ? {} : { digest }),
    ...(platform === undefined ? {} : { platform }),
    signature,
    ...(signatureMessage === undefined ? {} : { signatureMessage }),
    ...(packages === undefined ? {} : { packages }),
    ...(opened && configuredOf(opened)),
    ...(anomaly && { anomaly }),
    locations,
  }
}

function configuredOf({ layers, config: { user } }: Image): Pick<ImageSubject, 'sizeBytes' | 'user'> {
  return {
    sizeBytes: layers.reduce((sum, { descriptor }) => sum + descriptor.size, 0),
    ...(user === undefined || user === '' ? {} : { user }),
  }
}

function coverageOf(repository: Pick<Repository, 'coverage' | 'objects' | 'dockerfiles'>, images: readonly ImageJudgement[]): Coverage {
  const failed = images.filter(({ gaps }) => gaps.length > 0).length
  const { judged, skipped, skippedFiles } = repository.coverage
  return {
    files: { judged, skipped },
    objects: repository.objects.length,
    dockerfiles: repository.dockerfiles.length,
    images: { judged: images.length - failed, failed },
    skippedFiles,
  }
}
