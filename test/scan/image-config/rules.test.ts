import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { describe, expect, test } from 'vitest'
import { imageConfigCheck } from '../../../src/scan/image-config/check.ts'
import { imageRules } from '../../../src/scan/image-config/rules.ts'
import { readFixtures } from './fixture.ts'

const fixtures = readFixtures()

describe.each(Object.entries(Object.groupBy(fixtures, ({ rule }) => rule)))('%s', (rule, cases = []) => {
  test.each(cases.map((one) => [one.name, one] as const))('%s', (_, { input, expected }) => {
    const { problems, gaps } = imageConfigCheck.check(input)
    const found = problems.filter((problem) => problem.rule === rule)
    expect(found.map(({ severity, message }) => `${severity}: ${message}`)).toEqual(expected)
    expect(gaps).toEqual([])
    // What the gate tells findings apart by has to do so.
    expect(new Set(found.map(({ anchor }) => anchor)).size).toBe(found.length)
  })
})

describe('the list of rules', () => {
  const ids = imageRules.map(({ id }) => id)

  test('holds every file of the folder once, in alphabetical order', () => {
    const folder = fileURLToPath(new URL('../../../src/scan/image-config/rules/', import.meta.url))
    expect(ids).toEqual(
      readdirSync(folder)
        .map((file) => `image/${file.replace(/\.ts$/, '')}`)
        .sort(),
    )
  })

  test('has a fixture for every rule, with a case that fails and one that passes', () => {
    for (const id of ids) {
      const own = fixtures.filter(({ rule }) => rule === id)
      expect([own.some(({ expected }) => expected.length > 0), own.some(({ expected }) => expected.length === 0)], id).toEqual([true, true])
    }
    expect(fixtures.map(({ rule }) => rule).filter((rule) => !ids.includes(rule))).toEqual([])
  })

  test('is described by texts that a stopped reader can use', () => {
    for (const { id, why, fix, references } of imageConfigCheck.rules) {
      expect(why.length, id).toBeGreaterThan(40)
      expect(fix.length, id).toBeGreaterThan(20)
      expect(
        references.every((reference) => reference.startsWith('https:')),
        id,
      ).toBe(true)
    }
  })
})
