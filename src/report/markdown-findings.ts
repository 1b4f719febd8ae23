/** Findings in the summary: what blocks is open, the rest is folded. By file, one line a finding or a package. */
import type { Finding, Location } from '../findings.ts'
import { escapeMarkdown, markdownAddress, markdownCode } from './escape.ts'
import { type Group, groupFindings, versionStep } from './group.ts'
import { fixOf, helpOf } from './help.ts'
import type { Entry, Section } from './markdown-section.ts'
import { compareFindings } from './order.ts'
import { type Place, placesByFile, withoutPlace } from './places.ts'
import type { RenderContext } from './renderer.ts'
import { count, severityCounts, shortSubject } from './words.ts'

const mostIds = 8
const mostPlaces = 4
const longestMessage = 400
const longestName = 200

export function findingSections(findings: readonly Finding[], context: RenderContext): readonly [Section, Section, Section] {
  const blocking = findings.filter((finding) => finding.blocking)
  const open = findings.filter((finding) => !finding.blocking && finding.state === 'new')
  const existing = findings.filter((finding) => !finding.blocking && finding.state === 'existing')
  return [
    { title: 'What blocks', collapsed: false, lead: '', entries: entriesOf(blocking, context) },
    {
      title: `${count(open.length, 'new finding')} that ${open.length === 1 ? 'does' : 'do'} not block`,
      collapsed: true,
      lead: '',
      entries: entriesOf(open, context),
    },
    { title: `${count(existing.length, 'finding')} already on the base`, collapsed: true, lead: '', entries: entriesOf(existing, context) },
  ]
}

function entriesOf(findings: readonly Finding[], context: RenderContext): readonly Entry[] {
  const placed = placesByFile(findings).flatMap(({ places }) =>
    places.flatMap((place) => groupFindings(place.findings, context).map((group) => ({ group, heading: placeHeading(place, context) }))),
  )
  const free = [...withoutPlace(findings)].flatMap(([subject, all]) =>
    groupFindings(all, context).map((group) => ({ group, heading: markdownCode(shortSubject(subject).slice(0, longestName)) })),
  )
  return [...placed, ...free]
    .sort((left, right) => compareFindings(left.group.findings[0], right.group.findings[0]))
    .map(({ group, heading }) => ({ heading, text: groupLine(group, context) }))
}

function placeHeading({ also, location, subject }: Place, context: RenderContext): string {
  const about = subject === location.file ? '' : ` · ${markdownCode(shortSubject(subject).slice(0, longestName))}`
  const others = also.slice(0, mostPlaces).map((each) => placeLink(each, context))
  const more = also.length > mostPlaces ? ` and ${count(also.length - mostPlaces, 'more place')}` : ''
  return `${placeLink(location, context)}${about}${others.length === 0 ? '' : ` · also ${others.join(', ')}${more}`}`
}

function groupLine(group: Group, context: RenderContext): string {
  const [first] = group.findings
  if (group.package !== undefined) return `- **${first.severity}** ${packageText(group)}`
  const fix = helpOf(first, context).general ? '' : `<br>${escapeMarkdown(fixOf(group, context))}`
  return `- **${first.severity}** ${markdownCode(first.rule.slice(0, longestName))}: ${escapeMarkdown((first.message || first.title).slice(0, longestMessage))}${fix}`
}

function packageText(group: Group): string {
  const name = group.package === undefined ? '' : markdownCode(versionStep(group.package).slice(0, longestName))
  const ids = group.findings
    .slice(0, mostIds)
    .map(({ rule, score }) => `${markdownCode(rule.slice(0, longestName))}${score === undefined ? '' : ` (${score.toFixed(1)})`}`)
  const more = group.findings.length > mostIds ? ` and ${(group.findings.length - mostIds).toLocaleString('en-US')} more` : ''
  const counts = group.findings.length === 1 ? '' : `${severityCounts(group.findings)}: `
  return `${name}: ${counts}${ids.join(', ')}${more}`
}

/** `deploy/shop.yaml` line 21. */
export function placeLink(location: Location, context: RenderContext, code = markdownCode): string {
  return `${code(location.file.slice(0, longestName))} ${lineLink(location, context)}`
}

/** `line 21`, or `lines 21–24`: a link where it is known how. */
function lineLink(location: Location, context: RenderContext): string {
  const words = location.endLine > location.startLine ? `lines ${location.startLine}–${location.endLine}` : `line ${location.startLine}`
  const address = markdownAddress(context.link?.(location) ?? '')
  return address === undefined ? words : `[${words}](${address})`
}
