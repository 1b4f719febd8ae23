/** What an alert tells, before it is a message of any channel. Its text comes from images, advisories and pull requests: each channel escapes it. */
import { type Finding, type Report, type Severity, severities } from '../../findings.ts'
import type { Effect } from '../../gate/responses.ts'

/** Where the result comes from, for who reads of it elsewhere. */
export interface Origin {
  /** `owner/name` */
  readonly repository?: string
  readonly pull?: number
  readonly revision?: string
  /** The page of the pull request or of the run. */
  readonly url?: string
}

export interface Alert {
  readonly condition: string
  readonly severity: string
  readonly message?: string
  readonly verdict: Report['verdict']
  readonly origin: Origin
  /** What it is about, a line each, the most important first. */
  readonly lines: readonly string[]
  /** How many lines were left out. */
  readonly omitted: number
}

const mostLines = 20
const longestLine = 300

export function alertOf(effect: Effect, { verdict, findings }: Report, origin: Origin): Alert {
  const { rule, action, matches } = effect
  const { severity, message } = action.type === 'alert' ? action : {}
  const subjects = new Set(matches.flatMap(({ subject }) => subject ?? []))
  const own = matches.flatMap((match) => match.findings)
  const named = matches.flatMap((match) => (match.findings.length > 0 ? match.findings.map(findingLine) : (match.subject ?? [])))
  // Of the run as a whole, what blocks it, else what is new.
  const blocking = findings.filter((finding) => finding.blocking)
  const ofRun = blocking.length > 0 ? blocking : findings.filter(({ state }) => state === 'new')
  const ofSubjects = findings.filter(({ subject, state }) => subjects.has(subject) && state !== 'waived')
  const all = named.length > 0 ? named : ofRun.map(findingLine)
  const worst = worstOf(own.length > 0 ? own : subjects.size > 0 ? ofSubjects : ofRun)
  return {
    condition: rule.source.condition,
    severity: severity ?? worst ?? 'notice',
    ...(message === undefined ? {} : { message }),
    verdict,
    origin,
    lines: all.slice(0, mostLines).map((line) => line.slice(0, longestLine)),
    omitted: Math.max(0, all.length - mostLines),
  }
}

function worstOf(findings: readonly Finding[]): Severity | undefined {
  return severities.find((severity) => findings.some((finding) => finding.severity === severity))
}

function findingLine({ severity, rule, subject, title, locations }: Finding): string {
  const [first] = locations
  const place = first === undefined ? '' : ` (${first.file}:${first.startLine})`
  return `${severity} ${rule} in ${subject}${place}: ${title}`
}

/** `block in acme/shop#7` */
export function headline({ verdict, origin: { repository, pull } }: Alert): string {
  const where = repository === undefined ? '' : ` in ${repository}${pull === undefined ? '' : `#${pull}`}`
  return `${verdict}${where}`
}

/** Lines of plain text; `clean` makes each harmless for its receiver. */
export function alertLines(alert: Alert, clean: (text: string) => string): readonly string[] {
  const { condition, severity, message, origin, lines, omitted } = alert
  return [
    `Portcullis: ${clean(headline(alert))}`,
    `${clean(severity)}: ${clean(condition)}`,
    ...(message === undefined ? [] : [clean(message)]),
    ...lines.map((line) => `- ${clean(line)}`),
    ...(omitted > 0 ? [`- and ${omitted} more`] : []),
    ...(origin.url === undefined ? [] : [origin.url]),
  ]
}
