/** The rules of a SARIF run: `reportingDescriptor` objects with help, in the order of their first finding. SARIF 2.1.0, 3.49 */
import type { Finding, Severity } from '../findings.ts'
import { escapeMarkdown, markdownAddress } from './escape.ts'
import { helpOf } from './help.ts'
import type { RenderContext } from './renderer.ts'

export interface SarifRule {
  readonly index: number
  readonly descriptor: object
}

/** https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning#reportingdescriptor-object */
const longestName = 255
const longestDescription = 1_024
const mostReferences = 10

export function sarifRules(findings: readonly Finding[], context: RenderContext): ReadonlyMap<string, SarifRule> {
  const byRule = Map.groupBy(findings, (finding) => finding.rule)
  return new Map([...byRule].map(([rule, group], index) => [rule, { index, descriptor: descriptor(rule, group, context) }]))
}

function descriptor(rule: string, findings: readonly Finding[], context: RenderContext) {
  const [first] = findings
  if (first === undefined) return {}
  const { fix, references, why } = helpOf(first, context)
  const title = context.rules?.get(rule)?.title ?? (first.title || rule)
  const addresses = references
    .map(markdownAddress)
    .filter((address) => address !== undefined)
    .slice(0, mostReferences)
  const securitySeverity = findings.map(severityScore).reduce((left, right) => Math.max(left, right), 0)
  return {
    id: rule.toWellFormed() || 'unnamed',
    name: (rule.toWellFormed() || 'unnamed').slice(0, longestName).toWellFormed(),
    shortDescription: { text: clip(title) || 'unnamed' },
    fullDescription: { text: clip(why) },
    help: {
      text: [why, fix, ...addresses].join('\n\n'),
      markdown: [
        `**Why** ${escapeMarkdown(why)}`,
        `**What to do** ${escapeMarkdown(fix)}`,
        ...(addresses.length === 0 ? [] : [addresses.map((address) => `- <${address}>`).join('\n')]),
      ].join('\n\n'),
    },
    ...(addresses[0] === undefined ? {} : { helpUri: addresses[0] }),
    properties: {
      tags: ['security', first.check],
      precision: 'high',
      ...(securitySeverity > 0 ? { 'security-severity': securitySeverity.toFixed(1) } : {}),
    },
  }
}

/** What GitHub derives the severity from. A score that says something else than the finding's severity is moved to the nearest one that does not. */
function severityScore({ score, severity }: Finding): number {
  const [low, usual, high] = bands[severity]
  return Math.min(Math.max(score ?? usual, low), high)
}

const bands: Record<Severity, readonly [low: number, usual: number, high: number]> = {
  critical: [9, 9.5, 10],
  high: [7, 8, 8.9],
  medium: [4, 5.5, 6.9],
  low: [0.1, 2, 3.9],
  unknown: [0, 0, 0],
}

function clip(text: string): string {
  const whole = text.toWellFormed()
  return whole.length <= longestDescription ? whole : `${whole.slice(0, longestDescription - 1).toWellFormed()}…`
}
