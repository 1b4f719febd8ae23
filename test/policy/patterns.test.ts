import { describe, expect, test } from 'vitest'
import { matchesPattern, matchesText } from '../../src/policy/patterns.ts'

describe('a pattern over paths and references', () => {
  test.each([
    ['ghcr.io/acme/*', 'ghcr.io/acme/shop', true],
    ['ghcr.io/acme/*', 'ghcr.io/acme/shop/web', false],
    ['ghcr.io/acme/**', 'ghcr.io/acme/shop/web', true],
    ['**', 'anything/at/all', true],
    ['registry-1.my-company.com/a_b-c/**', 'registry-1.my-company.com/a_b-c/d', true],
    ['ghcr.io', 'ghcrxio', false],
    ['a.b+c(d)[e]{f}|g^h$i\\j?k', 'a.b+c(d)[e]{f}|g^h$i\\j?k', true],
    ['dev/*.yaml', 'dev/a.yaml', true],
    ['dev/*.yaml', 'prod/dev/a.yaml', false],
  ])('%s and %s: %s', (pattern, text, expected) => {
    expect(matchesPattern(pattern, text)).toBe(expected)
  })
})

test('over a subject, one star stands for anything', () => {
  expect([matchesText('Deployment/*', 'Deployment/my-ns/my-shop'), matchesText('Deployment/my-ns/*', 'Deployment/other/shop')]).toEqual([
    true,
    false,
  ])
})
