/** What is measured of a run, by name; how it is written is the matter of each receiver. */
import type { Report } from '../../findings.ts'

export interface RunFigures {
  readonly seconds: number
  /** Of layers, as they are stored; absent where no layer could have been read, as when reports are joined. */
  readonly readBytes?: number
}

export interface Metric {
  /** Without the suffix that a counter has in text. */
  readonly name: string
  readonly type: 'counter' | 'gauge' | 'stateset'
  readonly help: string
  readonly unit?: 'bytes' | 'seconds'
  readonly samples: readonly { readonly labels: Readonly<Record<string, string>>; readonly value: number }[]
}

/** Checks and severities are words of our own: no text from outside is in a label. */
export function metricsOf(report: Report, { seconds, readBytes }: RunFigures): readonly Metric[] {
  const { findings, gaps, verdict, coverage } = report
  const { read = 0, cached = 0, shared = 0 } = coverage.layers ?? {}
  const gauge = (name: string, help: string, value: number): Metric => ({ name, type: 'gauge', help, samples: [{ labels: {}, value }] })
  return [
    { name: 'security_events', type: 'counter', help: 'Open findings, and gaps, of the last run.', samples: eventsOf(report) },
    gauge('threat_detection_rate', 'Share of the judged images, objects and Dockerfiles that have an open finding.', detectionRate(report)),
    {
      name: 'portcullis_verdict',
      type: 'stateset',
      help: 'The verdict of the last run.',
      samples: ['pass', 'block', 'incomplete'].map((each) => ({ labels: { portcullis_verdict: each }, value: each === verdict ? 1 : 0 })),
    },
    gauge('portcullis_gaps', 'What could not be read or verified.', gaps.length),
    gauge('portcullis_blocking_findings', 'Findings that block.', findings.filter(({ blocking }) => blocking).length),
    { ...gauge('portcullis_run_duration_seconds', 'How long the run took.', seconds), unit: 'seconds' },
    ...(readBytes === undefined
      ? []
      : [{ ...gauge('portcullis_layer_read_bytes', 'Bytes of layers that were read.', readBytes), unit: 'bytes' } as const]),
    {
      name: 'portcullis_layers',
      type: 'gauge',
      help: 'Distinct layers read and had from the cache, and how often one was known already.',
      samples: Object.entries({ read, cached, shared }).map(([source, value]) => ({ labels: { source }, value })),
    },
  ]
}

function eventsOf({ findings, gaps }: Report): Metric['samples'] {
  const open = findings.filter(({ state }) => state !== 'waived')
  const groups = [...Map.groupBy(open, ({ check, severity }) => `${check} ${severity}`)].sort(([left], [right]) => (left < right ? -1 : 1))
  return [
    ...groups.map(([key, members]) => {
      const [type = '', severity = ''] = key.split(' ')
      return { labels: { event_type: type, severity }, value: members.length }
    }),
    { labels: { event_type: 'gap', severity: 'unknown' }, value: gaps.length },
  ]
}

function detectionRate({ findings, coverage }: Report): number {
  const judged = coverage.images.judged + coverage.images.failed + coverage.objects + coverage.dockerfiles
  const found = new Set(findings.filter(({ state }) => state !== 'waived').map(({ subject }) => subject)).size
  return judged === 0 ? 0 : Math.min(1, found / judged)
}
