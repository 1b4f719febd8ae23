import { micromark } from 'micromark'
import { gfm, gfmHtml } from 'micromark-extension-gfm'
import { describe, expect, test } from 'vitest'
import type { Anomaly, Drift } from '../../src/findings.ts'
import { anomalyLine, driftLine } from '../../src/report/drift.ts'
import { nastyStrings } from '../builders/nasty.ts'
import { image, renderContext, report } from '../builders/report.ts'
import { renderers } from '../builders/report-renderers.ts'

const from = { reference: 'ghcr.io/acme/shop:1.3', digest: `sha256:${'9f'.repeat(32)}` }
const drift: Drift = {
  from,
  packages: {
    added: [{ type: 'apk', name: 'socat', version: '1.8' }],
    removed: [],
    changed: [{ type: 'apk', name: 'musl', from: '1.2.4', to: '1.2.5' }],
    omitted: 3,
  },
  setuid: { added: ['usr/bin/x'], removed: [] },
  binaries: { added: ['opt/a', 'opt/b', 'opt/c', 'opt/d'], removed: ['opt/e'], omitted: 2 },
  networkServices: { added: ['socat'], removed: [] },
  ports: { added: ['9090/tcp'], removed: ['80/tcp'] },
  user: { from: '1000', to: 'root' },
  entrypoint: { from: ['/srv/app'], to: ['/srv/app', '--debug'] },
  environment: { added: ['DEBUG'], removed: [], changed: ['PATH'] },
  sizeBytes: { from: 10_000_000, to: 22_000_000 },
  layers: { from: 4, to: 5, shared: 3 },
}
const anomaly: Anomaly = {
  is_anomaly: true,
  anomaly_score: -0.83,
  confidence: 0.8,
  history: 19,
  because: ['1 setuid file ("usr/bin/x")', 'it grew'],
}
const of = (some: { drift?: Drift; anomaly?: Anomaly }) => report({ subjects: [image(some)] })
const rendered = (format: keyof typeof renderers, some: Parameters<typeof of>[0]) =>
  [...renderers[format](of(some), renderContext({}, { width: 150 }))].join('')

test('what changed is one line, what did not is not in it', () => {
  expect(driftLine({ drift })).toBe(
    'against ghcr.io/acme/shop:1.3: packages 1 added, 1 changed, 3 more; setuid files 1 added (usr/bin/x); binaries of no package 4 added (opt/a, opt/b, opt/c and 1 more), 1 removed (opt/e), 2 more; network services 1 added (socat); ports 1 added (9090/tcp), 1 removed (80/tcp); another entry point; environment 1 added (DEBUG), 1 changed (PATH); user 1000 → root; +12 MB; 3 of 5 layers shared',
  )
  expect(driftLine({ drift: { from, user: { from: 'root', to: '1000' } } })).toBe('against ghcr.io/acme/shop:1.3: user root → 1000')
  expect(driftLine({ drift: { from } })).toBe('against ghcr.io/acme/shop:1.3: nothing that is compared changed')
  expect(driftLine({})).toBeUndefined()
})

test('the history of an image is one line', () => {
  expect(anomalyLine({ anomaly })).toBe('unlike its 19 earlier images (anomaly score -0.83): 1 setuid file ("usr/bin/x"); it grew')
  expect(anomalyLine({ anomaly: { ...anomaly, is_anomaly: false, anomaly_score: -0.41 } })).toBe(
    'like its 19 earlier images (anomaly score -0.41)',
  )
  expect(anomalyLine({})).toBeUndefined()
})

test.each(['text', 'markdown', 'html'] as const)('%s tells both at the image', (format) => {
  const output = rendered(format, { drift, anomaly }).replaceAll(/\s+/gu, ' ').replaceAll('&#8203;', '')
  for (const words of ['packages 1 added', '4 added', 'unlike its 19 earlier images']) expect(output).toContain(words)
})

test('HTML lists the packages, and both command lines', () => {
  const output = rendered('html', { drift })
  for (const words of ['+ socat 1.8 (apk)', 'musl 1.2.4 → 1.2.5 (apk)', 'starts /srv/app --debug, before /srv/app'])
    expect(output).toContain(words)
})

test('JSON has all of it, in a set order', () => {
  const [subject] = JSON.parse(rendered('json', { drift, anomaly })).subjects
  expect({ drift: subject.drift, anomaly: subject.anomaly }).toEqual({ drift, anomaly })
  expect(Object.keys(subject.anomaly)).toEqual(['is_anomaly', 'anomaly_score', 'confidence', 'history', 'because'])
  expect(Object.keys(subject.drift)).toEqual(Object.keys(drift))
})

describe.each(nastyStrings(0).map((text) => [JSON.stringify(text), text] as const))('with %s for every name', (_, text) => {
  const hostile = (value: unknown): unknown => {
    if (typeof value === 'string') return text
    if (Array.isArray(value)) return value.map(hostile)
    if (typeof value !== 'object' || value === null) return value
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, hostile(member)]))
  }
  const some = { drift: hostile(drift) as Drift, anomaly: hostile(anomaly) as Anomaly }

  test('the terminal gets no control character and no command', () => {
    const output = rendered('text', some)
    expect(output).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2066-\u2069\ud800-\udfff]/u)
    expect(output).not.toMatch(/^\s*::|##\[/m)
  })

  test('Markdown and HTML have no element of it', () => {
    const html = micromark(rendered('markdown', some), { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true })
    const ours = 'a h2 h3 ul li p table thead tbody tr th td strong em code pre details summary sub br hr'.split(' ')
    expect([...html.matchAll(/<\/?([a-z0-9!-]+)/gi)].map((match) => match[1] ?? '').filter((tag) => !ours.includes(tag))).toEqual([])
    const plain = rendered('html', { drift, anomaly })
    const elements = (page: string) => new Set([...page.matchAll(/<([a-z][a-z0-9]*)/gi)].map((match) => match[1]))
    expect(elements(rendered('html', some).replace(/<script[\s\S]*?<\/script>/gu, ''))).toEqual(
      elements(plain.replace(/<script[\s\S]*?<\/script>/gu, '')),
    )
  })
})
