/** The risk of findings in words. Texts in it come from outside: escape them. */
import type { Finding, Risk } from '../findings.ts'
import { compareText } from './order.ts'

/** Lower scores are shown, and not explained where space is dear. */
export const explainedFrom = 50

/** `risk 87`: the highest of these findings; empty where none has a risk. */
export function riskWords(findings: readonly Pick<Finding, 'risk'>[]): string {
  const scores = findings.flatMap(({ risk }) => (risk === undefined ? [] : [risk.risk_score]))
  return scores.length === 0 ? '' : `risk ${Math.max(...scores)}`
}

/** `severity 39 (CVSS 9.8), exploitation 15 (known to be exploited)`: what adds most first. */
export function partsText({ parts }: Risk): string {
  return parts
    .toSorted((left, right) => right.points - left.points)
    .map(({ name, points, because }) => `${name} ${points} (${because})`)
    .join(', ')
}

/** `CVSS 9.8, known to be exploited`: what adds five points or more. */
export function mainReasons({ parts }: Risk): string {
  return parts
    .filter(({ points }) => points >= 5)
    .map(({ because }) => because)
    .join(', ')
}

/** `92% known`. */
export function confidenceText({ confidence }: Risk): string {
  return `${Math.round(confidence * 100)}% known`
}

/** The worst of what is new, from `explainedFrom` up, of a package, or of one check at one line, the worst alone. */
export function riskiest(findings: readonly Finding[], most: number): readonly (Finding & { readonly risk: Risk })[] {
  const worst = new Map<string, Finding & { readonly risk: Risk }>()
  for (const finding of findings) {
    const { check, locations, package: affected, risk, state, subject } = finding
    if (risk === undefined || risk.risk_score < explainedFrom || state !== 'new') continue
    const key = JSON.stringify([subject, affected?.name ?? [check, locations[0]?.file, locations[0]?.startLine]])
    const before = worst.get(key)
    if (before === undefined || before.risk.risk_score < risk.risk_score) worst.set(key, { ...finding, risk })
  }
  return [...worst.values()]
    .sort((left, right) => right.risk.risk_score - left.risk.risk_score || compareText(left.fingerprint, right.fingerprint))
    .slice(0, most)
}
