/** The policy's responses in the summary comment and the job summary. */
import type { Report } from '../findings.ts'
import { escapeMarkdown, markdownCell } from './escape.ts'
import type { Section } from './markdown-section.ts'
import { responseLines, responseWords } from './responses.ts'
import { count, digits } from './words.ts'

const longestCell = 200
const mostSubjects = 5

export function responseSection(report: Report): Section {
  const lines = responseLines(report)
  return {
    title: count(lines.length, 'response'),
    // What failed or is done by nobody asks for a reader.
    collapsed: lines.every(({ state }) => state !== 'failed' && state !== 'nobody'),
    lead: '| action | state | condition | about |\n| :-- | :-- | :-- | :-- |',
    entries: lines.map(({ action, state, condition, detail, subjects }) => {
      const more = subjects.length - mostSubjects
      const about = [
        ...subjects.slice(0, mostSubjects).map((subject) => markdownCell(subject.slice(0, longestCell))),
        ...(more > 0 ? [`${digits(more)} more`] : []),
        escapeMarkdown(detail.slice(0, longestCell)),
      ]
      const cells = [
        markdownCell(action.slice(0, longestCell)),
        responseWords[state],
        markdownCell(condition.slice(0, longestCell)),
        about.join('<br>'),
      ]
      return { heading: '', text: `| ${cells.join(' | ')} |` }
    }),
  }
}
