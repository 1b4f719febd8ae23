import { expect, test } from 'vitest'
import { judgeAge } from '../../src/advisories/age.ts'

const now = new Date('2026-01-10T12:00:00Z')

test.each<[string, string, 'fresh' | 'gap' | 'warn', string]>([
  ['built just now', '2026-01-10T12:00:00Z', 'fresh', ''],
  ['just below three days', '2026-01-07T12:00:01Z', 'fresh', ''],
  ['three days', '2026-01-07T12:00:00Z', 'warn', 'advisories of a.db are 3 days old'],
  ['just below seven days', '2026-01-03T12:00:01Z', 'warn', 'advisories of a.db are 6 days old'],
  ['seven days', '2026-01-03T12:00:00Z', 'gap', 'advisories of a.db are 7 days old, the policy allows less than 7'],
  ['a clock that is a little ahead', '2026-01-10T12:30:00Z', 'fresh', ''],
  ['the future', '2026-02-01T00:00:00Z', 'gap', 'advisories of a.db were built in the future, 2026-02-01T00:00:00.000Z'],
  ['no time at all', '', 'gap', 'advisories of a.db do not say when they were built'],
])('%s: %s is %s', (_, built, verdict, message) => {
  expect(judgeAge('a.db', new Date(built), now)).toEqual({ verdict, message })
})

test('the limits are the policy’s', () => {
  const limits = { warnDays: 1, gapDays: 30 }
  expect(judgeAge('a.db', new Date('2026-01-09T12:00:00Z'), now, limits)).toEqual({
    verdict: 'warn',
    message: 'advisories of a.db are 1 day old',
  })
  expect(judgeAge('a.db', new Date('2026-01-01T12:00:00Z'), now, limits).verdict).toBe('warn')
})
