/** The findings of the highest risk in the terminal's report, with what makes it and what to do. */
import type { Report } from '../findings.ts'
import { escapeTerminal } from './escape.ts'
import { placeText } from './places.ts'
import { confidenceText, partsText, riskiest } from './risk.ts'
import { longestText, type Page, wrapped } from './text-page.ts'
import { shortSubject } from './words.ts'

const mostExplained = 3
/** `  87  `. */
const indent = ' '.repeat(7)

/** Nothing where no new finding is worth it. */
export function* riskLines({ findings }: Report, { paint, width }: Page): Iterable<string> {
  for (const {
    risk,
    rule,
    package: affected,
    subject,
    severity,
    locations: [location],
  } of riskiest(findings, mostExplained)) {
    const where = location === undefined ? shortSubject(subject) : placeText(location)
    const what = [rule, ...(affected === undefined ? [] : [affected.name]), where, confidenceText(risk)].join(' · ')
    yield* wrapped(`  ${paint(severity, String(risk.risk_score).padStart(3))}  `, indent, escapeTerminal(what).slice(0, longestText), width)
    yield* wrapped(indent, indent, escapeTerminal(partsText(risk)).slice(0, 2 * longestText), width, (text) => paint('dim', text))
    yield* wrapped(indent, indent, escapeTerminal(risk.recommended_actions.join(' ')).slice(0, longestText), width)
  }
}
