/** Findings and gaps to one word, with the reasons for it in plain words. */
import {
  type Coverage,
  type Finding,
  type Gap,
  type PolicyResponse,
  type Report,
  type Severity,
  severities,
  type Verdict,
} from '../findings.ts'

/** What blocks decides; else a gap does; a pass says what it rests on. */
export function verdictOf(findings: readonly Finding[], gaps: readonly Gap[], responses: readonly PolicyResponse[] = []): Verdict {
  if (findings.some(({ blocking }) => blocking) || responses.some(blocks)) return 'block'
  return gaps.length > 0 ? 'incomplete' : 'pass'
}

function blocks({ action, state }: PolicyResponse): boolean {
  return action === 'block' && state === 'taken'
}

export function reasonsOf(
  findings: readonly Finding[],
  gaps: readonly Gap[],
  coverage: Coverage,
  responses: readonly PolicyResponse[] = [],
): string[] {
  const blocking = findings.filter((finding) => finding.blocking)
  const demands = blocking.filter(({ check }) => check === 'policy' || check === 'signature' || check === 'attestation')
  const others = blocking.filter((finding) => !demands.includes(finding))
  const reasons = [
    ...severities.flatMap((severity) => counted(others, severity)),
    ...[...Map.groupBy(demands, ({ subject }) => nameOf(subject))].map(([name, denied]) => `${name}: ${denied.map(demandOf).join('; ')}`),
    // What blocks by a finding is counted with the findings.
    ...responses.filter((response) => blocks(response) && !response.findings).map(ruleReason),
    ...gaps.map(({ subject, message }) => `${subject}: ${message}`),
  ]
  if (reasons.length > 0) return [...new Set(reasons)]
  const { objects, dockerfiles, images } = coverage
  if (objects === 0 && dockerfiles === 0 && images.judged === 0) return ['nothing was found to judge']
  return [findings.length === 0 ? 'no findings' : 'no finding blocks']
}

export function summaryOf(findings: readonly Finding[], gaps: readonly Gap[]): Report['summary'] {
  const open = findings.filter(({ state }) => state !== 'waived')
  const count = (severity: Severity) => open.filter((finding) => finding.severity === severity).length
  return {
    critical: count('critical'),
    high: count('high'),
    medium: count('medium'),
    low: count('low'),
    unknown: count('unknown'),
    blocking: findings.filter(({ blocking }) => blocking).length,
    existing: findings.filter(({ state }) => state === 'existing').length,
    waived: findings.length - open.length,
    gaps: gaps.length,
  }
}

function ruleReason({ condition, subject }: PolicyResponse): string {
  return `${subject === undefined ? '' : `${nameOf(subject)}: `}blocked by the response rule ${condition}`
}

function counted(findings: readonly Finding[], severity: Severity): string[] {
  const count = findings.filter((finding) => finding.severity === severity).length
  return count === 0 ? [] : [`${count} ${severity} ${count === 1 ? 'finding' : 'findings'}`]
}

/** What the policy demanded, and what came, in a clause. */
function demandOf({ check, rule, title, message }: Finding): string {
  if (check === 'policy') return `denied by ${rule.replace(/^policy\//u, '')} (${message.replace(/ is denied:.*$/su, '')})`
  return `${title.slice(0, 1).toLowerCase()}${title.slice(1)} (${rule})`
}

/** An image is named without its digest: a reason is read by people. */
function nameOf(subject: string): string {
  return subject.replace(/@sha256:[0-9a-f]{64}$/u, '')
}
