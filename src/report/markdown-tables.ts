/** Tables of the summary: what was not verified, the images, the waivers. */
import type { Finding, Gap, ImageSubject, Location } from '../findings.ts'
import { baseUpdateLine } from './base-update.ts'
import { anomalyLine, driftLine } from './drift.ts'
import { escapeMarkdown, markdownCell } from './escape.ts'
import { placeLink } from './markdown-findings.ts'
import type { Section } from './markdown-section.ts'
import { compareText } from './order.ts'
import type { RenderContext } from './renderer.ts'
import { confidenceText, riskiest } from './risk.ts'
import { count, digits, shortDigest, shortDigests, shortSubject } from './words.ts'

const longestCell = 300
const longestReason = 160
const mostPlaces = 3
const soonDays = 14

export function gapSection(gaps: readonly Gap[], context: RenderContext): Section {
  return {
    title: 'Not verified',
    collapsed: false,
    lead: '| what | why | where |\n| :-- | :-- | :-- |',
    entries: gaps.map(({ locations, message, subject }) => ({
      heading: '',
      text: row(
        markdownCell(shortSubject(subject).slice(0, longestCell)),
        escapeMarkdown(shortDigests(message).slice(0, longestCell)),
        placesCell(locations, context),
      ),
    })),
  }
}

/** `findings` are the report's. */
export function imageSection(images: readonly ImageSubject[], findings: readonly Finding[], context: RenderContext): Section {
  const hasRisk = images.some(({ risk }) => risk !== undefined)
  return {
    title: 'Images',
    collapsed: false,
    lead: hasRisk
      ? '| image | digest | signature | packages | risk | used at |\n| :-- | :-- | :-- | --: | --: | :-- |'
      : '| image | digest | signature | packages | used at |\n| :-- | :-- | :-- | --: | :-- |',
    entries: images.map((image) => ({ heading: '', text: imageRow(image, findings, context, hasRisk) })),
  }
}

function imageRow(image: ImageSubject, findings: readonly Finding[], context: RenderContext, hasRisk: boolean): string {
  const { digest, locations, packages, platform, reference, risk, signature, signatureMessage } = image
  const lines = [driftLine(image), anomalyLine(image), baseUpdateLine(image, findings)].filter((line) => line !== undefined)
  const name = `${markdownCell(reference.slice(0, longestCell))}${platform === undefined ? '' : ` ${escapeMarkdown(platform.slice(0, 60))}`}`
  return row(
    [name, ...lines.map((line) => escapeMarkdown(line.slice(0, longestCell)))].join('<br>'),
    digest === undefined ? '?' : markdownCell(shortDigest(digest).slice(0, longestCell)),
    `${signatureMarks[signature]} ${signature}${signatureMessage === undefined ? '' : `<br>${escapeMarkdown(shortDigests(signatureMessage).slice(0, longestReason))}`}`,
    packages === undefined ? '?' : digits(packages),
    ...(hasRisk ? [String(risk?.risk_score ?? '?')] : []),
    placesCell(locations, context),
  )
}

/** What makes the highest risks, and what to do about them. */
export function riskSection(findings: readonly Finding[]): Section {
  return {
    title: 'Highest risk, explained',
    collapsed: true,
    lead: '| risk | finding | why | what to do |\n| --: | :-- | :-- | :-- |',
    entries: riskiest(findings, mostExplained).map(({ package: affected, risk, rule, subject }) => ({
      heading: '',
      text: row(
        `**${risk.risk_score}**<br>${confidenceText(risk)}`,
        `${markdownCell(rule.slice(0, longestCell))}${affected === undefined ? '' : ` in ${markdownCell(affected.name.slice(0, longestCell))}`}<br>${markdownCell(shortSubject(subject).slice(0, longestCell))}`,
        risk.parts
          .map(({ name, points, because }) => escapeMarkdown(`${name.slice(0, 60)} ${points}: ${because}`.slice(0, longestReason)))
          .join('<br>'),
        risk.recommended_actions.map((action) => escapeMarkdown(action.slice(0, longestReason))).join('<br>'),
      ),
    })),
  }
}

const mostExplained = 5

const signatureMarks = { verified: '✔', unsigned: '✖', untrusted: '✖', invalid: '✖', unchecked: '?' } as const

/** What ends first stands first. */
export function waiverSection(findings: readonly Finding[], context: RenderContext): Section {
  const waived = findings
    .filter((finding) => finding.state === 'waived')
    .sort((left, right) => compareText(left.waiver?.until ?? '9', right.waiver?.until ?? '9'))
  return {
    title: `${count(waived.length, 'waived finding')}`,
    collapsed: true,
    lead: '| finding | subject | until | owner | reason |\n| :-- | :-- | :-- | :-- | :-- |',
    entries: waived.map(({ rule, severity, subject, waiver }) => ({
      heading: '',
      text: row(
        `${severity} ${markdownCell(rule.slice(0, longestCell))}`,
        markdownCell(shortSubject(subject).slice(0, longestCell)),
        waiver === undefined ? '?' : untilCell(waiver.until, context.today),
        waiver === undefined ? '' : escapeMarkdown(waiver.owner.slice(0, longestCell)),
        waiver === undefined ? '' : escapeMarkdown(waiver.reason.slice(0, longestCell)),
      ),
    })),
  }
}

function untilCell(until: string, today: string | undefined): string {
  const days = today === undefined ? Number.NaN : Math.round((Date.parse(until) - Date.parse(today)) / 86_400_000)
  const text = escapeMarkdown(until.slice(0, 20))
  return days >= 0 && days <= soonDays ? `**${text}**, in ${count(days, 'day')}` : text
}

function placesCell(locations: readonly Location[], context: RenderContext): string {
  const places = locations.slice(0, mostPlaces).map((each) => placeLink(each, context, markdownCell))
  const more = locations.length - places.length
  return [...places, ...(more > 0 ? [`${digits(more)} more`] : [])].join('<br>')
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`
