/** The report for a terminal: by file with the code, then what was not verified and what was looked at; what decides stands last. */
import type { Gap, Report } from '../findings.ts'
import { baseUpdateLine } from './base-update.ts'
import { cut, widthOf } from './columns.ts'
import { anomalyLine, driftLine } from './drift.ts'
import { escapeTerminal, guardCommands } from './escape.ts'
import { type Paint, painter } from './paint.ts'
import { placesByFile, placeText, withoutPlace } from './places.ts'
import type { RenderContext, Renderer } from './renderer.ts'
import { responseLines, responseWords } from './responses.ts'
import { riskWords } from './risk.ts'
import { withoutSecrets } from './secret-lines.ts'
import { inventoryLines, unownedLines } from './text-inventory.ts'
import { longestText, type Page, wrapped } from './text-page.ts'
import { placeLines, subjectLines } from './text-place.ts'
import { riskLines } from './text-risk.ts'
import { coverageLines, policyLine } from './totals.ts'
import { count, severityCounts, shortDigest, shortDigests, shortSubject, someOf, verdictMarks, verdictWords } from './words.ts'

export const text: Renderer = function* (report, context) {
  for (const line of lines(report, context)) yield `${guardCommands(line)}\n`
}

function* lines(report: Report, context: RenderContext): Iterable<string> {
  const width = Math.min(Math.max(context.width || 80, 40), 160)
  const paint = painter(context.colour)
  const page: Page = { context, paint, width, lines: withoutSecrets(report, context), told: new Set() }

  for (const { file, places } of placesByFile(report.findings)) {
    yield heading(file, severityCounts(places.flatMap((place) => place.findings)), page)
    page.told.clear()
    yield ''
    for (const [index, place] of places.entries()) {
      yield* placeLines(place, places[index - 1]?.location, page)
      yield ''
    }
  }
  for (const [subject, findings] of withoutPlace(report.findings)) {
    yield heading(shortSubject(subject), severityCounts(findings), page)
    page.told.clear()
    yield ''
    yield* subjectLines(findings, page)
    yield ''
  }
  if (report.gaps.length > 0) {
    yield heading('not verified', count(report.gaps.length, 'gap'), page)
    yield ''
    for (const gap of report.gaps) yield* gapLines(gap, page)
    yield ''
  }
  if (report.subjects.length > 0) {
    yield heading('images', '', page)
    yield ''
    yield* imageLines(report, page)
    yield ''
  }
  for (const image of report.subjects.filter(({ inventory }) => inventory !== undefined && inventory.length > 0)) {
    yield heading(`packages of ${image.reference}`, '', page)
    yield ''
    yield* inventoryLines(image, page)
    yield ''
  }
  for (const image of report.subjects.filter(({ unowned = [] }) => unowned.length > 0)) {
    yield heading(`programs of ${image.reference} that no package owns`, '', page)
    yield ''
    yield* unownedLines(image, page)
    yield ''
  }
  const risks = [...riskLines(report, page)]
  if (risks.length > 0) {
    yield heading('highest risk', '', page)
    yield ''
    yield* risks
    yield ''
  }
  if (report.responses !== undefined) {
    yield heading('responses', '', page)
    yield ''
    yield* responsesOf(report, page)
    yield ''
  }
  yield heading('verdict', '', page)
  yield ''
  for (const line of [...coverageLines(report), policyLine(report), ...(report.notes ?? [])].map(escapeTerminal))
    yield* wrapped('  ', '  ', line, width, (text) => paint('dim', text))
  yield ''
  yield* verdictLines(report, paint, width)
}

/** `deploy/shop.yaml ──────────── 2 critical, 1 high`. */
function heading(title: string, right: string, { paint, width }: Page): string {
  const whole = escapeTerminal(title)
  // On a narrow terminal the name matters more than the counts.
  const counts = widthOf(whole) + widthOf(right) + 4 > width ? '' : right
  const name = cut(whole, width - 4)
  const rule = '─'.repeat(Math.max(2, width - widthOf(name) - widthOf(counts) - (counts === '' ? 1 : 2)))
  return `${paint('bold', name)} ${paint('dim', rule)}${counts === '' ? '' : ` ${counts}`}`
}

function* gapLines({ subject, message, locations }: Gap, { paint, width }: Page): Iterable<string> {
  yield* wrapped(`  ${paint('incomplete', '?')} `, '    ', escapeTerminal(shortSubject(subject)).slice(0, longestText), width)
  yield* wrapped('    ', '    ', escapeTerminal(shortDigests(message)).slice(0, longestText), width)
  if (locations.length > 0)
    yield* wrapped('    ', '    ', someOf(locations.map(placeText).map(escapeTerminal), 5), width, (text) => paint('dim', text))
}

function* imageLines({ findings, subjects }: Report, { paint, width }: Page): Iterable<string> {
  const status = { verified: 'pass', unsigned: 'high', untrusted: 'high', invalid: 'critical', unchecked: 'dim' } as const
  for (const image of subjects) {
    const facts = [
      image.digest === undefined ? 'no digest' : shortDigest(image.digest),
      image.platform ?? '',
      image.packages === undefined ? '' : count(image.packages, 'package'),
      riskWords([image]),
    ].filter((fact) => fact !== '')
    yield* wrapped(
      `  ${paint(status[image.signature], image.signature.padEnd(9))}  `,
      ' '.repeat(13),
      escapeTerminal(image.reference),
      width,
    )
    yield* wrapped(' '.repeat(13), ' '.repeat(13), escapeTerminal(facts.join(' · ')), width, (text) => paint('dim', text))
    if (image.signatureMessage !== undefined)
      yield* wrapped(' '.repeat(13), ' '.repeat(13), escapeTerminal(shortDigests(image.signatureMessage)).slice(0, longestText), width)
    for (const line of [driftLine(image), anomalyLine(image), baseUpdateLine(image, findings)])
      if (line !== undefined) yield* wrapped(' '.repeat(13), ' '.repeat(13), escapeTerminal(line).slice(0, longestText), width)
  }
}

function* responsesOf(report: Report, { paint, width }: Page): Iterable<string> {
  const status = { failed: 'critical', 'handed-over': 'pass', nobody: 'high', taken: 'pass', waiting: 'dim' } as const
  for (const { state, action, condition, detail, subjects } of responseLines(report)) {
    const indent = ' '.repeat(15)
    yield* wrapped(
      `  ${paint(status[state], responseWords[state].padEnd(11))}  `,
      indent,
      `${escapeTerminal(action)}: ${escapeTerminal(condition)}`,
      width,
    )
    if (subjects.length > 0) yield* wrapped(indent, indent, someOf(subjects.map(escapeTerminal), 5).slice(0, longestText), width)
    yield* wrapped(indent, indent, escapeTerminal(detail).slice(0, longestText), width, (text) => paint('dim', text))
  }
}

function* verdictLines({ verdict, reasons }: Report, paint: Paint, width: number): Iterable<string> {
  yield `  ${paint(verdict, `${verdictMarks[verdict]} ${verdictWords[verdict]}`)}`
  for (const reason of reasons) yield* wrapped('    ', '    ', escapeTerminal(shortDigests(reason)).slice(0, longestText), width)
}
