/** One place in the terminal's report: its code once, then what is wrong there. */
import type { Finding, Location } from '../findings.ts'
import { codeFrame } from './code-frame.ts'
import { contentClause } from './content-place.ts'
import { escapeTerminal } from './escape.ts'
import { type Group, groupFindings, versionStep } from './group.ts'
import { fixOf, helpOf } from './help.ts'
import { compareLocations } from './order.ts'
import { type Place, placeText } from './places.ts'
import { riskWords } from './risk.ts'
import { longestText, type Page, wrapped } from './text-page.ts'
import { ratingWords, severityCounts, shortDigests, shortSubject, someOf } from './words.ts'

const mostIds = 12
/** `  ✖ critical  `. */
const hanging = ' '.repeat(14)

/** `before` is the place that was told last in this file: code that the reader has just seen is not shown again. */
export function* placeLines({ location, also, subject, findings }: Place, before: Location | undefined, page: Page): Iterable<string> {
  const { paint, width } = page
  if (before === undefined || compareLocations(before, location) !== 0) yield* frameLines(location, findings, page)
  yield* wrapped('  ', '  ', escapeTerminal(shortSubject(subject)).slice(0, longestText), width, (text) => paint('dim', text))
  if (also.length > 0) {
    yield* wrapped(
      '  ',
      '  ',
      `also ${someOf(
        also.map((each) => escapeTerminal(placeText(each))),
        5,
      )}`,
      width,
      (text) => paint('dim', text),
    )
  }
  yield* subjectLines(findings, page)
}

/** What was there before is named by its line; what is new is shown. */
function* frameLines(location: Location, findings: readonly Finding[], { lines, paint, width }: Page): Iterable<string> {
  const gutter = Math.max(4, String(location.endLine).length + 2)
  const isNew = findings.some((finding) => finding.state === 'new')
  const frame = isNew ? codeFrame(lines(location.file), location, gutter, width, paint) : []
  if (frame.length > 0) yield* frame
  else yield paint('dim', `  line ${location.startLine}`)
}

export function* subjectLines(findings: readonly Finding[], page: Page): Iterable<string> {
  for (const group of groupFindings(findings, page.context)) yield* groupLines(group, page)
}

function* groupLines(group: Group, page: Page): Iterable<string> {
  const { context, paint, told, width } = page
  const [first] = group.findings
  const isNew = first.state === 'new'
  const severity = isNew ? first.severity : 'dim'
  const mark = first.blocking ? '✖' : isNew ? '•' : '·'
  const name = escapeTerminal(group.package === undefined ? first.rule : versionStep(group.package)).slice(0, longestText)
  const risk = isNew ? riskWords(group.findings) : ''
  const rest = `${escapeTerminal(shortDigests(headlineOf(group))).slice(0, longestText)}${risk === '' ? '' : ` · ${risk}`}`
  yield* wrapped(
    `  ${paint(severity, `${mark} ${first.severity.padEnd(8)}`)}  `,
    hanging,
    rest === '' ? name : `${name}: ${rest}`,
    width,
    // The name alone stands out, and only where it was not broken over lines.
    (text) => (text.startsWith(name) ? paint(isNew ? 'bold' : 'dim', name) + text.slice(name.length) : text),
  )
  if (!isNew) {
    yield* wrapped(hanging, hanging, stateOf(first), width, (text) => paint('dim', text))
    return
  }
  if (group.package === undefined) {
    const clause = first.content === undefined ? '' : contentClause(first.content, escapeTerminal).slice(0, longestText)
    if (clause !== '') yield* wrapped(hanging, hanging, clause, width, (text) => paint('dim', text))
    const fix = fixOf(group, context)
    if (told.has(fix)) return
    told.add(fix)
    // What is true of every manifest tells nobody what to do about this one.
    if (helpOf(first, context).general && (first.check === 'manifest' || first.check === 'dockerfile')) return
    yield* wrapped(hanging, hanging, escapeTerminal(fix), width, (text) => paint('dim', text))
  } else {
    const details = group.findings.length === 1 ? first.title : someOf(group.findings.map(withScore), mostIds)
    yield* wrapped(hanging, hanging, escapeTerminal(details).slice(0, longestText), width, (text) => paint('dim', text))
    const instruction = first.package?.instruction
    if (instruction !== undefined)
      yield* wrapped(hanging, hanging, escapeTerminal(`brought by ${instruction}`).slice(0, longestText), width, (text) =>
        paint('dim', text),
      )
  }
}

function headlineOf({ findings, package: affected }: Group): string {
  const [first] = findings
  if (affected === undefined) return first.message === '' ? first.title : first.message
  return findings.length === 1 ? withScore(first) : severityCounts(findings)
}

function withScore(finding: Finding): string {
  const rating = ratingWords(finding)
  return rating === '' ? finding.rule : `${finding.rule} (${rating})`
}

function stateOf({ state, waiver }: Finding): string {
  if (state === 'existing') return 'already on the base'
  if (waiver === undefined) return 'waived'
  return escapeTerminal(`waived until ${waiver.until} by ${waiver.owner}: ${waiver.reason}`).slice(0, longestText)
}
