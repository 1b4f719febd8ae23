/**
 * An isolation forest: what is strange is cut off early by random cuts. F. T. Liu, K. M. Ting, Z.-H. Zhou, Isolation Forest, ICDM 2008
 * (https://doi.org/10.1109/ICDM.2008.17). A cut's feature is drawn in proportion to its range among the points at hand, as S. Guha et al., Robust Random
 * Cut Forest Based Anomaly Detection on Streams, ICML 2016, have it, so that features in which nothing differs do not hide the one in which something does.
 */

export interface Isolation {
  /** -1 to 0, as scikit-learn's `score_samples`: the negative of the paper's score. */
  readonly score: number
  /** Share of each feature in cutting the point off, by its index; they add up to 1, or are all 0. */
  readonly shares: readonly number[]
  /** 0 to 1: how many of the trees put the point on the same side of `threshold` as the forest does. */
  readonly agreement: number
}

export interface ForestOptions {
  /** The same seed gives the same cuts. */
  readonly seed: number
  readonly trees?: number
}

/** The paper's number; the path lengths converge well before it. */
const defaultTrees = 100
/** Euler's constant. */
const gamma = 0.5772156649015329

/** How strange `point` is among `others` and itself: it takes part in every tree. All points have the same number of features. */
export function isolate(
  point: readonly number[],
  others: readonly (readonly number[])[],
  threshold: number,
  { seed, trees = defaultTrees }: ForestOptions,
): Isolation {
  const next = random(seed)
  const all = [point, ...others]
  const usual = averagePath(all.length)
  const limit = Math.ceil(Math.log2(Math.max(all.length, 2)))
  const gains = point.map(() => 0)
  const lengths = Array.from({ length: trees }, () => pathLength(point, all, limit, gains, next))
  // The paper's score is half where the path is as long as usual.
  const scoreOf = (length: number): number => (usual === 0 ? -0.5 : -(2 ** (-length / usual)))
  const score = scoreOf(lengths.reduce((sum, length) => sum + length, 0) / trees)
  const total = gains.reduce((sum, gain) => sum + gain, 0)
  const side = score < threshold
  return {
    score,
    shares: gains.map((gain) => (total === 0 ? 0 : gain / total)),
    agreement: lengths.filter((length) => scoreOf(length) < threshold === side).length / trees,
  }
}

/** Cuts until the point is alone, or the height limit is reached: what is left then counts as long as an average tree of it would be. */
function pathLength(
  point: readonly number[],
  all: readonly (readonly number[])[],
  limit: number,
  gains: number[],
  next: () => number,
): number {
  let left = all
  let length = 0
  while (left.length > 1 && length < limit) {
    const cut = drawCut(left, next)
    if (!cut) break
    const { feature, value } = cut
    const side = (point[feature] ?? 0) < value
    const kept = left.filter((each) => (each[feature] ?? 0) < value === side)
    // In bits: a cut that leaves half of the points tells one.
    gains[feature] = (gains[feature] ?? 0) + Math.log2(left.length / kept.length)
    left = kept
    length++
  }
  return length + averagePath(left.length)
}

/** Undefined where all points are the same. */
function drawCut(points: readonly (readonly number[])[], next: () => number): { feature: number; value: number } | undefined {
  const low = [...(points[0] ?? [])]
  const high = [...low]
  // Most of the time goes here.
  for (let index = 1; index < points.length; index++) {
    const each = points[index] ?? low
    for (let feature = 0; feature < low.length; feature++) {
      const value = each[feature] as number
      if (value < (low[feature] as number)) low[feature] = value
      else if (value > (high[feature] as number)) high[feature] = value
    }
  }
  const ranges = high.map((value, feature) => value - (low[feature] ?? value))
  let at = next() * ranges.reduce((sum, range) => sum + range, 0)
  if (at === 0) return undefined
  for (const [feature, range] of ranges.entries()) {
    // Above the lowest, so that each side has a point.
    if (at < range) return { feature, value: (low[feature] ?? 0) + range - at }
    at -= range
  }
  return undefined
}

/** Length of an unsuccessful search in a binary search tree of so many points. Liu et al., equation 1. */
export function averagePath(points: number): number {
  if (points <= 1) return 0
  return points === 2 ? 1 : 2 * (Math.log(points - 1) + gamma) - (2 * (points - 1)) / points
}

/** Numbers from 0 to 1, the same ones for the same seed. T. Ettinger's mulberry32. */
export function random(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
