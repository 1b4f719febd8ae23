import { describe, expect, test } from 'vitest'
import { groupFindings, versionStep } from '../../src/report/group.ts'
import { finding, renderContext, vulnerability } from '../builders/report.ts'

const groups = (findings: Parameters<typeof groupFindings>[0]) =>
  groupFindings(findings, renderContext()).map((group) => group.findings.map(({ rule }) => rule).join(' '))

describe('findings are one group', () => {
  test('that are vulnerabilities of one package of one image', () => {
    expect(groups([vulnerability('CVE-2'), vulnerability('CVE-1')])).toEqual(['CVE-1 CVE-2'])
  })

  test.each([
    ['another version', vulnerability('CVE-2', { version: '2' })],
    ['another package', vulnerability('CVE-2', { name: 'zlib' })],
    ['a package of another type', vulnerability('CVE-2', { purl: 'pkg:deb/debian/openssl@1.1.1d-r0' })],
    ['another image', vulnerability('CVE-2', {}, { subject: 'other' })],
    ['one that was on the base', vulnerability('CVE-2', {}, { state: 'existing', blocking: true })],
    ['another check', vulnerability('CVE-2', {}, { check: 'secret' })],
  ])('and not with %s', (_, other) => expect(groups([vulnerability('CVE-1'), other])).toEqual(['CVE-1', 'CVE-2']))

  test('or one alone, each of its own, where they are of rules', () => {
    expect(groups([finding({ rule: 'a', fingerprint: '1' }), finding({ rule: 'a', fingerprint: '2' })])).toEqual(['a', 'a'])
  })
})

test('what blocks stands first, then what is new, then the worst, the exploited, the highest score', () => {
  const findings = [
    finding({ rule: 'f', state: 'existing', blocking: false, severity: 'critical' }),
    finding({ rule: 'e', blocking: false, severity: 'critical' }),
    finding({ rule: 'd', severity: 'high', score: 7.1 }),
    finding({ rule: 'c', severity: 'high', score: 8.9 }),
    finding({ rule: 'b', severity: 'high', score: 7, knownExploited: true }),
    finding({ rule: 'a', severity: 'critical' }),
  ]
  expect(groups(findings)).toEqual(['a', 'b', 'c', 'd', 'e', 'f'])
})

test.each([
  [[], 'a 1, no fix'],
  [['2'], 'a 1 → 2'],
  [['2', '3', '4'], 'a 1 → 2, 3, 4'],
  [['2', '3', '4', '5'], 'a 1 → 2, 3, 4, … (4)'],
])('the fixes %j are told as %s', (fixed, told) => expect(versionStep({ name: 'a', version: '1', fixed, unfixed: 0 })).toBe(told))
