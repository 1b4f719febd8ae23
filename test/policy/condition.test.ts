import { describe, expect, test } from 'vitest'
import { ConditionError, evaluateCondition, parseCondition, type Value, type Vocabulary } from '../../src/policy/condition.ts'

const vocabulary: Vocabulary = new Map([
  ['registry', { kind: 'string' }],
  ['score', { kind: 'number' }],
  ['exploited', { kind: 'boolean' }],
  ['signature', { kind: 'word', words: ['verified', 'unsigned'] }],
  ['severity', { kind: 'word', words: ['low', 'medium', 'high'], ordered: true }],
])

function decide(text: string, values: Record<string, Value>): boolean | undefined {
  return evaluateCondition(parseCondition(text, vocabulary), new Map(Object.entries(values)))
}

function errorOf(text: string): string {
  try {
    parseCondition(text, vocabulary)
  } catch (error) {
    if (error instanceof ConditionError) return `${error.column}: ${error.message}`
    throw error
  }
  return 'no error'
}

const known = { registry: 'ghcr.io', score: 7, exploited: false, signature: 'unsigned', severity: 'high' }

describe('what is true', () => {
  test.each([
    ['registry in ["ghcr.io", "quay.io"]', true],
    ['registry not in ["quay.io"]', true],
    ['registry in []', false],
    ['score > 7.0', false],
    ['score >= 7', true],
    ['score > -0.5', true],
    ['signature != verified', true],
    ['signature == "verified"', false],
    ['signature in [verified, unsigned]', true],
    ['severity >= medium', true],
    ['severity < high', false],
    ['exploited', false],
    ['not exploited and score == 7', true],
    ['exploited or severity == high and score > 9', false],
    ['(exploited or severity == high) and score > 6', true],
    ['not (exploited or score < 7)', true],
    ["registry starts_with 'ghcr'", true],
    ['registry ends_with ".com"', false],
    ['registry contains "cr.i"', true],
    ['registry == "gh\\"cr.io"', false],
  ])('%s', (text, expected) => {
    expect(decide(text, known)).toBe(expected)
  })
})

describe('a name without a value', () => {
  test.each([
    ['score > 7', undefined],
    ['not score > 7', undefined],
    ['score > 7 or exploited', true],
    ['exploited or score > 7', true],
    ['score > 7 and not exploited', false],
    ['score > 7 and exploited', undefined],
    ['severity >= low', undefined],
  ])('%s is decided only where the rest decides', (text, expected) => {
    expect(decide(text, { exploited: true })).toBe(expected)
  })

  test('a word outside its type has no place in the order', () => {
    expect(decide('severity >= low', { severity: 'unknown' })).toBeUndefined()
  })
})

describe('what is wrong is said with its column', () => {
  test.each([
    ['scores > 7', '1: unknown name "scores", expected score, low, severity'],
    ['score > seven', '9: unknown name "seven", expected score, severity, low'],
    ['signature != verifed', '14: unknown name "verifed", expected verified, severity, unsigned'],
    ['signature != low', '14: "signature" is one of verified, unsigned, found "low"'],
    ['registry == verified', '13: "registry" is a string, a text has to be quoted: "verified"'],
    ['score > "7"', '9: "score" is a number, found "7"'],
    ['registry > "a"', '10: "registry" has no order, ">" cannot be used'],
    ['signature > verified', '11: "signature" has no order, ">" cannot be used'],
    ['score', '1: "score" is a number, expected a comparison'],
    ['score >', '8: expected a name or a value, found the end'],
    ['(score > 7', '11: expected ")", found the end'],
    ['score > 7 registry', '11: expected the end of the condition, found "registry"'],
    ['score not 7', '11: expected "in" after "not", found "7"'],
    ['score in 7', '7: "in" takes a name on its left and a list on its right'],
    ['1 == 1', '3: one side of "==" has to be a name'],
    ['score == exploited', '10: "exploited" is a boolean, expected a number'],
    ['score > 7 && exploited', '11: expected a name, a value or an operator, found "&& exploited"'],
    ['score = 7', '7: expected a name, a value or an operator, found "= 7"'],
    ['', '1: expected a name or a value, found the end'],
    [`${'not '.repeat(70)}exploited`, '257: nested more than 64 deep'],
    [`${'('.repeat(70)}exploited${')'.repeat(70)}`, '65: nested more than 64 deep'],
    [`registry == "${'x'.repeat(10_000)}"`, '1: condition has 10014 characters, at most 10000 are read'],
  ])('%s', (text, expected) => {
    expect(errorOf(text)).toBe(expected)
  })
})

test('the names that a condition uses are known', () => {
  expect([...parseCondition('score > 7 and not exploited', vocabulary).names]).toEqual(['score', 'exploited'])
})
