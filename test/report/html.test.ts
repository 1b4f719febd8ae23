import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { html } from '../../src/report/html.ts'
import { nastyStrings } from '../builders/nasty.ts'
import { exampleReport, finding, image, place, renderContext, report, vulnerability } from '../builders/report.ts'

const render = (some: Parameters<typeof report>[0], context = renderContext()) => [...html(report(some), context)].join('')
const { context: exampleContext, report: example } = exampleReport()
const page = [...html(example, exampleContext)].join('')

describe('the Content Security Policy', () => {
  const policy = /<meta http-equiv="Content-Security-Policy" content="([^"]*)">/.exec(page)?.[1] ?? ''
  const hashOf = (element: string) => {
    const content = new RegExp(`<${element}>([\\s\\S]*?)</${element}>`).exec(page)?.[1] ?? 'none'
    return `'sha256-${createHash('sha256').update(content).digest('base64')}'`
  }

  test('allows the one script and the one style of the page by their hashes, and nothing else', () => {
    expect(policy.split('; ')).toEqual([
      "default-src 'none'",
      `script-src ${hashOf('script')}`,
      `style-src ${hashOf('style')}`,
      "base-uri 'none'",
      "form-action 'none'",
    ])
  })

  test('stands before anything that it governs', () =>
    expect(page.indexOf('Content-Security-Policy')).toBeLessThan(page.indexOf('<style>')))

  test('is not at odds with the page: no style or handler in an attribute, nothing to load', () => {
    expect(page).not.toMatch(/<[^>]*\s(?:style|on\w+|src|srcset|action|formaction|background|poster|ping)\s*=/i)
    expect(page).not.toMatch(/<(?:link|base|iframe|object|embed|img|form[^>]*action)\b/i)
  })
})

describe.each(nastyStrings(60))('%j', (text) => {
  const hostile = render(
    {
      findings: [
        finding({
          rule: text,
          title: text,
          message: text,
          subject: text,
          fingerprint: text,
          locations: [place(text, 1, 1, 3)],
          references: [text],
        }),
        finding({
          suggestion: { startLine: 1, endLine: 1, replacement: text },
          state: 'waived',
          waiver: { reason: text, owner: text, until: text },
        }),
      ],
      gaps: [{ subject: text, message: text, locations: [place(text, 1)] }],
      reasons: [text],
      subjects: [{ kind: 'image', reference: text, digest: text, platform: text, signature: 'unsigned', locations: [place(text, 1)] }],
    },
    renderContext({}, { lines: () => [text, text] }),
  )

  test('in every field opens no element and ends none', () => {
    const scripts = hostile.match(/<script[^>]*>/g)
    expect(scripts).toEqual(['<script type="application/json" id="report">', '<script>'])
    const outside = hostile
      .replace(/<script type="application\/json" id="report">[\s\S]*?<\/script>/, '')
      .replace(/<(script|style)>[\s\S]*?<\/\1>/g, '')
    expect(outside).not.toMatch(/<img|<details>\s*<details|onerror=alert\(1\)>|<!--/)
    expect(hostile.match(/<\/body>/g)).toHaveLength(1)
  })

  test('in every field comes back from the data of the page', () => {
    const data = /<script type="application\/json" id="report">([\s\S]*?)<\/script>/.exec(hostile)?.[1] ?? ''
    expect(data).not.toContain('<')
    expect(JSON.parse(data).findings[0].message).toBe(text)
  })
})

test('only https addresses are links', () => {
  const references = ['https://a.example/x', 'javascript:alert(1)', 'http://a.example', 'data:text/html,x', 'https://user:word@a.example']
  expect([...render({ findings: [finding({ references })] }).matchAll(/<a href="([^"]*)"/g)].map((match) => match[1])).toEqual([
    'https://a.example/x',
  ])
})

test('a secret is covered in the code of the page', () => expect(page.slice(0, page.indexOf('application/json'))).not.toContain('hunter2'))

test('findings over the limit of a page are counted', () => {
  const findings = Array.from({ length: 3_010 }, (_, index) => finding({ fingerprint: String(index) }))
  const text = render({ findings })
  expect(text.match(/<div class="finding"/g)).toHaveLength(3_000)
  expect(text).toContain('<p>10 more, the least important, are in the page’s data.</p>')
})

test('an empty report is a page too', () => expect(render({})).toMatch(/<h1>✔ passed[\s\S]*<p>None\.<\/p>/))

test('an image has the findings of its digest, by layer and package, and those of no other', () => {
  const [one, other] = ['1a', '2b'].map((byte) => `sha256:${byte.repeat(32)}`)
  const text = render({
    findings: [
      vulnerability(
        'CVE-1',
        { name: 'curl', layer: `sha256:${'aa'.repeat(32)}`, path: 'lib/apk/db/installed' },
        { subject: `a@${one}`, severity: 'critical' },
      ),
      vulnerability('CVE-2', { name: 'zlib' }, { subject: `b@${other}`, severity: 'low' }),
    ],
    subjects: [image({ reference: 'a', digest: one ?? '' })],
  })
  const images = text.slice(text.indexOf('id="images-title"'), text.indexOf('</main>'))
  expect(images).toContain('<span class="where">1 critical</span>')
  expect(images).toContain('<code>sha256:aaaaaaaaaaaa</code> 1 package with findings')
  expect(images).toContain('<tr><td>curl</td><td>1.1.1d-r0</td><td>apk</td><td>1 critical</td><td>lib/apk/db/installed</td></tr>')
  expect(images).not.toContain('zlib')
})

test('the inventory of a scan is listed whole, by layer', () => {
  const item = (name: string, layer: string) => ({
    name,
    version: '1',
    purl: `pkg:deb/debian/${name}@1`,
    type: 'deb',
    source: name,
    sourceVersion: '1',
    layer,
    path: 'var/lib/dpkg/status',
  })
  const text = render({ subjects: [image({ inventory: [item('b', 'one'), item('c', 'two'), item('a', 'one')] })] })
  expect(
    [...text.matchAll(/<code>(one|two)<\/code> (\d packages?)|<tr><td>([abc])<\/td>/g)].map(
      (match) => match[3] ?? `${match[1]}: ${match[2]}`,
    ),
  ).toEqual(['one: 2 packages', 'a', 'b', 'two: 1 package', 'c'])
})

describe('the risk', () => {
  const risk = (score: number) => ({
    ...{ risk_score: score, confidence: 0.93, recommended_actions: ['Upgrade openssl.'] },
    parts: [{ name: 'severity', points: score, because: 'CVSS <9.8>' }],
  })

  test('of a finding and of its image is told with its parts and with what to do', () => {
    const told = render({ findings: [vulnerability('CVE-1', {}, { risk: risk(86) })], subjects: [image({ risk: risk(90) })] })
    for (const score of [86, 90])
      expect(told).toContain(`<dt>Risk</dt><dd>${score} of 100, 93% known<ul><li>severity ${score}: CVSS &#60;9.8&#62;</li></ul></dd>`)
    expect(told.match(/<dt>What to do<\/dt><dd><ul><li>Upgrade openssl\.<\/li><\/ul><\/dd>/g)).toHaveLength(2)
  })

  test('of a package is the highest of its findings', () => {
    const findings = [vulnerability('CVE-1', {}, { risk: risk(20) }), vulnerability('CVE-2', {}, { risk: risk(70) })]
    expect(render({ findings })).toMatch(/<span class="flag">risk 70<\/span>/)
  })

  test('orders the findings that do not differ in whether they block', () => {
    const findings = [
      finding({ rule: 'a/low', severity: 'critical', risk: risk(20) }),
      finding({ rule: 'b/high', severity: 'low', risk: risk(70) }),
    ]
    const told = render({ findings })
    expect(told.indexOf('<code>b/high</code>')).toBeLessThan(told.indexOf('<code>a/low</code>'))
  })
})
