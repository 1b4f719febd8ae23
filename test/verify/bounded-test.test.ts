import { expect, test } from 'vitest'
import { boundedTest } from '../../src/verify/bounded-test.ts'

test('an expression that does not come to an end is given up after some tenths of a second', () => {
  const runaway = boundedTest(/^(a+)+$/u)
  const start = process.threadCpuUsage()
  expect(() => runaway(`${'a'.repeat(60)}!`)).toThrow(RangeError)
  const { user, system } = process.threadCpuUsage(start)
  expect(user + system).toBeLessThan(1_000_000)
})

test('the same expression goes on to answer for other texts', () => {
  const runaway = boundedTest(/^(a+)+$/u)
  expect(() => runaway(`${'a'.repeat(60)}!`)).toThrow(RangeError)
  expect([runaway('aaa'), runaway('b')]).toEqual([true, false])
})

test('a machine that is busy with something else is no reason to give up, though not for ever', () => {
  let tries = 0
  const late = (count: number) => boundedTest(/^a$/u, () => (++tries > count ? true : undefined))
  expect([late(20)('a'), tries]).toEqual([true, 21])
  expect(() => late(1_000_000)('a')).toThrow(RangeError)
})
