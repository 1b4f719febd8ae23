/** Tables of the summary: what was not verified, the images, the waivers. */
import type { Finding, Gap, ImageSubject, Location } from '../findings.ts'
import { baseUpdateLine } from './base-update.ts'
import { anomalyLine, driftLine } from './drift.ts'
import { escapeMarkdown, markdownCell } from './escape.ts'
import { placeLink } from './markdown-findings.ts'
import type { Section } from './markdown-section.ts'
import { compareText } from './order.ts'
import type { RenderContext } from './renderer.ts'
import { count, shortDigest, shortDigests, shortSubject } from './words.ts'

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
  return {
    title: 'Images',
    collapsed: false,
    lead: '| image | digest | signature | packages | used at |\n| :-- | :-- | :-- | --: | :-- |',
    entries: images.map((image) => ({ heading: '', text: imageRow(image, findings, context) })),
  }
}

function imageRow(image: ImageSubject, findings: readonly Finding[], context: RenderContext): string {
  const { digest, locations, packages, platform, reference, signature, signatureMessage } = image
  const lines = [driftLine(image), anomalyLine(image), baseUpdateLine(image, findings)].filter((line) => line !== undefined)
  const name = `${markdownCell(reference.slice(0, longestCell))}${platform === undefined ? '' : ` ${escapeMarkdown(platform.slice(0, 60))}`}`
  return row(
    [name, ...lines.map((line) => escapeMarkdown(line.slice(0, longestCell)))].join('<br>'),
    digest === undefined ? '?' : markdownCell(shortDigest(digest).slice(0, longestCell)),
    `${signatureMarks[signature]} ${signature}${signatureMessage === undefined ? '' : `<br>${escapeMarkdown(shortDigests(signatureMessage).slice(0, longestReason))}`}`,
    packages === undefined ? '?' : packages.toLocaleString('en-US'),
    placesCell(locations, context),
  )
}

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
  return [...places, ...(more > 0 ? [`${more.toLocaleString('en-US')} more`] : [])].join('<br>')
}

const row = (...cells: readonly string[]): string => `| ${cells.join(' | ')} |`
