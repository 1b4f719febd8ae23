/** The report as GitHub's Markdown: the job summary, and the body of the pull request's summary comment. */
import { type Finding, type Report, severities } from '../findings.ts'
import { escapeMarkdown } from './escape.ts'
import { findingSections } from './markdown-findings.ts'
import { networkSection } from './markdown-network.ts'
import { responseSection } from './markdown-responses.ts'
import { fitSections } from './markdown-section.ts'
import { gapSection, imageSection, riskSection, waiverSection } from './markdown-tables.ts'
import type { RenderContext, Renderer } from './renderer.ts'
import { coverageLines, policyLine } from './totals.ts'
import { checksInOrder, checkWords, count, digits, shortDigests, verdictMarks, verdictWords } from './words.ts'

/** Characters of a comment's body. https://github.com/orgs/community/discussions/27190 */
export const commentLimit = 65_536

const mostReasons = 20
const longestReason = 300

export const markdown: Renderer = function* (report, context) {
  yield renderMarkdown(report, context, commentLimit)
}

/** Below `limit` characters (at least 4,096): the least important is left out, and counted. */
export function renderMarkdown(report: Report, context: RenderContext, limit: number): string {
  const head = [
    `## ${verdictMarks[report.verdict]} Portcullis: ${verdictWords[report.verdict]}`,
    reasons(report),
    countTable(report.findings),
  ]
  const foot = [...coverageLines(report), policyLine(report)]
    .filter((line) => line !== '')
    .map((line) => `<sub>${escapeMarkdown(line)}</sub>`)
  const fixed = [...head, foot.join('<br>\n')].filter((part) => part !== '').join('\n\n')
  const [blocking, open, disclosed, existing] = findingSections(report.findings, context)
  const sections = [
    blocking,
    gapSection(report.gaps, context),
    imageSection(report.subjects, report.findings, context),
    networkSection(report),
    riskSection(report.findings),
    responseSection(report),
    open,
    disclosed,
    waiverSection(report.findings, context),
    existing,
  ]
  const body = fitSections(sections, Math.max(limit, 4_096) - fixed.length - 16)
  return `${[...head, ...body, foot.join('<br>\n')].filter((part) => part !== '').join('\n\n')}\n`
}

function reasons({ reasons: all }: Report): string {
  const shown = all.slice(0, mostReasons).map((reason) => `- ${escapeMarkdown(shortDigests(reason).slice(0, longestReason))}`)
  const more = all.length - shown.length
  return [...shown, ...(more > 0 ? [`- ${count(more, 'more reason')}`] : [])].join('\n')
}

/** Findings by check and severity: what is new, then what was there and what is waived. */
function countTable(findings: readonly Finding[]): string {
  if (findings.length === 0) return ''
  const rows = checksInOrder
    .map((check) => ({ check, all: findings.filter((finding) => finding.check === check) }))
    .filter(({ all }) => all.length > 0)
    .map(({ check, all }) => {
      const fresh = all.filter((finding) => finding.state === 'new')
      const bySeverity = severities.map((severity) => cell(fresh.filter((finding) => finding.severity === severity).length))
      const byState = (['existing', 'waived'] as const).map((state) => cell(all.filter((finding) => finding.state === state).length))
      return `| ${[checkWords[check], ...bySeverity, ...byState].join(' | ')} |`
    })
  return [
    '| | critical | high | medium | low | unknown | on the base | waived |',
    '| :-- | --: | --: | --: | --: | --: | --: | --: |',
    ...rows,
  ].join('\n')
}

const cell = (number: number): string => (number === 0 ? '·' : digits(number))
