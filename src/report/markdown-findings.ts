/** Findings in the summary: what blocks is open, the rest is folded. By file, one line a finding or a package. */
import type { Finding, Location } from '../findings.ts'
import { escapeMarkdown, markdownAddress, markdownCode } from './escape.ts'
import { type Group, versionStep } from './group.ts'
import { fixOf, helpOf } from './help.ts'
import { itemsOf } from './items.ts'
import type { Entry, Section } from './markdown-section.ts'
import type { RenderContext } from './renderer.ts'
import { riskWords } from './risk.ts'
import { count, digits, ratingWords, severityCounts, shortDigests, shortSubject } from './words.ts'

const mostIds = 8
const mostPlaces = 4
const longestMessage = 400
const longestName = 200

export function findingSections(findings: readonly Finding[], context: RenderContext): readonly [Section, Section, Section, Section] {
  const blocking = findings.filter((finding) => finding.blocking)
  const open = findings.filter((finding) => !finding.blocking && finding.state === 'new')
  const onBase = findings.filter((finding) => !finding.blocking && finding.state === 'existing')
  const [disclosed, existing] = [onBase.filter(isDisclosed), onBase.filter((finding) => !isDisclosed(finding))]
  return [
    { title: 'What blocks', collapsed: false, lead: '', entries: entriesOf(blocking, context) },
    {
      title: `${count(open.length, 'new finding')} that ${open.length === 1 ? 'does' : 'do'} not block`,
      collapsed: true,
      lead: '',
      entries: entriesOf(open, context),
    },
    {
      title: `${count(disclosed.length, 'newly disclosed vulnerability', 'newly disclosed vulnerabilities')} that the base has too`,
      collapsed: true,
      lead: '',
      entries: entriesOf(disclosed, context),
    },
    { title: `${count(existing.length, 'finding')} already on the base`, collapsed: true, lead: '', entries: entriesOf(existing, context) },
  ]
}

/** Published after the base was committed. */
const isDisclosed = ({ newlyDisclosed }: Finding): boolean => newlyDisclosed === true

function entriesOf(findings: readonly Finding[], context: RenderContext): readonly Entry[] {
  return itemsOf(findings, context).map(({ group, locations }) => ({
    heading: placeHeading(group.findings[0].subject, locations, context),
    text: groupLine(group, context),
  }))
}

function placeHeading(subject: string, [location, ...also]: readonly Location[], context: RenderContext): string {
  const name = markdownCode(shortSubject(subject).slice(0, longestName))
  if (location === undefined) return name
  const about = subject === location.file ? '' : ` · ${name}`
  const others = also.slice(0, mostPlaces).map((each) => placeLink(each, context))
  const more = also.length > mostPlaces ? ` and ${count(also.length - mostPlaces, 'more place')}` : ''
  return `${placeLink(location, context)}${about}${others.length === 0 ? '' : ` · also ${others.join(', ')}${more}`}`
}

function groupLine(group: Group, context: RenderContext): string {
  const [first] = group.findings
  const words = riskWords(group.findings)
  const risk = words === '' ? '' : ` · ${words}`
  if (group.package !== undefined) return `- **${first.severity}** ${packageText(group)}${risk}`
  const fix = helpOf(first, context).general ? '' : `<br>${escapeMarkdown(fixOf(group, context))}`
  return `- **${first.severity}** ${markdownCode(first.rule.slice(0, longestName))}: ${escapeMarkdown(shortDigests(first.message || first.title).slice(0, longestMessage))}${risk}${fix}`
}

function packageText(group: Group): string {
  const name = group.package === undefined ? '' : markdownCode(versionStep(group.package).slice(0, longestName))
  const ids = group.findings.slice(0, mostIds).map((finding) => {
    const rating = ratingWords(finding)
    return `${markdownCode(finding.rule.slice(0, longestName))}${rating === '' ? '' : ` (${rating})`}`
  })
  const more = group.findings.length > mostIds ? ` and ${digits(group.findings.length - mostIds)} more` : ''
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
