/** A report with what response rules make of it. */
import type { Finding, Gap, PolicyResponse, Report } from '../findings.ts'
import type { Effect } from './responses.ts'
import { reasonsOf, summaryOf, verdictOf } from './verdict.ts'

/** Of one action, subjects that are listed by name. */
const mostSubjects = 200
/** Of one note. */
const mostNamed = 3
/** Fingerprints of one subject. */
const mostFingerprints = 100

/** Begins each note of ours: what an earlier call has said is said anew. */
export const notePrefix = 'response rule '

/** With the findings that are to block, and the verdict that follows; what blocks without a finding is told by its effect. */
export function withBlocks(report: Report, effects: readonly Effect[]): Report {
  const taken = effects.filter(({ action, state }) => action.type === 'block' && state === 'taken')
  const blocked = new Set(taken.flatMap(({ matches }) => matches.flatMap((match) => match.findings.map(({ fingerprint }) => fingerprint))))
  const findings = report.findings.map((finding) => (blocked.has(finding.fingerprint) ? { ...finding, blocking: true } : finding))
  return decided({ ...report, findings }, taken.flatMap(recordsOf))
}

/** With the record of all effects. `notes` are what else there is to say of the rules. */
export function withEffects(report: Report, effects: readonly Effect[], notes: readonly string[], gaps: readonly Gap[] = []): Report {
  const { responses: _, notes: before = [], ...rest } = report
  const records = effects.flatMap(recordsOf)
  const all = [...before.filter((note) => !note.startsWith(notePrefix)), ...notes, ...effectNotes(effects)]
  const changed = { ...rest, gaps: [...report.gaps, ...gaps] }
  return {
    ...decided(changed, records),
    ...(records.length > 0 && { responses: records }),
    ...(all.length > 0 && { notes: [...new Set(all)] }),
  }
}

function decided(report: Report, responses: readonly PolicyResponse[]): Report {
  const { findings, gaps, coverage } = report
  return {
    ...report,
    verdict: verdictOf(findings, gaps, responses),
    reasons: reasonsOf(findings, gaps, coverage, responses),
    summary: summaryOf(findings, gaps),
  }
}

/** What the reader has to know: what nobody does, one note a rule and reason, and what is to be warned of. */
function effectNotes(effects: readonly Effect[]): readonly string[] {
  const said = effects.filter(({ action, state }) => state === 'nobody' || (state === 'taken' && action.type === 'warn'))
  return [...Map.groupBy(said, ({ rule, detail }) => JSON.stringify([rule.source.condition, detail])).values()].flatMap((group) => {
    const [first] = group
    return first ? [`${notePrefix}"${first.rule.source.condition}": ${group.map(nameOf).join(', ')}: ${first.detail}${warned(first)}`] : []
  })
}

function nameOf({ action, channel }: Effect): string {
  const name = action.type === 'handover' ? action.name : action.type
  return channel === undefined ? name : `${name} by ${channel}`
}

function warned({ action, matches }: Effect): string {
  const subjects = matches.flatMap(({ subject }) => subject ?? [])
  if (action.type !== 'warn' || subjects.length === 0) return ''
  return ` (${subjects.slice(0, mostNamed).join(', ')}${subjects.length > mostNamed ? ', …' : ''})`
}

export function recordsOf({ rule, action, channel, matches, state, detail }: Effect): PolicyResponse[] {
  const named = matches.slice(0, mostSubjects)
  const more = matches.length - named.length
  return named.map(({ subject, findings }, index) => ({
    condition: rule.source.condition,
    action: action.type === 'handover' ? action.name : action.type,
    ...(channel === undefined ? {} : { channel }),
    ...(subject === undefined ? {} : { subject }),
    ...(findings.length > 0 && { findings: findings.slice(0, mostFingerprints).map(({ fingerprint }: Finding) => fingerprint) }),
    state,
    detail: more > 0 && index === named.length - 1 ? `${detail}; ${more} more subjects are not listed` : detail,
  }))
}
