/** The risk of an image: its worst open finding, and what comes on top of it. */
import type { Anomaly, Finding, Gap, ImageSubject, Risk } from '../../findings.ts'
import { pointsOf } from './parts.ts'
import { anomalyWeight, furtherWeight } from './points.ts'

/** Each with its risk: all findings of an image and all gaps are in the same report. */
export function withRisks(
  subjects: readonly ImageSubject[],
  findings: readonly Finding[],
  gaps: readonly Pick<Gap, 'subject'>[],
): readonly ImageSubject[] {
  if (subjects.length === 0) return subjects
  const bySubject = Map.groupBy(findings, ({ subject }) => subject)
  const unread = new Set(gaps.map(({ subject }) => subject))
  return subjects.map((image) => {
    const name = subjectOf(image)
    const risk = imageRisk(bySubject.get(name) ?? [], { isRead: !unread.has(name), ...(image.anomaly && { anomaly: image.anomaly }) })
    return risk === undefined ? image : { ...image, risk }
  })
}

/** What findings and gaps call the image. */
function subjectOf({ reference, digest }: ImageSubject): string {
  return digest === undefined || reference.includes('@') ? reference : `${reference}@${digest}`
}

/** Undefined where nothing was found in an image that could not be read whole. Where it runs alone is no risk. */
export function imageRisk(findings: readonly Finding[], { isRead, anomaly }: { isRead: boolean; anomaly?: Anomaly }): Risk | undefined {
  const open = findings.flatMap(({ state, risk, rule }) => (state === 'waived' || risk === undefined ? [] : [{ risk, rule }]))
  const worst = open.reduce<(typeof open)[number] | undefined>(
    (first, each) => (first === undefined || isWorse(each, first) ? each : first),
    undefined,
  )
  const odd = anomaly?.is_anomaly === true ? [{ name: 'anomaly', points: anomalyWeight.points, because: anomalyWords(anomaly) }] : []
  if (worst === undefined && odd.length === 0) return isRead ? harmless : undefined
  const further = open.filter(({ risk }) => risk.risk_score >= furtherWeight.from).length - (worstCounts(worst?.risk) ? 1 : 0)
  const extra = Math.min(further * furtherWeight.points, furtherWeight.most)
  const [first, ...rest] = worst?.risk.parts ?? []
  const parts = [
    ...(worst && first ? [{ ...first, because: `${worst.rule.slice(0, 100)}: ${first.because}` }, ...rest] : []),
    ...(extra > 0
      ? [{ name: 'further findings', points: extra, because: `${further} more with a score of ${furtherWeight.from} or more` }]
      : []),
    ...odd,
  ]
  return {
    ...atMost100(parts),
    confidence: worst?.risk.confidence ?? anomaly?.confidence ?? 0,
    recommended_actions: [
      ...(worst?.risk.recommended_actions ?? []),
      ...(odd.length > 0 ? ['Compare the image with its earlier ones before it runs.'] : []),
    ],
  }
}

const harmless: Risk = {
  risk_score: 0,
  confidence: 1,
  parts: [{ name: 'severity', points: 0, because: 'no finding is open' }],
  recommended_actions: [],
}

function isWorse(left: { risk: Risk; rule: string }, right: { risk: Risk; rule: string }): boolean {
  return left.risk.risk_score > right.risk.risk_score || (left.risk.risk_score === right.risk.risk_score && left.rule < right.rule)
}

function worstCounts(risk: Risk | undefined): boolean {
  return risk !== undefined && risk.risk_score >= furtherWeight.from
}

function anomalyWords({ because, history }: Anomaly): string {
  const [first] = because
  return `${first === undefined ? 'unlike' : `${first.slice(0, 160)}; unlike`} the ${history} earlier images`
}

/** What would go beyond 100 is left out of the last parts. */
function atMost100(parts: Risk['parts']): Pick<Risk, 'risk_score' | 'parts'> {
  let left = 100
  const fitted = parts.map((part) => {
    const points = Math.min(part.points, left)
    left -= points
    return { ...part, points }
  })
  return { risk_score: pointsOf({ parts: fitted }), parts: fitted }
}
