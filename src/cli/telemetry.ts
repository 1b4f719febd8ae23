/** What a run tells besides its report: events on standard error, metrics in a file. */
import type { Report } from '../findings.ts'
import type { Host } from '../gate/call-options.ts'
import { writeText } from './output.ts'

export interface TelemetryOptions {
  readonly logFormat?: string
  readonly metricsFile?: string
}

export interface Telemetry {
  /** The host, with the bytes of layers counted. */
  counting(host: Host): Host
  finish(report: Report): Promise<void>
}

/** Begins to measure. */
export function beginTelemetry({ logFormat, metricsFile }: TelemetryOptions): Telemetry {
  const started = performance.now()
  const bytes = new Map<string, number>()
  return {
    counting: (host) => ({
      ...host,
      progress(layer, readBytes) {
        bytes.set(layer.digest, readBytes)
        host.progress?.(layer, readBytes)
      },
    }),
    async finish(report) {
      if (logFormat === 'json') {
        const { eventLines } = await import('../publish/observability/events.ts')
        for (const line of eventLines(report, new Date())) process.stderr.write(line)
      }
      if (metricsFile) {
        const { openMetrics } = await import('../publish/observability/metrics.ts')
        const readBytes = [...bytes.values()].reduce((sum, each) => sum + each, 0)
        await writeText(openMetrics(report, { seconds: (performance.now() - started) / 1000, readBytes }), metricsFile)
      }
    },
  }
}
