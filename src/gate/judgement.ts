/** What a tree, or an image alone, was judged to be; and what is said of images in either. */
import type { Coverage, Gap, ImageSubject, Report } from '../findings.ts'
import type { Image } from '../oci/image.ts'
import type { ImageUse, Repository } from '../repo/repository.ts'
import { baseImageOf } from '../scan/base-image.ts'
import type { ProposeBase } from './base-proposal.ts'
import type { BaseAdvice } from './base-updates.ts'
import type { Concerned } from './concerned-uses.ts'
import type { ImageJudgement } from './judge-image.ts'
import type { PlacedProblem } from './place.ts'
import type { ImageRequest } from './request.ts'
import type { Exposure } from './risk/exposure.ts'

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

/** Of no image and no file. */
export function runGaps({ advisoryState, vex }: ImageRequest): Gap[] {
  const gap = (subject: string) => (message: string) => ({ subject, message, locations: [] })
  return [...vex.gaps.map(gap('VEX')), ...advisoryState.gaps.map(gap('advisories'))]
}

/** Nothing is loaded and nothing is asked without `propose`. */
export async function adviseOn(
  images: readonly ImageJudgement[],
  uses: ReadonlyMap<string, readonly ImageUse[]>,
  repository: Pick<Repository, 'dockerfiles' | 'lines'>,
  propose: ProposeBase | undefined,
  known: readonly Image[] = images.flatMap(({ image }) => (image ? [image] : [])),
): Promise<BaseAdvice> {
  if (!propose) return { updates: new Map(), problems: [], notes: [] }
  return (await import('./base-updates.ts')).adviseOnBases(images, uses, repository, propose, known)
}

export function withBase(subject: ImageSubject, judged: ImageJudgement, known: readonly Image[], { updates }: BaseAdvice): ImageSubject {
  const base = judged.image && baseImageOf(judged.image, known)
  const baseUpdate = updates.get(judged)
  return { ...subject, ...(base && { base }), ...(baseUpdate && { baseUpdate }) }
}

export function subjectOf(image: ImageJudgement, locations: ImageSubject['locations']): ImageSubject {
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

export function coverageOf(
  repository: Pick<Repository, 'coverage' | 'objects' | 'dockerfiles'>,
  images: readonly ImageJudgement[],
): Coverage {
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
