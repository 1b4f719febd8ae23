/** A run as OpenMetrics text, for a node exporter's folder or a Pushgateway. https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md */
import type { Report } from '../../findings.ts'

export interface RunFigures {
  readonly seconds: number
  /** Of layers, as they are stored. */
  readonly readBytes: number
}

type Sample = readonly [suffix: string, labels: Readonly<Record<string, string>>, value: number]

/** Checks and severities are words of our own: no text from outside is in a label. */
export function openMetrics(report: Report, { seconds, readBytes }: RunFigures): string {
  const { findings, gaps, verdict, coverage } = report
  const open = findings.filter(({ state }) => state !== 'waived')
  const events = [...Map.groupBy(open, ({ check, severity }) => `${check} ${severity}`)].map(([key, members]): Sample => {
    const [type = '', severity = ''] = key.split(' ')
    return ['_total', { event_type: type, severity }, members.length]
  })
  const { read = 0, cached = 0, shared = 0 } = coverage.layers ?? {}
  return [
    ...family('security_events', 'counter', 'Open findings, and gaps, of the last run.', [
      ...events.sort(([, left], [, right]) => (JSON.stringify(left) < JSON.stringify(right) ? -1 : 1)),
      ['_total', { event_type: 'gap', severity: 'unknown' }, gaps.length],
    ]),
    ...family('threat_detection_rate', 'gauge', 'Share of the judged images, objects and Dockerfiles that have an open finding.', [
      ['', {}, detectionRate(report)],
    ]),
    ...family(
      'portcullis_verdict',
      'stateset',
      'The verdict of the last run.',
      ['pass', 'block', 'incomplete'].map((each) => ['', { portcullis_verdict: each }, each === verdict ? 1 : 0]),
    ),
    ...family('portcullis_gaps', 'gauge', 'What could not be read or verified.', [['', {}, gaps.length]]),
    ...family('portcullis_blocking_findings', 'gauge', 'Findings that block.', [
      ['', {}, findings.filter(({ blocking }) => blocking).length],
    ]),
    ...family('portcullis_run_duration_seconds', 'gauge', 'How long the run took.', [['', {}, seconds]], 'seconds'),
    ...family('portcullis_layer_read_bytes', 'gauge', 'Bytes of layers that were read.', [['', {}, readBytes]], 'bytes'),
    ...family('portcullis_layers', 'gauge', 'Distinct layers read and had from the cache, and how often one was known already.', [
      ['', { source: 'read' }, read],
      ['', { source: 'cached' }, cached],
      ['', { source: 'shared' }, shared],
    ]),
    '# EOF\n',
  ].join('')
}

function detectionRate({ findings, coverage }: Report): number {
  const judged = coverage.images.judged + coverage.images.failed + coverage.objects + coverage.dockerfiles
  const found = new Set(findings.filter(({ state }) => state !== 'waived').map(({ subject }) => subject)).size
  return judged === 0 ? 0 : Math.min(1, found / judged)
}

function* family(name: string, type: string, help: string, samples: readonly Sample[], unit?: string): Iterable<string> {
  yield `# TYPE ${name} ${type}\n`
  if (unit !== undefined) yield `# UNIT ${name} ${unit}\n`
  yield `# HELP ${name} ${help}\n`
  for (const [suffix, labels, value] of samples) {
    const text = Object.entries(labels).map(([key, label]) => `${key}="${label}"`)
    yield `${name}${suffix}${text.length > 0 ? `{${text.join(',')}}` : ''} ${value}\n`
  }
}
