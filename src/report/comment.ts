/** The body of one review comment: everything that is wrong at one line. */
import type { Finding, Location, Suggestion } from '../findings.ts'
import { contentClause } from './content-place.ts'
import { escapeMarkdown, markdownAddress, markdownCell, markdownCode, markdownFence } from './escape.ts'
import { type Group, groupFindings, versionStep } from './group.ts'
import { fixOf, helpOf } from './help.ts'
import { commentLimit } from './markdown.ts'
import { writeMarker } from './marker.ts'
import { compareFindings } from './order.ts'
import type { RenderContext } from './renderer.ts'
import { mainReasons, riskiest, riskWords } from './risk.ts'
import { count, digits, ratingWords, severityCounts, shortDigest, shortDigests, shortSubject } from './words.ts'

export { readMarker } from './marker.ts'

const mostAdvisories = 20
const mostReferences = 3
const longestText = 600
const longestName = 200

/**
 * Where the comment stands: the whole lines of its suggestion where there is one, else the lines of the first finding's first location. GitHub applies a
 * suggestion to the lines of its comment. Undefined where no finding has a location.
 */
export function commentPlace(findings: readonly Finding[]): Location | undefined {
  const first = findings.find((finding) => finding.locations[0] !== undefined)?.locations[0]
  if (first === undefined) return undefined
  const suggestion = commentSuggestion(findings)
  const { endLine, startLine } = suggestion ?? first
  return { file: first.file, startLine, endLine }
}

/** Markdown, at most 65,536 characters, with the marker as its last line. `findings` are those of one place; at least one. */
export function renderComment(findings: readonly Finding[], context: RenderContext): string {
  const groups = groupFindings(findings, context)
  const suggestion = commentSuggestion(findings)
  const tail = [
    ...(suggestion === undefined ? [] : [markdownFence('suggestion', suggestion.replacement)]),
    writeMarker(findings.map((finding) => finding.fingerprint)),
  ].join('\n\n')
  const parts: string[] = []
  let left = commentLimit - tail.length - 100
  for (const [index, group] of groups.entries()) {
    const part = groupPart(group, context)
    if (part.length + separator.length > left) {
      parts.push(`_${count(groups.length - index, 'more finding')} left out for length._`)
      break
    }
    parts.push(part)
    left -= part.length + separator.length
  }
  return `${parts.join(separator)}\n\n${tail}\n`
}

const separator = '\n\n---\n\n'

/** One is offered at a time, the worst finding's: a second one would not fit any more once the first was applied. */
function commentSuggestion(findings: readonly Finding[]): Suggestion | undefined {
  return findings.toSorted(compareFindings).find((finding) => finding.suggestion !== undefined)?.suggestion
}

function groupPart(group: Group, context: RenderContext): string {
  return group.package === undefined ? rulePart(group, context) : packagePart(group, context)
}

function rulePart(group: Group, context: RenderContext): string {
  const [first] = group.findings
  const { references, why } = helpOf(first, context)
  const links = references.map(markdownAddress).filter((address) => address !== undefined)
  return [
    `**${first.severity}** · ${markdownCode(first.rule.slice(0, longestName))} · ${stateText(first)}${riskText(group)}`,
    `${escapeMarkdown(shortDigests(first.message || first.title).slice(0, longestText))} (${markdownCode(shortSubject(first.subject).slice(0, longestName))})`,
    ...placePart(first),
    `**Why:** ${escapeMarkdown(why)}<br>\n**Fix:** ${escapeMarkdown(fixOf(group, context))}`,
    ...riskReasons(group),
    ...(links.length === 0 ? [] : [`More: ${links.slice(0, mostReferences).map(namedLink).join(', ')}`]),
  ].join('\n\n')
}

/** The file, the layer and its instruction, of what was found in an image. */
function placePart({ content }: Finding): readonly string[] {
  const clause = content === undefined ? '' : contentClause(content, (text) => markdownCode(text.slice(0, longestName)))
  return clause === '' ? [] : [`${clause[0]?.toUpperCase()}${clause.slice(1)}.`]
}

function riskText({ findings }: Group): string {
  const words = riskWords(findings)
  return words === '' ? '' : ` · ${words}`
}

/** What makes the highest risk of the group, where it is one to speak of. */
function riskReasons({ findings }: Group): readonly string[] {
  const [worst] = riskiest(findings, 1)
  return worst === undefined ? [] : [`**Risk ${worst.risk.risk_score}:** ${escapeMarkdown(mainReasons(worst.risk).slice(0, longestText))}`]
}

function packagePart(group: Group, context: RenderContext): string {
  const [first] = group.findings
  const step = group.package === undefined ? '' : markdownCode(versionStep(group.package).slice(0, longestName))
  const layer = first.package?.layer === undefined ? '' : `, layer ${markdownCode(shortDigest(first.package.layer).slice(0, longestName))}`
  const { instruction } = first.package ?? {}
  const maker = instruction === undefined ? '' : ` by ${markdownCode(instruction.slice(0, longestName))}`
  const rows = group.findings.slice(0, mostAdvisories).map(advisoryRow)
  const more = group.findings.length - rows.length
  return [
    `**${severityCounts(group.findings)}** · ${step} · ${stateText(first)}${riskText(group)}`,
    `In ${markdownCode(shortSubject(first.subject).slice(0, longestName))}${layer}${maker}. ${escapeMarkdown(fixOf(group, context))}`,
    ['| advisory | severity | rating | fixed in | |', '| :-- | :-- | :-- | :-- | :-- |', ...rows].join('\n'),
    ...(more > 0 ? [`_${digits(more)} more of this package._`] : []),
    ...riskReasons(group),
  ].join('\n\n')
}

function advisoryRow(finding: Finding): string {
  const { package: affected, rule, severity, title } = finding
  const code = markdownCell(rule.slice(0, longestName))
  const cells = [
    published.test(rule) ? `[${code}](https://osv.dev/vulnerability/${rule})` : code,
    severity,
    escapeMarkdown(ratingWords(finding, true)),
    affected?.fixed === undefined ? 'no fix' : markdownCell(affected.fixed.slice(0, longestName)),
    escapeMarkdown(title.slice(0, longestName)),
  ]
  return `| ${cells.join(' | ')} |`
}

/** Identifiers that OSV knows; an address that came with a report is not put under a name that readers trust. */
const published = /^(?:CVE|GHSA|GO|PYSEC|RUSTSEC|MAL|ALPINE|DEBIAN|DSA|DLA|UBUNTU|USN|ALSA|RLSA|RHSA)-[\w:.-]{1,60}$/

function stateText({ blocking, newlyDisclosed, state, waiver }: Finding): string {
  if (state === 'waived') return waiver === undefined ? 'waived' : `waived until ${escapeMarkdown(waiver.until.slice(0, 20))}`
  if (blocking) return 'blocks the merge'
  if (newlyDisclosed) return 'disclosed after the base, does not block'
  return state === 'existing' ? 'already on the base, does not block' : 'does not block'
}

/** The host as the link's text: a reader sees where it leads. */
const namedLink = (address: string): string => `[${markdownCode(new URL(address).host)}](${address})`
