import { expect, test } from 'vitest'
import type { Finding, Risk } from '../../src/findings.ts'
import { mainReasons, partsText, riskiest, riskWords } from '../../src/report/risk.ts'
import { finding, vulnerability } from '../builders/report.ts'

const risk = (score: number): Risk => ({ risk_score: score, confidence: 1, parts: [], recommended_actions: [] })
const rated = (rule: string, score: number, some: Partial<Finding> = {}) => vulnerability(rule, {}, { risk: risk(score), ...some })

test('the highest of several is said, and nothing where none is known', () => {
  expect([riskWords([rated('a', 20), rated('b', 40)]), riskWords([finding()]), riskWords([])]).toEqual(['risk 40', '', ''])
})

test('what adds most stands first, and what adds little is no main reason', () => {
  const parts = [
    { name: 'fix', points: 5, because: 'fixed in 2' },
    { name: 'severity', points: 39, because: 'CVSS 9.8' },
    { name: 'rights', points: 1, because: 'has a token' },
  ]
  const whole = { ...risk(45), parts }
  expect([partsText(whole), mainReasons(whole)]).toEqual([
    'severity 39 (CVSS 9.8), fix 5 (fixed in 2), rights 1 (has a token)',
    'fixed in 2, CVSS 9.8',
  ])
})

test('what two rules say of one line is explained once', () => {
  const findings = [finding({ rule: 'pod/privileged', risk: risk(65) }), finding({ rule: 'pod-security/privileged', risk: risk(66) })]
  const elsewhere = finding({ rule: 'pod/root', risk: risk(60), locations: [{ file: 'deploy/shop.yaml', startLine: 9, endLine: 9 }] })
  expect(riskiest([...findings, elsewhere], 5).map(({ rule }) => rule)).toEqual(['pod-security/privileged', 'pod/root'])
})

test('the riskiest are new, high, and of a package and image the worst alone', () => {
  const other = { subject: 'ghcr.io/acme/other@sha256:1' }
  const findings = [
    rated('same-package', 60),
    rated('worst', 80),
    rated('of-another-image', 70, other),
    rated('low', 49, { subject: 'ghcr.io/acme/third@sha256:1' }),
    rated('on-the-base', 90, { ...other, state: 'existing' }),
    rated('unrated', 0, { rule: 'unrated' }),
  ]
  const rules = (most: number) => riskiest(findings, most).map(({ rule }) => rule)
  expect([rules(5), rules(1)]).toEqual([['worst', 'of-another-image'], ['worst']])
})
