import { describe, expect, test } from 'vitest'
import type { Anomaly, Finding, Risk } from '../../../src/findings.ts'
import { imageRisk, withRisks } from '../../../src/gate/risk/image-risk.ts'
import { image, vulnerability } from '../../builders/report.ts'

function risk(score: number): Risk {
  return {
    risk_score: score,
    confidence: 0.8,
    parts: [{ name: 'severity', points: score, because: 'CVSS' }],
    recommended_actions: [`Mend ${score}.`],
  }
}

const found = (rule: string, score: number, some: Partial<Finding> = {}) => vulnerability(rule, {}, { risk: risk(score), ...some })
const anomaly: Anomaly = { is_anomaly: true, anomaly_score: -0.8, confidence: 0.7, history: 12, because: ['3 new setuid files'] }

describe('the risk of an image', () => {
  test('is that of its worst finding, which is named', () => {
    expect(imageRisk([found('CVE-1', 20), found('CVE-2', 40)], { isRead: true })).toEqual({
      risk_score: 40,
      confidence: 0.8,
      parts: [{ name: 'severity', points: 40, because: 'CVE-2: CVSS' }],
      recommended_actions: ['Mend 40.'],
    })
  })

  test('grows with further ones that are high, by five at most', () => {
    const scores = (count: number) =>
      imageRisk(
        Array.from({ length: count }, (_, index) => found(`CVE-${index}`, 60)),
        { isRead: true },
      )?.risk_score
    expect([1, 2, 3, 20].map(scores)).toEqual([60, 61, 62, 65])
  })

  test('counts nothing that is waived', () => {
    expect(imageRisk([found('CVE-1', 90, { state: 'waived' }), found('CVE-2', 30)], { isRead: true })?.risk_score).toBe(30)
  })

  test('is none where nothing was found, and not known where it was not read', () => {
    expect([imageRisk([], { isRead: true })?.risk_score, imageRisk([], { isRead: false })]).toEqual([0, undefined])
  })

  test('grows where the image is an anomaly, and says so', () => {
    expect(imageRisk([found('CVE-1', 40)], { isRead: true, anomaly })).toMatchObject({
      risk_score: 50,
      parts: [{}, { name: 'anomaly', points: 10, because: '3 new setuid files; unlike the 12 earlier images' }],
      recommended_actions: ['Mend 40.', 'Compare the image with its earlier ones before it runs.'],
    })
  })

  test('of an anomaly without findings is the anomaly’s', () => {
    expect(imageRisk([], { isRead: true, anomaly })).toMatchObject({ risk_score: 10, confidence: 0.7 })
  })

  test('is never above 100, and its parts still add up', () => {
    const all = [found('CVE-1', 97), found('CVE-2', 60), found('CVE-3', 60)]
    const { risk_score, parts } = imageRisk(all, { isRead: true, anomaly }) ?? risk(0)
    expect([risk_score, parts.map(({ points }) => points)]).toEqual([100, [97, 2, 1]])
  })
})

test('each image of a report has the risk of its own findings', () => {
  const other = image({ reference: 'ghcr.io/acme/other:1', digest: `sha256:${'2b'.repeat(32)}` })
  const unread = image({ reference: 'ghcr.io/acme/api:2' })
  const { digest: _, ...undigested } = unread
  const images = withRisks([image(), other, undigested], [found('CVE-1', 70)], [{ subject: 'ghcr.io/acme/api:2' }])
  expect(images.map(({ risk: own }) => own?.risk_score)).toEqual([70, 0, undefined])
})
