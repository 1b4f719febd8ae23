/** A digest back to its lines: what was found in an image is put on every line that uses it. */
import type { Location, Problem } from '../findings.ts'
import type { ImageUse } from '../repo/repository.ts'
import type { Concerned } from './concerned-uses.ts'
import type { ImageJudgement } from './judge-image.ts'

/** A problem of a subject, with the lines that cause it; not yet decided. */
export interface PlacedProblem {
  readonly problem: Problem
  readonly subject: string
  /** What the subject is counted under: see `fingerprint.ts`. */
  readonly identity: string
  readonly locations: readonly Location[]
}

/** The lines that use an image, in the order of the tree, each once. */
export function linesOf(uses: readonly ImageUse[]): readonly Location[] {
  const lines = new Map(uses.map(({ location }) => [`${location.file}:${location.startLine}:${location.startColumn ?? 0}`, location]))
  return [...lines.values()].sort(byPlace)
}

/** Each problem on all the lines. */
export function placeImageProblems(judgement: ImageJudgement, locations: readonly Location[]): PlacedProblem[] {
  const { subject, identity } = judgement
  return judgement.problems.map((problem) => ({ problem, subject, identity, locations }))
}

/** Each problem on the lines that it concerns; nothing is left of one that concerns none. */
export function placeConcerned(judgement: ImageJudgement, uses: readonly ImageUse[], concerned: Concerned): PlacedProblem[] {
  const { subject, identity } = judgement
  return judgement.problems.flatMap((problem) => concerned(problem, uses).map((placed) => ({ ...placed, subject, identity })))
}

export function byPlace(left: Location, right: Location): number {
  if (left.file !== right.file) return left.file < right.file ? -1 : 1
  return left.startLine - right.startLine || (left.startColumn ?? 0) - (right.startColumn ?? 0)
}
