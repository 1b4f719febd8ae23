import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import {
  escapeCommandData,
  escapeCommandProperty,
  escapeHtml,
  escapeMarkdown,
  escapeTerminal,
  guardCommands,
  markdownAddress,
  markdownCell,
  markdownCode,
  markdownFence,
} from '../../src/report/escape.ts'
import { nastyStrings } from '../builders/nasty.ts'

const toHtml = (markdown: string) => micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
const textOf = (html: string) =>
  html
    .replace(/<[^>]*>/g, '')
    .replaceAll('\u200b', '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&amp;', '&')
    .trim()

/** What GitHub looks for in rendered text, outside of code: mentions, references, emoji. */
const outsideCode = (html: string) => html.replace(/<code>[\s\S]*?<\/code>/g, '').replace(/<[^>]*>/g, '')

describe('Markdown', () => {
  test.each(nastyStrings(400))('%j has no markup but code, and reads as it was written', (text) => {
    const html = toHtml(`- ${escapeMarkdown(text)}`)
    expect(html.match(/<(?!\/?(?:ul|li|code)>)[^>]*>/g) ?? []).toEqual([])
    expect(html.match(/<li>/g)).toHaveLength(1)
    expect(outsideCode(html)).not.toMatch(/(?<![a-z0-9])@[\w-]|@(?!sha256:)[\w-]|#\d|\bGH-\d|https?:\/\/|www\.|(?<![a-z0-9]):\w+:/i)
    expect(textOf(html).replaceAll('`', '').trim()).toBe(escapeTerminal(text).replaceAll('`', '').trim())
  })

  test.each(nastyStrings(200))('%j stays in its cell of a table', (text) => {
    const html = toHtml(`| a | b | c |\n| - | - | - |\n| ${escapeMarkdown(text)} | ${markdownCell(text)} | end |`)
    expect(html.match(/<td>/g)).toHaveLength(3)
    expect(html).toContain('<td>end</td>')
  })

  test.each(nastyStrings(200))('%j as code is code and nothing else', (text) => {
    const html = toHtml(`x ${markdownCode(text)} y`)
    expect(html).toMatch(/^<p>x <code>[^<]*<\/code> y<\/p>$/)
  })

  test.each(nastyStrings(100))('%j cannot close a fence', (text) => {
    const html = toHtml(`${markdownFence('suggestion', text)}\n\nafter`)
    expect(html).toMatch(/^<pre><code class="language-suggestion">[^<]*<\/code><\/pre>\n<p>after<\/p>$/)
  })

  test('pairs of backticks stay code, a single one is a backtick', () => {
    expect(escapeMarkdown('remove `privileged: true` now')).toBe('remove `privileged: true` now')
    expect(toHtml(escapeMarkdown('a ` b'))).toBe('<p>a ` b</p>')
    expect(toHtml(escapeMarkdown('`@a` ` <b>'))).toBe('<p><code>@a</code> ` &lt;b&gt;</p>')
  })

  test('a reference with its digest can be copied', () => {
    const reference = 'ghcr.io/acme/shop:1.4@sha256:1a2b'
    expect(escapeMarkdown(`"${reference}": no signature`)).toBe(`"${reference}": no signature`)
    expect(escapeMarkdown('@sha256: a@sha2')).not.toMatch(/@s/)
  })

  test('only https addresses without credentials are links', () => {
    expect(
      ['https://a.example/x(y)', 'javascript:alert(1)', 'http://a.example', 'https://u:p@a.example', 'x', 'https://a.example/@team|`'].map(
        markdownAddress,
      ),
    ).toEqual(['https://a.example/x%28y%29', undefined, undefined, undefined, undefined, 'https://a.example/%40team%7C%60'])
  })
})

describe('terminal', () => {
  test.each(nastyStrings(300))('%j leaves no control, bidi or invisible character in force', (text) => {
    expect(escapeTerminal(text)).not.toMatch(/[\p{Cc}\p{Cs}\p{Co}\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]/u)
  })

  test('what was invisible is shown', () => {
    expect(escapeTerminal('a\x1b]8;;http://x\x07b\u202ec\x9b1m')).toBe('a\\u{1b}]8;;http://x\\u{7}b\\u{202e}c\\u{9b}1m')
  })

  test.each(['\u3164', '\u115f', '\u2061', '\u{e0041}', '\u{e0100}'])('%j is invisible, and shown', (character) => {
    expect(escapeTerminal(`a${character}b`)).toBe(`a\\u{${character.codePointAt(0)?.toString(16)}}b`)
  })

  test('line ends are spaces', () => expect(escapeTerminal(' a\r\n b\tc ')).toBe('a b c'))

  test('a line is never a command of a runner', () => {
    expect(
      ['::error::x', '  ::set-output name=a::b', '\x1b[31m::stop-commands::t', 'a ::b::', 'x ##[group]y', '##vso[task]'].map(guardCommands),
    ).toEqual([': :error::x', '  : :set-output name=a::b', '\x1b[31m: :stop-commands::t', 'a ::b::', 'x ## [group]y', '##vso [task]'])
  })
})

test.each(nastyStrings(200))('%j in HTML is text, also in an attribute', (text) => {
  expect(escapeHtml(text)).not.toMatch(/[<>"'`]|&(?!#\d+;)/)
})

test('data and properties of workflow commands keep to their place', () => {
  expect(escapeCommandData('50%\r\n::error::x')).toBe('50%25%0D%0A::error::x')
  expect(escapeCommandProperty('a:b,c%\n')).toBe('a%3Ab%2Cc%25%0A')
})
