/** Every text of a report may come from somebody who wants it to be read as something else. */

import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import type { Report } from '../../src/findings.ts'
import { readMarker, renderComment } from '../../src/report/comment.ts'
import { nastyStrings, random } from '../builders/nasty.ts'
import { exampleReport, renderContext } from '../builders/report.ts'
import { renderers } from '../builders/report-renderers.ts'

const { context: exampleContext, report: plain } = exampleReport()
const content = { path: 'usr/bin/a', line: 3, field: 'Env', layer: 'sha256:00', instruction: 'RUN a', removed: true } as const
const example = { ...plain, findings: plain.findings.map((finding) => ({ ...finding, content })) }

/** Members whose values are words of ours, not text. */
const words = new Set(['schema', 'verdict', 'kind', 'signature', 'check', 'severity', 'state', 'failOn'])

/** The example with every text replaced. Paths stay apart from each other. */
function withTexts(value: unknown, text: () => string, name = ''): unknown {
  if (typeof value === 'string') return words.has(name) ? value : text()
  if (Array.isArray(value)) return value.map((element) => withTexts(element, text, name))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withTexts(member, text, key)]))
}

const alone = nastyStrings(0).map((text) => [JSON.stringify(text), () => text] as const)
const mixed = Array.from({ length: 10 }, (_, seed) => {
  const texts = nastyStrings(100, seed + 1)
  const next = random(seed + 1)
  return [`mix ${seed}`, () => texts[next() % texts.length] ?? ''] as const
})

describe.each([...alone, ...mixed])('with %s in every field', (_, text) => {
  const hostile = withTexts(example, text) as Report
  const context = renderContext({}, { lines: () => Array.from({ length: 20 }, text), today: exampleContext.today ?? '' })
  const render = (format: keyof typeof renderers) => [...renderers[format](hostile, context)].join('')

  test('the terminal gets no control character, no bidi override and no command', () => {
    const output = render('text')
    expect(output).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u)
    expect(output).not.toMatch(/^\s*::|##\[/m)
  })

  test('Markdown has our own elements alone', () => {
    for (const markdown of [render('markdown'), renderComment(hostile.findings, context)]) {
      const html = micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true }).replace(
        /<!-- portcullis:[^>]* -->\n*$/,
        '',
      )
      // Links lead over https, and show the host that they lead to.
      for (const [, address = '', label = ''] of html.matchAll(/<a href="([^"]*)">(.*?)<\/a>/g))
        expect(label).toBe(`<code>${new URL(address).host}</code>`)
      const tags = new Set([...html.matchAll(/<\/?([a-z0-9!-]+)/gi)].map((match) => match[1]))
      const ours = 'a h2 h3 ul li p table thead tbody tr th td strong em code pre details summary sub br hr'.split(' ')
      expect([...tags].filter((tag) => !ours.includes(tag ?? ''))).toEqual([])
      expect(html.replace(/<code[^>]*>[\s\S]*?<\/code>/g, '').replace(/<[^>]*>/g, '')).not.toMatch(
        /(?<![a-z0-9])@[\w-]|@(?!sha256:)[\w-]|#\d|https?:\/\/|www\./i,
      )
    }
    // The summary may be printed too; a comment only goes to the API.
    expect(render('markdown')).not.toMatch(/^\s*::/m)
  })

  test('the page, where it is printed, has no command of a runner', () => expect(render('html')).not.toMatch(/^\s*::|##\[|##vso\[/m))

  test('the marker of a comment is ours', () => {
    const fingerprints = hostile.findings.map((finding) => finding.fingerprint.toWellFormed()).filter((each) => each !== '')
    expect(readMarker(renderComment(hostile.findings, context))).toEqual(fingerprints)
  })

  test('JSON and SARIF are JSON of the same values, and safe to print', () => {
    expect(JSON.parse(render('json')).findings[0].message).toBe(hostile.findings[0]?.message)
    expect(JSON.parse(render('sarif')).runs[0].results).toHaveLength(hostile.findings.length)
    for (const format of ['json', 'sarif'] as const) expect(render(format)).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u202e]|##\[/)
  })
})
