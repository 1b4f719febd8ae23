/** The order in which findings are told: what blocks, then by risk, then the worst, then by name. */
import { type Finding, type Location, severities } from '../findings.ts'

export function compareFindings(left: Finding, right: Finding): number {
  return (
    Number(right.blocking) - Number(left.blocking) ||
    stateRank[left.state] - stateRank[right.state] ||
    (right.risk?.risk_score ?? -1) - (left.risk?.risk_score ?? -1) ||
    severities.indexOf(left.severity) - severities.indexOf(right.severity) ||
    Number(right.knownExploited ?? false) - Number(left.knownExploited ?? false) ||
    (right.score ?? -1) - (left.score ?? -1) ||
    compareText(left.rule, right.rule) ||
    compareText(left.subject, right.subject) ||
    compareText(left.fingerprint, right.fingerprint)
  )
}

const stateRank = { new: 0, existing: 1, waived: 2 } as const

/** By code units, the same on every machine. */
export function compareText(left: string, right: string): number {
  return left < right ? -1 : left > right ? 1 : 0
}

export function compareLocations(left: Location, right: Location): number {
  return (
    compareText(left.file, right.file) ||
    left.startLine - right.startLine ||
    (left.startColumn ?? 0) - (right.startColumn ?? 0) ||
    left.endLine - right.endLine ||
    (left.endColumn ?? 0) - (right.endColumn ?? 0)
  )
}
