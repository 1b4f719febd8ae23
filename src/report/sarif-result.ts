/** One finding as a SARIF `result`, 3.27: where it is, how it is known again, whether it was accepted, what mends it. */
import type { Finding, ImagePlace, Location, Risk } from '../findings.ts'
import type { RenderContext } from './renderer.ts'
import type { SarifRule } from './sarif-rules.ts'

/** Of a result's locations GitHub reads ten. */
const locationsPerResult = 10

/** The root of the repository. 3.14.14 */
export const root = '%SRCROOT%'

const levels = { critical: 'error', high: 'error', medium: 'warning', low: 'note', unknown: 'warning' } as const

export function sarifResult(finding: Finding, rule: SarifRule | undefined, context: RenderContext) {
  const { fingerprint, locations, message, risk, severity, state, subject, title } = finding
  const shown = locations.slice(0, locationsPerResult)
  return {
    ruleId: finding.rule.toWellFormed() || 'unnamed',
    ...(rule === undefined ? {} : { ruleIndex: rule.index }),
    level: levels[severity],
    // 3.27.25: 0.0 to 100.0, the highest first.
    ...(risk === undefined ? {} : { rank: risk.risk_score }),
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
      ...(risk === undefined ? {} : { risk: riskProperties(risk) }),
      state,
      blocking: finding.blocking,
      subject: subject.toWellFormed(),
      ...(finding.content === undefined ? {} : { content: contentProperties(finding.content) }),
      ...(finding.package === undefined ? {} : { purl: finding.package.purl.toWellFormed() }),
      ...(finding.package?.fixed === undefined ? {} : { fixed: finding.package.fixed.toWellFormed() }),
      ...(locations.length > shown.length ? { locationsLeftOut: locations.length - shown.length } : {}),
    },
  }
}

function contentProperties({ line, removed, ...texts }: ImagePlace) {
  const formed = Object.entries(texts).flatMap(([key, text]) => (text === undefined ? [] : [[key, text.toWellFormed()] as const]))
  return { ...Object.fromEntries(formed), ...(line === undefined ? {} : { line }), ...(removed ? { removed } : {}) }
}

/** Of a property bag: values of any shape. 3.8 */
function riskProperties({ risk_score, confidence, parts, recommended_actions }: Risk) {
  return {
    risk_score,
    confidence,
    parts: parts.map(({ name, points, because }) => ({ name: name.toWellFormed(), points, because: because.toWellFormed() })),
    recommended_actions: recommended_actions.map((action) => action.toWellFormed()),
  }
}

export function placeLocation({ file, ...place }: Location, subject: string, { rootPath = '' }: RenderContext) {
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

/** Plain text in which nothing is an embedded link (3.11.6). */
export const plain = (text: string): string => text.toWellFormed().replaceAll('](', '] (')
