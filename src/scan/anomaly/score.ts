/** How far an image is from the earlier ones of its series: its step is held against theirs by an isolation forest. */
import { type Anomaly, quote } from '../../findings.ts'
import type { ImageProfile } from '../profile.ts'
import { features, type Step } from './features.ts'
import { isolate, random } from './forest.ts'
import { SeenSoFar } from './seen.ts'

/** Fewer earlier images tell nothing of what is usual. */
export const leastHistory = 8
/** More are not compared: the newest tell what is usual now. */
export const mostHistory = 50

/** Below it an image is anomalous: measured on series of honest updates and on series with something planted, see `test/scan/anomaly`. */
export const anomalyThreshold = -0.65
/** And one feature alone has to be so far out, in tolerances: a little of everything is what a large update is. */
const leastDeviation = 4
/** Beyond it a feature counts no more, so that the size of one does not hide another. */
const mostDeviation = 20
/** Points that the forest is grown of, at about: the paper's sample. */
const points = 200
const seed = 2008
/** At this share of the cuts a feature is named. */
const namedShare = 0.08
const mostNamed = 5
const mostShown = 3

/** `earlier`: the oldest first. Undefined where there are too few of them. The same images give the same answer. */
export function scoreAnomaly(image: ImageProfile, earlier: readonly ImageProfile[]): Anomaly | undefined {
  const history = earlier.slice(-mostHistory)
  if (history.length < leastHistory) return undefined
  const seen = new SeenSoFar()
  const steps: number[][] = []
  for (const [index, each] of history.entries()) {
    const before = history[index - 1]
    if (before) steps.push(valuesOf({ image: each, before, seen }))
    seen.add(each)
  }
  const step: Step = { image, before: history.at(-1) ?? image, seen }
  const scales = features.map(({ tolerance }, index) =>
    scaleOf(
      steps.map((values) => values[index] ?? 0),
      tolerance,
    ),
  )
  const place = (values: readonly number[]): number[] =>
    values.map((value, index) => {
      const { middle, spread } = scales[index] ?? { middle: 0, spread: 1 }
      return Math.max(-mostDeviation, Math.min((value - middle) / spread, mostDeviation))
    })
  const point = place(valuesOf(step))
  const { score, shares, agreement } = isolate(point, usual(steps.map(place)), anomalyThreshold, { seed })
  const isOut = point.some((deviation) => Math.abs(deviation) >= leastDeviation)
  return {
    is_anomaly: isOut && score < anomalyThreshold,
    anomaly_score: rounded(score),
    confidence: rounded(confidenceOf([image, ...history], agreement)),
    history: history.length,
    because: becauseOf(step, point, shares),
  }
}

function valuesOf(step: Step): number[] {
  return features.map((feature) => feature.value(step))
}

/** The median, and how far steps are from it as a rule: 1.4826 times the median of the distances is the standard deviation of a normal distribution. */
function scaleOf(values: readonly number[], tolerance: number): { middle: number; spread: number } {
  const middle = median(values)
  return { middle, spread: Math.max(tolerance, 1.4826 * median(values.map((value) => Math.abs(value - middle)))) }
}

/** Each step with others that would have been as ordinary, up to a tolerance away in each feature: twenty steps alone are too few to tell a near one from a far. */
function usual(steps: readonly (readonly number[])[]): number[][] {
  const next = random(seed)
  const copies = Math.max(1, Math.round(points / steps.length))
  return steps.flatMap((step) => Array.from({ length: copies }, () => step.map((value) => value + 2 * next() - 1)))
}

/** More history and trees of one mind make sure; what was not read does not. */
function confidenceOf(images: readonly ImageProfile[], agreement: number): number {
  const history = images.length - 1
  const read = images.filter(({ files }) => files !== undefined).length / images.length
  return (history / (history + leastHistory / 2)) * agreement * (0.5 + read / 2)
}

/** Only what is out of the ordinary is named. */
function becauseOf(step: Step, point: readonly number[], shares: readonly number[]): readonly string[] {
  return features
    .map((feature, index) => ({ feature, share: shares[index] ?? 0, deviation: Math.abs(point[index] ?? 0) }))
    .filter(({ share, deviation }) => share >= namedShare && deviation >= leastDeviation / 2)
    .sort((left, right) => right.share - left.share)
    .slice(0, mostNamed)
    .map(({ feature }) => feature.words(step, shown))
}

function shown(names: readonly string[]): string {
  const some = names.slice(0, mostShown).map((name) => quote(name))
  return names.length > some.length ? `${some.join(', ')} and ${names.length - some.length} more` : some.join(', ')
}

function median(values: readonly number[]): number {
  const sorted = values.toSorted((left, right) => left - right)
  const half = sorted.length / 2
  return sorted.length % 2 === 1 ? (sorted[Math.floor(half)] ?? 0) : ((sorted[half - 1] ?? 0) + (sorted[half] ?? 0)) / 2
}

function rounded(value: number): number {
  return Math.round(value * 1000) / 1000
}
