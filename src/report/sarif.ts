/** SARIF 2.1.0, as GitHub's code scanning reads it. https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html */
import { gzipSync } from 'node:zlib'
import type { Gap, Report } from '../findings.ts'
import { escapeJson } from './escape.ts'
import { compareFindings } from './order.ts'
import type { RenderContext, Renderer } from './renderer.ts'
import { placeLocation, plain, root, sarifResult } from './sarif-result.ts'
import { sarifRules } from './sarif-rules.ts'
import { count, digits } from './words.ts'

/** https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning#validating-your-sarif-file */
export const sarifLimits = { resultsPerRun: 25_000, gzipBytes: 10 * 1024 * 1024 } as const

export const sarif: Renderer = function* (report, context) {
  let most = Math.min(report.findings.length, sarifLimits.resultsPerRun)
  let text = write(report, context, most)
  // Level 1, so that any other comes below it. gzip never adds more than a few bytes a block: a log that is small as it stands needs no trial.
  while (most > 0 && text.length * 3 > sarifLimits.gzipBytes) {
    const size = gzipSync(text, { level: 1 }).length
    if (size <= sarifLimits.gzipBytes) break
    most = Math.floor(most * Math.min(0.9, (sarifLimits.gzipBytes / size) * 0.95))
    text = write(report, context, most)
  }
  yield text
}

function write(report: Report, context: RenderContext, most: number): string {
  const findings = report.findings.toSorted(compareFindings).slice(0, most)
  const leftOut = report.findings.length - findings.length
  const rules = sarifRules(findings, context)
  const log = {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: {
          driver: {
            name: 'Portcullis',
            version: context.version,
            semanticVersion: context.version,
            rules: [...rules.values()].map(({ descriptor }) => descriptor),
          },
        },
        // One category a run: a later upload of the same commit replaces this one.
        automationDetails: { id: 'portcullis/' },
        columnKind: 'utf16CodeUnits',
        originalUriBaseIds: { [root]: { description: { text: 'The root of the repository.' } } },
        invocations: [
          {
            executionSuccessful: report.gaps.length === 0,
            toolExecutionNotifications: [
              ...report.gaps.map((gap) => gapNotification(gap, context)),
              ...(leftOut > 0 ? [leftOutNotification(leftOut, report.findings.length)] : []),
            ],
          },
        ],
        results: findings.map((finding) => sarifResult(finding, rules.get(finding.rule), context)),
        properties: { verdict: report.verdict, reasons: report.reasons.map(plain), leftOut },
      },
    ],
  }
  return `${escapeJson(JSON.stringify(log, null, 1))}\n`
}

function gapNotification({ locations, message, subject }: Gap, context: RenderContext) {
  return {
    descriptor: { id: 'gap' },
    level: 'error',
    message: { text: plain(`${subject}: ${message}`) },
    ...(locations.length === 0 ? {} : { locations: locations.map((location) => placeLocation(location, subject, context)) }),
  }
}

function leftOutNotification(leftOut: number, all: number) {
  return {
    descriptor: { id: 'left-out' },
    level: 'warning',
    message: { text: `${count(leftOut, 'finding')} of ${digits(all)} left out` },
  }
}
