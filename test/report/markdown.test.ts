import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import { commentLimit, renderMarkdown } from '../../src/report/markdown.ts'
import { exampleReport, finding, image, place, renderContext, report, vulnerability } from '../builders/report.ts'

const render = (some: Parameters<typeof report>[0], context = renderContext(), limit = commentLimit) =>
  renderMarkdown(report(some), context, limit)
const toHtml = (markdown: string) => micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })

test('the verdict and its reasons stand first', () => {
  expect(render({ findings: [finding()], reasons: ['1 high finding'] })).toMatch(/^## ✖ Portcullis: blocked\n\n- 1 high finding\n/)
  expect(render({})).toMatch(/^## ✔ Portcullis: passed\n/)
})

test('findings are counted by check and severity, what is on the base and what is waived apart', () => {
  const findings = [
    finding(),
    finding({ state: 'existing' }),
    finding({ state: 'waived' }),
    vulnerability('CVE-1', {}, { severity: 'unknown', blocking: false }),
  ]
  expect(render({ findings }).split('\n')).toEqual(
    expect.arrayContaining(['| Vulnerabilities | · | · | · | · | 1 | · | · |', '| Manifests | · | 1 | · | · | · | 1 | 1 |']),
  )
})

test('what blocks is open, what does not is folded', () => {
  const text = render({
    findings: [finding({ rule: 'a/blocks' }), finding({ rule: 'b/new', blocking: false }), finding({ rule: 'c/base', state: 'existing' })],
  })
  const open = text.slice(0, text.indexOf('<details>'))
  expect(open).toContain('`a/blocks`')
  expect(open).not.toMatch(/b\/new|c\/base/)
  expect(text).toContain('<summary>1 new finding that does not block</summary>')
  expect(text).toContain('<summary>1 finding already on the base</summary>')
})

test('a place is a link where it is known what to link to', () => {
  const link = ({ file, startLine }: { file: string; startLine: number }) =>
    `https://github.example/acme/shop/blob/abc/${file}#L${startLine}`
  expect(render({ findings: [finding()] }, renderContext({}, { link }))).toContain(
    '[line 4](https://github.example/acme/shop/blob/abc/deploy/shop.yaml#L4)',
  )
})

test('a waiver that ends within 14 days says so', () => {
  const waived = (until: string) => finding({ state: 'waived', waiver: { reason: 'r', owner: 'o', until } })
  const text = render(
    { findings: [waived('2027-02-03'), waived('2027-02-04'), waived('2027-01-20')] },
    renderContext({}, { today: '2027-01-20' }),
  )
  expect(text.match(/\| (?:\*\*)?2027-[^|]*/g)).toEqual(['| **2027-01-20**, in 0 days ', '| **2027-02-03**, in 14 days ', '| 2027-02-04 '])
})

describe('the limit', () => {
  const many = (number: number, some: Partial<ReturnType<typeof finding>>) =>
    Array.from({ length: number }, (_, index) =>
      finding({
        message: `message ${index} ${'x'.repeat(200)}`,
        fingerprint: `${index}`,
        locations: [place(`deploy/${index}.yaml`, index + 1)],
        ...some,
      }),
    )
  const findings = [
    ...many(400, { severity: 'high' }),
    ...many(400, { severity: 'low', blocking: false }),
    ...many(400, { severity: 'low', state: 'existing' }),
  ]
  const gaps = Array.from({ length: 200 }, (_, index) => ({
    subject: `ghcr.io/acme/${index}`,
    message: 'registry answered 503',
    locations: [],
  }))
  const subjects = Array.from({ length: 200 }, (_, index) => image({ reference: `ghcr.io/acme/${index}:1` }))

  test.each([4_096, 20_000, commentLimit, 1_048_576])('of %d characters holds', (limit) => {
    const text = render({ findings, gaps, subjects }, renderContext(), limit)
    expect(text.length).toBeLessThanOrEqual(limit)
    if (limit === commentLimit) expect(text.length).toBeGreaterThan(limit * 0.8)
  })

  test('leaves no section out that was worth a word, and counts what is gone', () => {
    const text = render({ findings, gaps, subjects })
    for (const title of [
      '### What blocks',
      '### Not verified',
      '### Images',
      '400 new findings that do not block',
      '400 findings already on the base',
    ]) {
      expect(text).toContain(title)
    }
    const shown = text.match(/`pod\/privileged`/g)?.length ?? 0
    const left = [...text.matchAll(/^_([\d,]+) more left out for length\._$/gm)].map((match) => Number(match[1]?.replace(',', '')))
    const rows = text.match(/^\| `ghcr\.io/gm)?.length ?? 0
    expect(shown + rows + left.reduce((sum, each) => sum + each, 0)).toBe(1_200 + 400)
  })

  test('takes the most important first', () => {
    const mixed = [...many(300, { severity: 'medium' }), finding({ rule: 'z/worst', severity: 'critical' })]
    expect(render({ findings: mixed }, renderContext(), 6_000)).toContain('`z/worst`')
  })

  test('leaves nothing out where everything fits', () => {
    const { context, report: example } = exampleReport()
    expect(renderMarkdown(example, context, commentLimit)).not.toContain('left out')
  })
})

test('the example renders to closed elements and no link, image or mention', () => {
  const { context, report: example } = exampleReport()
  const html = toHtml(renderMarkdown(example, context, commentLimit))
  expect(html).not.toMatch(/<a |<img/)
  expect(html.match(/<details>/g)?.length).toBe(html.match(/<\/details>/g)?.length)
})
