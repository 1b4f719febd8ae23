import { expect, test } from 'vitest'
import { mapLimited, once } from '../../src/gate/once.ts'

test('work is done once for a key, at the same time and later', async () => {
  const calls: string[] = []
  const work = once(async (key: string) => {
    calls.push(key)
    return key.length
  })
  expect(await Promise.all([work('ab'), work('ab'), work('c')])).toEqual([2, 2, 1])
  expect(await work('ab')).toBe(2)
  expect(calls).toEqual(['ab', 'c'])
})

test('no more than the limit goes on at a time, and results keep their order', async () => {
  let [running, most] = [0, 0]
  const results = await mapLimited([5, 1, 4, 2, 3], 2, async (item) => {
    running++
    most = Math.max(most, running)
    await new Promise((resolve) => setTimeout(resolve, item))
    running--
    return item * 10
  })
  expect({ results, most }).toEqual({ results: [50, 10, 40, 20, 30], most: 2 })
})

test('an error is not swallowed, and what runs is waited for', async () => {
  let finished = 0
  const work = mapLimited([1, 2], 2, async (item) => {
    if (item === 1) throw new Error('first')
    await new Promise((resolve) => setTimeout(resolve, 5))
    finished++
  })
  await expect(work).rejects.toThrow('first')
  expect(finished).toBe(1)
})
