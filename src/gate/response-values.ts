/** What the names of response rules have for values: of a run, of its images and of its findings. */
import type { Finding, ImageSubject, Report, Severity } from '../findings.ts'
import { parseReference } from '../oci/reference.ts'
import type { Value } from '../policy/condition.ts'
import { isAtLeast } from './decide.ts'
import { imageValues, vulnerabilityValues } from './denials.ts'

export type Values = ReadonlyMap<string, Value>

/** Those that no rule speaks of are left out: what the base has already, unless it blocks, and what is waived. */
export function openFindings(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ state, blocking }) => state === 'new' || blocking)
}

export function runValues({ verdict, findings, gaps, summary, subjects }: Report): [string, Value][] {
  const fresh = openFindings(findings)
  const count = (severity: Severity): number => fresh.filter((finding) => finding.severity === severity).length
  return [
    ['verdict', verdict],
    ['critical', count('critical')],
    ['high', count('high')],
    ['medium', count('medium')],
    ['low', count('low')],
    ['unknown', count('unknown')],
    ['new_findings', fresh.length],
    ['existing_findings', summary.existing],
    ['waived_findings', summary.waived],
    ['blocking_findings', summary.blocking],
    ['gaps', gaps.length],
    ['images', subjects.length],
  ]
}

export function imageSubjectValues(image: ImageSubject): [string, Value][] {
  const { anomaly, risk } = image
  return [
    ...referenceValues(image),
    ...(anomaly ? ([['anomaly_score', anomaly.anomaly_score]] as const) : []),
    ...(anomaly ? ([['is_anomaly', anomaly.is_anomaly]] as const) : []),
    ...(risk ? ([['image_risk_score', risk.risk_score]] as const) : []),
  ].map(([name, value]) => [name, value])
}

/** An image that no registry names (`oci:DIR`) has no registry, repository and tag. */
function referenceValues({ reference: text, digest, signature }: ImageSubject): [string, Value][] {
  const known: [string, Value][] = digest === undefined ? [] : [['image_digest', digest]]
  try {
    return [...imageValues({ reference: parseReference(text), signature }), ...known]
  } catch {
    // Its name is what was written.
    return [['image', text], ['image_signature', signature], ...known]
  }
}

export function findingValues(finding: Finding): [string, Value][] {
  const { check, rule, subject, blocking, severity, risk, locations } = finding
  return [
    ['check', check],
    ['rule', rule],
    ['subject', subject],
    ['blocking', blocking],
    ['file', locations[0]?.file ?? ''],
    ...(isAtLeast(severity, 'low') ? ([['severity', severity]] as [string, Value][]) : []),
    ...(risk
      ? ([
          ['risk_score', risk.risk_score],
          ['risk_confidence', risk.confidence],
        ] as [string, Value][])
      : []),
    ...(check === 'vulnerability' ? vulnerabilityValues(finding) : []),
  ]
}

/** What findings call the image. */
export function subjectOfImage({ reference, digest }: ImageSubject): string {
  return digest === undefined || reference.includes('@') ? reference : `${reference}@${digest}`
}
