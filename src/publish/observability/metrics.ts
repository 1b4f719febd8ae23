/** A run as text: OpenMetrics for a file, Prometheus' own form for a Pushgateway, which knows no other. */
import type { Report } from '../../findings.ts'
import { type Metric, metricsOf, type RunFigures } from './families.ts'

/** https://github.com/prometheus/OpenMetrics/blob/main/specification/OpenMetrics.md */
export function openMetrics(report: Report, figures: RunFigures): string {
  const families = metricsOf(report, figures).map((metric) =>
    [
      `# TYPE ${metric.name} ${metric.type}\n`,
      metric.unit === undefined ? '' : `# UNIT ${metric.name} ${metric.unit}\n`,
      `# HELP ${metric.name} ${metric.help}\n`,
      ...samplesOf(metric),
    ].join(''),
  )
  return `${families.join('')}# EOF\n`
}

/** A counter is named with its suffix, and there are no sets of states. https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format */
export function prometheusText(report: Report, figures: RunFigures): string {
  return metricsOf(report, figures)
    .map((metric) => {
      const name = `${metric.name}${suffixOf(metric)}`
      const type = metric.type === 'stateset' ? 'gauge' : metric.type
      return [`# HELP ${name} ${metric.help}\n`, `# TYPE ${name} ${type}\n`, ...samplesOf(metric)].join('')
    })
    .join('')
}

function samplesOf(metric: Metric): readonly string[] {
  return metric.samples.map(({ labels, value }) => {
    const text = Object.entries(labels).map(([key, label]) => `${key}="${label}"`)
    return `${metric.name}${suffixOf(metric)}${text.length > 0 ? `{${text.join(',')}}` : ''} ${value}\n`
  })
}

function suffixOf({ type }: Metric): string {
  return type === 'counter' ? '_total' : ''
}
