/** Sections of a bounded Markdown text: each has its share, and says how much of it was left out. */
import { digits } from './words.ts'

export interface Section {
  readonly title: string
  readonly collapsed: boolean
  /** Stands before the entries of each heading: a table's head. */
  readonly lead: string
  /** The most important first. Entries of one heading stand together. */
  readonly entries: readonly Entry[]
}

export interface Entry {
  /** Ready Markdown; empty for none. */
  readonly heading: string
  readonly text: string
}

/** A section that comes late keeps at least this part of the whole, if it needs it. */
const share = 0.08

const noteLength = 80

/** The most important section first. In all at most `limit` characters, joined by blank lines. */
export function fitSections(sections: readonly Section[], limit: number): readonly string[] {
  let left = limit
  const whole = sections.map((section) => write(section, section.entries).length + 2)
  return sections.map((section, index) => {
    const later = whole.slice(index + 1).reduce((sum, size) => sum + Math.min(size, limit * share), 0)
    const text = fit(section, Math.floor(left - later))
    left -= text.length + 2
    return text
  })
}

function fit(section: Section, limit: number): string {
  if (section.entries.length === 0) return ''
  const whole = write(section, section.entries)
  if (whole.length <= limit) return whole
  let used = write(section, []).length + noteLength
  const headings = new Set<string>()
  const kept = section.entries.filter((entry) => {
    const headingLength = headings.has(entry.heading) ? 0 : entry.heading.length + section.lead.length + 6
    if (used + headingLength + entry.text.length + 1 > limit) return false
    used += headingLength + entry.text.length + 1
    headings.add(entry.heading)
    return true
  })
  const text = write(section, kept)
  return text.length <= limit ? text : ''
}

function write({ collapsed, entries: all, lead, title }: Section, entries: readonly Entry[]): string {
  if (all.length === 0) return ''
  const groups = [...Map.groupBy(entries, (entry) => entry.heading)].map(([heading, group]) => {
    const lines = [...(lead === '' ? [] : [lead]), ...group.map((entry) => entry.text)].join('\n')
    return heading === '' ? lines : `${heading}\n\n${lines}`
  })
  const more = all.length - entries.length
  if (more > 0) groups.push(`_${digits(more)} more left out for length._`)
  const body = groups.join('\n\n')
  if (!collapsed) return `### ${title}\n\n${body}`
  return `<details>\n<summary>${title}</summary>\n\n${body}\n\n</details>`
}
