import { expect, test } from 'vitest'
import { programRunner } from '../../../src/repo/render/program.ts'

test('a program that is missing is told at once, and holds the process no longer', async () => {
  const timers = () => process.getActiveResourcesInfo().filter((name) => name === 'Timeout').length
  const before = timers()
  const { status } = await programRunner(process.env)('no-such-renderer', [], { directory: '.' })
  expect({ status, timers: timers() - before }).toEqual({ status: 'missing', timers: 0 })
})
