/** Findings as annotations of the check run; those of the job are `report/github-annotations.ts`. */
import type { Finding, Gap, Location } from '../../findings.ts'
import { escapeTerminal } from '../../report/escape.ts'
import { compareFindings } from '../../report/order.ts'
import { isTold } from './told.ts'

export interface Annotation {
  readonly level: 'error' | 'notice' | 'warning'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly startLine?: number
  readonly endLine?: number
}

/** Six requests: each is a write, and writes are a second apart. */
const perCheckRun = 300
const titleLimit = 255
const messageLimit = 4000

/** Those that have a place, which a check run's must have; the second value is how many were left out. */
export function checkAnnotations(findings: readonly Finding[], gaps: readonly Gap[]): readonly [readonly Annotation[], number] {
  const all = annotations(findings, gaps)
  const shown = all.filter(({ file }) => file !== undefined).slice(0, perCheckRun)
  return [shown, all.length - shown.length]
}

function annotations(findings: readonly Finding[], gaps: readonly Gap[]): readonly Annotation[] {
  return [
    ...gaps.map((gap) => annotation('error', 'Not verified', `${gap.subject}: ${gap.message}`, gap.locations[0])),
    ...findings
      .filter(isTold)
      .toSorted(compareFindings)
      .map((finding) => annotation(levelOf(finding), finding.title, messageOf(finding), finding.locations[0])),
  ]
}

function levelOf({ blocking, severity }: Finding): Annotation['level'] {
  if (blocking) return 'error'
  return severity === 'low' ? 'notice' : 'warning'
}

function messageOf({ rule, subject, message }: Finding): string {
  return `${rule}: ${message} (${subject})`
}

function annotation(level: Annotation['level'], title: string, message: string, location: Location | undefined): Annotation {
  return {
    level,
    title: escapeTerminal(title).slice(0, titleLimit).toWellFormed(),
    message: escapeTerminal(message).slice(0, messageLimit).toWellFormed(),
    ...(location && { file: location.file, startLine: location.startLine, endLine: location.endLine }),
  }
}
