import { expect, test } from 'vitest'
import { signatureRules } from '../../src/verify/rules.ts'
import type { SignatureResult } from '../../src/verify/signature.ts'
import { signatureProblem } from '../../src/verify/signature-problem.ts'
import { shop } from '../builders/memory-repository.ts'

const result = (status: SignatureResult['status'], signatures: SignatureResult['signatures'] = []): SignatureResult => ({
  status,
  message: 'the reason',
  signatures,
})

test.each([
  ['unsigned', 'signature/missing', 'high'],
  ['untrusted', 'signature/untrusted', 'high'],
  ['invalid', 'signature/invalid', 'critical'],
] as const)('an image that is %s breaks the rule %s', (status, rule, severity) => {
  expect(signatureProblem(result(status), shop)).toMatchObject({
    rule,
    severity,
    check: 'signature',
    message: '"ghcr.io/acme/shop:1.4": the reason',
  })
})

test.each(['verified', 'unchecked'] as const)('an image that is %s breaks no rule', (status) => {
  expect(signatureProblem(result(status), shop)).toBeUndefined()
})

test('the message counts the signatures that it does not tell of', () => {
  const stranger = { status: 'untrusted', message: 'the reason' } as const
  expect(signatureProblem(result('untrusted', [stranger, stranger]), shop)?.message).toContain('(and 1 more signature that does not count)')
})

test('a reference cannot forge the message', () => {
  const forged = { ...shop, text: 'shop\n::error::"' }
  expect(signatureProblem(result('unsigned'), forged)?.message).toBe('"shop\\u{a}::error::\\"": the reason')
})

test('rules stand in alphabetical order, each once', () => {
  const ids = signatureRules.map(({ id }) => id)
  expect(ids).toEqual([...new Set(ids)].sort())
})
