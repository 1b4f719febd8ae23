import { expect, test } from 'vitest'
import { reasonsOf, verdictOf } from '../../src/gate/verdict.ts'
import { finding } from '../builders/report.ts'

const gap = { subject: 'ghcr.io/acme/api:2', message: 'registry answered 503 after 5 tries', locations: [] }
const coverage = { files: { judged: 1, skipped: 0 }, objects: 1, dockerfiles: 0, images: { judged: 0, failed: 0 } }

test('what blocks decides, then a gap, then nothing', () => {
  const [blocking, open] = [finding({ blocking: true }), finding({ blocking: false })]
  expect([verdictOf([blocking], [gap]), verdictOf([open], [gap]), verdictOf([open], [])]).toEqual(['block', 'incomplete', 'pass'])
})

test('reasons count findings by severity, and name what a policy demanded by its image', () => {
  const subject = `ghcr.io/acme/shop:1@sha256:${'a'.repeat(64)}`
  const findings = [
    finding({ severity: 'high', check: 'vulnerability', blocking: true }),
    finding({ severity: 'high', check: 'manifest', blocking: true }),
    finding({ severity: 'low', check: 'manifest', blocking: false }),
    finding({ subject, rule: 'signature/missing', check: 'signature', title: 'Image is not signed', blocking: true }),
    finding({ subject, rule: 'policy/signed', check: 'policy', message: 'image_signature != verified is denied: it is', blocking: true }),
  ]
  expect(reasonsOf(findings, [gap], coverage)).toEqual([
    '2 high findings',
    'ghcr.io/acme/shop:1: image is not signed (signature/missing); denied by signed (image_signature != verified)',
    'ghcr.io/acme/api:2: registry answered 503 after 5 tries',
  ])
})

test.each([
  ['nothing was found to judge', [], { ...coverage, objects: 0 }],
  ['no findings', [], coverage],
  ['no finding blocks', [finding({ blocking: false })], coverage],
])('a pass says what it rests on: %s', (reason, findings, looked) => {
  expect(reasonsOf(findings, [], looked)).toEqual([reason])
})
