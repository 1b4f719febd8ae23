/** A run as OTLP's JSON. https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding */
import type { Report } from '../../findings.ts'
import { version } from '../../version.ts'
import { type Metric, metricsOf, type RunFigures } from './families.ts'

/** Milliseconds since 1970. */
export interface RunTimes {
  readonly started: number
  readonly ended: number
}

/** `AGGREGATION_TEMPORALITY_CUMULATIVE`: since the start of this run, which is the start of the process that counts. */
const cumulative = 2

/** UCUM. The rest has no unit: a receiver would take `1` for a ratio and rename it. https://unitsofmeasure.org/ucum */
const units = { bytes: 'By', seconds: 's' } as const

/** The message `ExportMetricsServiceRequest`: one resource, one scope. */
export function otlpMetrics(report: Report, figures: RunFigures, times: RunTimes, resource: Readonly<Record<string, string>>): string {
  return JSON.stringify({
    resourceMetrics: [
      {
        resource: { attributes: attributesOf(resource) },
        scopeMetrics: [
          { scope: { name: 'portcullis', version }, metrics: metricsOf(report, figures).map((metric) => metricFields(metric, times)) },
        ],
      },
    ],
  })
}

function metricFields(metric: Metric, { started, ended }: RunTimes) {
  const { name, type, help, unit } = metric
  const dataPoints = metric.samples.map(({ labels, value }) => ({
    attributes: attributesOf(labels),
    startTimeUnixNano: nanoseconds(started),
    timeUnixNano: nanoseconds(ended),
    // Whole numbers of 64 bits are texts in protobuf's JSON.
    ...(Number.isSafeInteger(value) ? { asInt: String(value) } : { asDouble: value }),
  }))
  return {
    name,
    description: help,
    ...(unit === undefined ? {} : { unit: units[unit] }),
    ...(type === 'counter' ? { sum: { dataPoints, aggregationTemporality: cumulative, isMonotonic: true } } : { gauge: { dataPoints } }),
  }
}

function attributesOf(values: Readonly<Record<string, string>>) {
  return Object.entries(values).map(([key, value]) => ({ key, value: { stringValue: value } }))
}

function nanoseconds(milliseconds: number): string {
  return String(BigInt(Math.round(milliseconds)) * 1_000_000n)
}
