import { describe, expect, test } from 'vitest'
import { averagePath, isolate, random } from '../../../src/scan/anomaly/forest.ts'

/** Points around the origin, none further than one in any feature. */
function cloud(seed: number, count: number, features: number): number[][] {
  const next = random(seed)
  return Array.from({ length: count }, () => Array.from({ length: features }, () => 2 * next() - 1))
}

describe('a forest', () => {
  const others = cloud(1, 200, 8)
  const far = [9, 0, 0, 0, 0, 0, 0, 0]

  test('puts a point that is far in one feature of eight below -0.65, and one in the middle above -0.5', () => {
    const [strange, ordinary] = [far, far.map(() => 0)].map((point) => isolate(point, others, -0.65, { seed: 3 }).score)
    expect({ strange: (strange ?? 0) < -0.65, ordinary: (ordinary ?? -1) > -0.5 }).toEqual({ strange: true, ordinary: true })
  })

  test('tells which feature cuts the point off', () => {
    const { shares } = isolate(far, others, -0.65, { seed: 3 })
    expect({ first: shares.indexOf(Math.max(...shares)), most: (shares[0] ?? 0) > 0.6 }).toEqual({ first: 0, most: true })
    expect(shares.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1)
  })

  test('gives the same for the same seed, and is of nearly one mind whatever the seed', () => {
    const scores = [3, 3, 4, 5, 6].map((seed) => isolate(far, others, -0.65, { seed }).score)
    expect(scores[0]).toBe(scores[1])
    expect(Math.max(...scores) - Math.min(...scores)).toBeLessThan(0.06)
  })

  test('orders points by how far they are', () => {
    const scores = [0, 2, 4, 8, 16, 32].map((distance) => isolate([distance, ...far.slice(1)], others, -0.65, { seed: 3 }).score)
    expect(scores).toEqual(scores.toSorted((left, right) => right - left))
  })

  test.each([
    ['points that are all the same', Array.from({ length: 20 }, () => [1, 1])],
    ['no others', []],
  ])('does not tell a point from %s', (_, all) => {
    const { score, shares } = isolate([1, 1], all, -0.65, { seed: 1 })
    expect(score).toBeCloseTo(-0.5)
    expect(shares).toEqual([0, 0])
  })
})

/** Equation 1 of the paper: c(256) is 10.24, as its authors use it. */
test.each([
  [0, 0],
  [1, 0],
  [2, 1],
  [256, 10.2448],
])('the average path of %i points is %f', (points, expected) => {
  expect(averagePath(points)).toBeCloseTo(expected, 3)
})
