/** SARIF 2.1.0, as GitHub's code scanning reads it. https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/sarif-v2.1.0-errata01-os-complete.html */
import { gzipSync } from 'node:zlib'
import type { Finding, Gap, Location, Report } from '../findings.ts'
import { escapeJson } from './escape.ts'
import { compareFindings } from './order.ts'
import type { RenderContext, Renderer } from './renderer.ts'
import { type SarifRule, sarifRules } from './sarif-rules.ts'
import { count } from './words.ts'

/** https://docs.github.com/en/code-security/reference/code-scanning/sarif-files/sarif-support-for-code-scanning#validating-your-sarif-file */
export const sarifLimits = { resultsPerRun: 25_000, gzipBytes: 10 * 1024 * 1024, locationsPerResult: 10 } as const

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
        results: findings.map((finding) => result(finding, rules.get(finding.rule), context)),
        properties: { verdict: report.verdict, reasons: report.reasons.map(plain), leftOut },
      },
    ],
  }
  return `${escapeJson(JSON.stringify(log, null, 1))}\n`
}

const root = '%SRCROOT%'

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note', unknown: 'warning' } as const

function result(finding: Finding, rule: SarifRule | undefined, context: RenderContext) {
  const { fingerprint, locations, message, severity, state, subject, title } = finding
  const shown = locations.slice(0, sarifLimits.locationsPerResult)
  return {
    ruleId: finding.rule.toWellFormed() || 'unnamed',
    ...(rule === undefined ? {} : { ruleIndex: rule.index }),
    level: levels[severity],
    message: { text: plain(message) || plain(title) || finding.rule || 'no message' },
    locations: shown.length === 0 ? [subjectLocation(subject)] : shown.map((location) => placeLocation(location, subject, context)),
    // GitHub reads `primaryLocationLineHash` alone.
    partialFingerprints: { primaryLocationLineHash: fingerprint.toWellFormed(), 'portcullis/v1': fingerprint.toWellFormed() },
    ...(state === 'waived' ? { suppressions: [suppression(finding)] } : {}),
    ...fixes(finding, context),
    properties: {
      check: finding.check,
      severity,
      ...(finding.score === undefined ? {} : { score: finding.score }),
      ...(finding.knownExploited === undefined ? {} : { knownExploited: finding.knownExploited }),
      ...(finding.epss === undefined ? {} : { epss: finding.epss }),
      state,
      blocking: finding.blocking,
      subject: subject.toWellFormed(),
      ...(finding.package === undefined ? {} : { purl: finding.package.purl.toWellFormed() }),
      ...(finding.package?.fixed === undefined ? {} : { fixed: finding.package.fixed.toWellFormed() }),
      ...(locations.length > shown.length ? { locationsLeftOut: locations.length - shown.length } : {}),
    },
  }
}

function placeLocation({ file, ...place }: Location, subject: string, { rootPath = '' }: RenderContext) {
  const region = {
    startLine: place.startLine,
    ...(place.startColumn === undefined ? {} : { startColumn: place.startColumn }),
    endLine: place.endLine,
    ...(place.endColumn === undefined ? {} : { endColumn: place.endColumn }),
  }
  return {
    physicalLocation: { artifactLocation: { uri: encodePath(rootPath + file), uriBaseId: root }, region },
    logicalLocations: [{ fullyQualifiedName: subject.toWellFormed() }],
  }
}

/** GitHub refuses a log with a result that has no physical location: an image that no file names is a place of its own name, without tag or digest. */
function subjectLocation(subject: string) {
  const name = subject.replace(/@sha256:[0-9a-f]*$/, '').replace(/:[^:/]*$/, '')
  return {
    physicalLocation: { artifactLocation: { uri: encodePath(name || 'subject') }, region: { startLine: 1 } },
    logicalLocations: [{ fullyQualifiedName: subject.toWellFormed() }],
  }
}

/** A relative reference (RFC 3986 4.2): `:` in the first segment is encoded too, so that no path reads as a scheme. */
export function encodePath(path: string): string {
  return path
    .toWellFormed()
    .split('/')
    .map((segment) =>
      encodeURIComponent(segment).replace(/[!'()*]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`),
    )
    .join('/')
    .replace(/^\/+/, '')
}

function suppression({ waiver }: Finding) {
  if (waiver === undefined) return { kind: 'external', status: 'accepted' }
  return { kind: 'external', status: 'accepted', justification: plain(`${waiver.reason} (${waiver.owner}, until ${waiver.until})`) }
}

function fixes({ locations: [first], suggestion }: Finding, context: RenderContext) {
  if (first === undefined || suggestion === undefined) return {}
  const last = context.lines(first.file)[suggestion.endLine - 1]
  if (last === undefined) return {}
  const deletedRegion = { startLine: suggestion.startLine, startColumn: 1, endLine: suggestion.endLine, endColumn: last.length + 1 }
  const replacement = { deletedRegion, insertedContent: { text: suggestion.replacement.toWellFormed() } }
  const change = {
    artifactLocation: { uri: encodePath((context.rootPath ?? '') + first.file), uriBaseId: root },
    replacements: [replacement],
  }
  return { fixes: [{ description: { text: 'Suggested change' }, artifactChanges: [change] }] }
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
    message: { text: `${count(leftOut, 'finding')} of ${all.toLocaleString('en-US')} left out` },
  }
}

/** Plain text in which nothing is an embedded link (3.11.6). */
const plain = (text: string): string => text.toWellFormed().replaceAll('](', '] (')
