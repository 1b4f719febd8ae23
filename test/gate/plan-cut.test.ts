import { expect, test } from 'vitest'
import { cut, type Unit, worthwhileShards } from '../../src/gate/plan-cut.ts'

const megabyte = 1024 * 1024
const units = (...sizes: readonly number[]): Unit[] => sizes.map((size, index) => ({ name: `app-${index}`, costBytes: size * megabyte }))
const loads = (all: readonly Unit[], shards: number) => {
  const sums = Array.from({ length: shards }, () => 0)
  const placed = cut(all, shards, 0)
  for (const { name, costBytes } of all) sums[(placed.get(name) ?? 0) - 1] = (sums[(placed.get(name) ?? 0) - 1] ?? 0) + costBytes / megabyte
  return sums
}

test('the shards of sixty images of 40 to 200 MB are even within the largest of them', () => {
  const sums = loads(units(...Array.from({ length: 60 }, (_, index) => 40 + ((index * 37) % 161))), 4)
  expect(Math.max(...sums) - Math.min(...sums)).toBeLessThan(60)
})

test('the cut does not depend on the order in which the tree names its images', () => {
  const all = units(5, 5, 9, 1, 7, 7, 2)
  expect(new Map([...cut(all.toReversed(), 3, 0)].sort())).toEqual(new Map([...cut(all, 3, 0)].sort()))
})

test('what the first shard does besides is weighed', () => {
  expect([...cut(units(100, 100), 2, 150 * megabyte)]).toEqual([
    ['app-0', 2],
    ['app-1', 2],
  ])
})

test.each([
  ['small work is one shard', units(1, 2, 3), 8, 1],
  ['no more shards than are asked for', units(...Array(60).fill(300)), 4, 4],
  ['no more shards than a matrix has', units(...Array(2000).fill(300)), 1000, 256],
  ['no more shards than units', units(2000, 2000), 8, 2],
  ['nothing is one shard', [], 8, 1],
])('%s', (_, all, wanted, count) => {
  expect(worthwhileShards(all, wanted)).toBe(count)
})
