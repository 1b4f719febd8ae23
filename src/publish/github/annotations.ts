/** Findings as annotations of the job, for runs that may not comment. */
import type { Finding, Gap } from '../../findings.ts'
import { escapeTerminal } from '../../report/escape.ts'
import { compareFindings } from '../../report/order.ts'

export interface Annotation {
  readonly level: 'error' | 'notice' | 'warning'
  readonly title: string
  readonly message: string
  readonly file?: string
  readonly startLine?: number
  readonly endLine?: number
}

/** The runner shows no more of a level from one step. https://github.com/orgs/community/discussions/26680 */
const perLevel = 10
const titleLimit = 255
const messageLimit = 4000

/** The worst first, ten of a level; the second value is how many were left out. */
export function jobAnnotations(findings: readonly Finding[], gaps: readonly Gap[]): readonly [readonly Annotation[], number] {
  const all = [
    ...gaps.map((gap) => annotation('error', 'Not verified', `${gap.subject}: ${gap.message}`, gap.locations[0])),
    ...findings
      .filter(({ state }) => state === 'new')
      .toSorted(compareFindings)
      .map((finding) => annotation(levelOf(finding), finding.title, messageOf(finding), finding.locations[0])),
  ]
  const shown = (['error', 'warning', 'notice'] as const).flatMap((level) => all.filter((each) => each.level === level).slice(0, perLevel))
  return [shown, all.length - shown.length]
}

export function levelOf({ blocking, severity }: Finding): Annotation['level'] {
  if (blocking) return 'error'
  return severity === 'low' ? 'notice' : 'warning'
}

export function messageOf({ rule, subject, message }: Finding): string {
  return `${rule}: ${message} (${subject})`
}

function annotation(
  level: Annotation['level'],
  title: string,
  message: string,
  location: Finding['locations'][number] | undefined,
): Annotation {
  return {
    level,
    title: escapeTerminal(title).slice(0, titleLimit),
    message: escapeTerminal(message).slice(0, messageLimit),
    ...(location && { file: location.file, startLine: location.startLine, endLine: location.endLine }),
  }
}
