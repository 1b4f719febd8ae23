import { expect, test } from 'vitest'
import { UsageError } from '../../src/findings.ts'
import { matchesExpression, readAnchoredExpression, readWildcard } from '../../src/verify/anchored-expression.ts'

const read = (text: string) => readAnchoredExpression(text, 'policy.yaml:7')

test.each(['^https://github\\.com/acme/.*$', '.*', '^.*$', '^(a|b)$', '^[|]$', '^a\\|b$', '(?i)^ACME$', '^a\\\\$', '.*@acme\\.example$'])(
  '%s is anchored',
  (text) => {
    expect(() => read(text)).not.toThrow()
  },
)

test.each(['github.com/acme', '^github', 'github$', '^a|b$', '^(a)|(b)$', '^a\\$', '^a\\.*', '', '.+'])(
  '%s is refused with its line',
  (text) => {
    expect(() => read(text)).toThrow(UsageError)
    expect(() => read(text)).toThrow(/^policy\.yaml:7: .*not anchored/)
  },
)

test.each(['^[$', '^(?P<x>a)$'])('%s is no expression', (text) => {
  expect(() => read(text)).toThrow(/^policy\.yaml:7: .*no regular expression/)
})

test('a flag for the whole expression is read', () => {
  expect(matchesExpression(read('(?i)^ACME$'), 'acme')).toBe(true)
  expect(matchesExpression(read('^ACME$'), 'acme')).toBe(false)
})

test('an expression that does not come to an end is an error, not an answer', () => {
  expect(() => matchesExpression(read('^(a+)+$'), `${'a'.repeat(60)}!`)).toThrow(/did not come to an end/)
})

test('a text that no certificate has matches nothing', () => {
  expect(matchesExpression(read('.*'), 'a'.repeat(2049))).toBe(false)
})

test.each([
  ['https://github.com/acme-inc/*', 'https://github.com/acme-inc/shop', true],
  ['https://github.com/acme-inc/*', 'https://githubXcom/acme-inc/shop', false],
  ['*/acme', 'https://github.com/acme/shop', false],
  ['v?', 'v1', true],
  ['v?', 'v12', false],
])('the wildcard %s over %s says %s', (pattern, text, answer) => {
  expect(matchesExpression(readWildcard(pattern), text)).toBe(answer)
})
