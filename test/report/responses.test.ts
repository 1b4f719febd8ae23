import { describe, expect, test } from 'vitest'
import type { PolicyResponse, Report } from '../../src/findings.ts'
import { renderContext, report } from '../builders/report.ts'
import { renderers } from '../builders/report-renderers.ts'

const shop = `ghcr.io/acme/shop:1.4@sha256:${'1a'.repeat(32)}`
const alert: PolicyResponse = {
  condition: 'severity == critical',
  action: 'alert',
  channel: 'slack',
  subject: shop,
  findings: ['CVE-1-openssl'],
  state: 'taken',
  detail: 'was sent',
}
const responses: readonly PolicyResponse[] = [
  alert,
  { ...alert, subject: 'Deployment/default/shop' },
  {
    condition: 'failed_auths > 5',
    action: 'ip_block',
    state: 'nobody',
    detail: 'only a running cluster knows failed_auths, and the policy names nobody who takes it',
  },
]

const render = (format: 'html' | 'json' | 'markdown' | 'text', all: Report) => [...renderers[format](all, renderContext())].join('')

describe('responses', () => {
  test('are in the report as they are, with their keys in order', () => {
    const { responses: written } = JSON.parse(render('json', report({ responses })))
    expect(written).toEqual(responses)
    expect(Object.keys(written[0])).toEqual(['condition', 'action', 'channel', 'subject', 'findings', 'state', 'detail'])
  })

  test('are told in a terminal, a line an action with all that it is about', () => {
    const text = render('text', report({ responses }))
    const lines = text.split('\n').slice(text.split('\n').findIndex((line) => line.startsWith('responses')))
    expect(lines.slice(2, 8)).toEqual([
      '  taken        alert by slack: severity == critical',
      '               ghcr.io/acme/shop:1.4@sha256:1a1a1a1a1a1a, Deployment/default/shop',
      '               was sent',
      '  nobody       ip_block: failed_auths > 5',
      '               only a running cluster knows failed_auths, and the policy names nobody who takes it',
      '',
    ])
  })

  test('are told in the summary, open where nobody does something', () => {
    const markdown = render('markdown', report({ responses }))
    expect(markdown).toContain(
      '### 2 responses\n\n| action | state | condition | about |\n| :-- | :-- | :-- | :-- |\n| `alert by slack` | taken | `severity == critical` | `ghcr.io/acme/shop:1.4@sha256:1a1a1a1a1a1a`<br>`Deployment/default/shop`<br>was sent |',
    )
    expect(render('markdown', report({ responses: [alert] }))).toContain('<summary>1 response</summary>')
  })

  test('have a part of the page', () => {
    expect(render('html', report({ responses }))).toContain('<h2 id="responses-title">Responses <small>2</small></h2>')
  })

  test('that are none have no part of any', () => {
    for (const format of ['html', 'markdown', 'text'] as const) expect(render(format, report())).not.toMatch(/[Rr]esponse/u)
  })

  test.each([
    ['html', /\u001b|\u202e|<script>alert/u],
    // In code it is text as well.
    ['markdown', /\u001b|\u202e|^::error|(?<!`[^`\n]*)(?:<script>|@everyone|\]\(https)/mu],
    ['text', /\u001b|\u202e|^\s*::error/mu],
  ] as const)('with text of others are text alone in %s', (format, active) => {
    const hostile = '"><script>alert(1)</script> | [a](https://evil.example) @everyone\n::error::\u001b[31m\u202e'
    const all = report({
      responses: [{ condition: hostile, action: hostile, channel: hostile, subject: hostile, state: 'failed', detail: hostile }],
    })
    expect(render(format, all)).not.toMatch(active)
  })
})
