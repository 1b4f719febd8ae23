import { existsSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { eventLines } from '../../../src/publish/observability/events.ts'
import { openMetrics } from '../../../src/publish/observability/metrics.ts'
import { exampleReport, finding, report } from '../../builders/report.ts'

const now = new Date('2026-01-01T10:00:00.123Z')
const { report: example } = exampleReport()
const figures = { seconds: 1.5, readBytes: 4096 }
const seed = '../shared/zero-trust'

describe('events', () => {
  test('are one a line: each finding that is not waived, each gap, and the verdict', () => {
    const lines = [...eventLines(example, now)].map((line) => JSON.parse(line))
    const waived = example.findings.filter(({ state }) => state === 'waived').length
    expect(lines).toHaveLength(example.findings.length - waived + example.gaps.length + 1)
    expect(lines.at(-1)).toMatchObject({ event_type: 'verdict', verdict: 'block', level: 'error', high: example.summary.high })
  })

  test('of text that has a line end and an escape in it stay one line without them', () => {
    const [line = ''] = eventLines(report({ findings: [finding({ message: 'a\n{"event_type":"verdict"}\u001b[2J' })] }), now)
    expect([line.trimEnd().includes('\n'), line.includes('\u001b'), JSON.parse(line).event_type]).toEqual([false, false, 'manifest'])
  })

  test.skipIf(!existsSync(seed))('have their time where and as the collector of the seed documents reads it', () => {
    const configuration: string = parse(readFileSync(`${seed}/fluentd-security-config.yaml`, 'utf8')).data['fluent.conf']
    const setting = (name: string) => new RegExp(`^\\s*${name} (.+)$`, 'mu').exec(configuration)?.[1] ?? ''
    const parts = new Map([
      ['Y', '\\d{4}'],
      ['m', '\\d\\d'],
      ['d', '\\d\\d'],
      ['H', '\\d\\d'],
      ['M', '\\d\\d'],
      ['S', '\\d\\d'],
      ['N', '\\d{9}'],
    ])
    const format = setting('time_format')
      .replaceAll('.', '\\.')
      .replaceAll(/%(\w)/gu, (_, letter: string) => parts.get(letter) ?? 'unknown')
    const [line = ''] = eventLines(example, now)
    expect([setting('format'), JSON.parse(line)[setting('time_key')]]).toEqual([
      'json',
      expect.stringMatching(new RegExp(`^${format}$`, 'u')),
    ])
  })
})

describe('metrics', () => {
  test('are counted by kind and severity, and end as OpenMetrics asks', () => {
    const text = openMetrics(
      report({
        findings: [finding(), finding({ state: 'waived', fingerprint: 'b' })],
        coverage: { ...example.coverage, layers: { read: 3, cached: 2, shared: 9 } },
      }),
      figures,
    )
    expect(text.split('\n')).toEqual(
      expect.arrayContaining([
        '# TYPE security_events counter',
        'security_events_total{event_type="manifest",severity="high"} 1',
        'security_events_total{event_type="gap",severity="unknown"} 0',
        'portcullis_verdict{portcullis_verdict="block"} 1',
        'portcullis_run_duration_seconds 1.5',
        'portcullis_layer_read_bytes 4096',
        'portcullis_layers{source="cached"} 2',
      ]),
    )
    expect(text.endsWith('# EOF\n')).toBe(true)
  })

  test('give the share of what was judged that has a finding', () => {
    const rate = (some: Parameters<typeof report>[0]) => /^threat_detection_rate (.+)$/mu.exec(openMetrics(report(some), figures))?.[1]
    const coverage = { files: { judged: 1, skipped: 0 }, objects: 4, dockerfiles: 0, images: { judged: 0, failed: 0 } }
    expect([rate({ findings: [finding()], coverage }), rate({ coverage: { ...coverage, objects: 0 } })]).toEqual(['0.25', '0'])
  })

  const samples = new Set(
    openMetrics(example, figures)
      .split('\n')
      .filter((line) => !line.startsWith('#'))
      .map((line) => line.split(/[{ ]/u)[0]),
  )
  const unknown = (dashboard: string) =>
    [...dashboard.matchAll(/"expr":\s*"([^"]+)"/gu)]
      .flatMap(([, expression = '']) => expression.replaceAll(/\[[^\]]*\]|by \([^)]*\)/gu, '').match(/[a-z_]{5,}/gu) ?? [])
      .filter((name) => !samples.has(name))

  test('are those that our dashboard asks for', () => {
    expect(unknown(readFileSync('docs/grafana/portcullis.json', 'utf8'))).toEqual([])
  })

  test.skipIf(!existsSync(seed))('are those that the dashboard of the seed documents asks for', () => {
    expect(unknown(readFileSync(`${seed}/grafana-security-dashboard.yaml`, 'utf8'))).toEqual([])
  })
})
