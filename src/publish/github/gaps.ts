/** What GitHub did not give is a gap of the report, like what a registry did not give. */
import type { Gap, Report } from '../../findings.ts'
import { demandsOf, respond } from '../../gate/responses.ts'
import type { GateResult } from '../../gate/run.ts'
import { verdictOf } from '../../gate/verdict.ts'

export function withGaps(result: GateResult, more: readonly Gap[]): GateResult {
  if (more.length === 0) return result
  const { report } = result
  const gaps = [...report.gaps, ...more]
  const reasons = [...(report.verdict === 'pass' ? [] : report.reasons), ...more.map(({ subject, message }) => `${subject}: ${message}`)]
  const changed: Report = {
    ...report,
    verdict: verdictOf(report.findings, gaps, report.responses),
    reasons,
    gaps,
    summary: { ...report.summary, gaps: gaps.length },
  }
  // Response rules may speak of gaps.
  return { ...result, report: result.responding ? respond(changed, demandsOf(result.responding)).report : changed }
}
