/** What a run tells besides its report: events on standard error, metrics to a file, a Pushgateway or an OTLP receiver. */
import { quote, type Report, UsageError } from '../../findings.ts'
import type { Host } from '../../gate/call-options.ts'
import type { HttpClient } from '../../http.ts'
import type { RunFigures } from './families.ts'

/** As they were written; an empty text counts as none. */
export interface TelemetryOptions {
  readonly logFormat?: string
  readonly metricsFile?: string
  readonly pushgateway?: string
  readonly otlp?: string
}

export interface TelemetryWorld {
  readonly environment: Readonly<Record<string, string | undefined>>
  /** Standard error. */
  readonly write: (text: string) => void
  /** Made only where something is pushed; closed afterwards. */
  readonly openHttp: () => HttpClient
}

export interface Telemetry {
  /** The host, with the bytes of layers counted. */
  counting(host: Host): Host
  /** Throws UsageError where the file cannot be written; what cannot be pushed is said, and no more. */
  finish(report: Report): Promise<void>
}

/** Of all pushes together. */
const pushMilliseconds = 30_000

/** Begins to measure. Throws UsageError for an address that is none. */
export async function beginTelemetry(options: TelemetryOptions, world: TelemetryWorld): Promise<Telemetry> {
  const pushing = options.pushgateway || options.otlp ? await preparePushes(options, world) : undefined
  const [started, startedAt] = [performance.now(), Date.now()]
  const bytes = new Map<string, number>()
  let couldRead = false
  return {
    counting(host) {
      couldRead = true
      return {
        ...host,
        ...(options.logFormat === 'json' ? { note: (message: string) => void tell(message, 'json', world) } : {}),
        progress(layer, readBytes) {
          bytes.set(layer.digest, readBytes)
          host.progress?.(layer, readBytes)
        },
      }
    },
    async finish(report) {
      const readBytes = [...bytes.values()].reduce((sum, each) => sum + each, 0)
      const figures = { seconds: (performance.now() - started) / 1000, ...(couldRead ? { readBytes } : {}) }
      if (options.logFormat === 'json') {
        const { eventLines } = await import('./events.ts')
        for (const line of eventLines(report, new Date())) world.write(line)
      }
      if (options.metricsFile) await writeMetrics(options.metricsFile, report, figures)
      await pushing?.(report, figures, startedAt)
    },
  }
}

async function writeMetrics(file: string, report: Report, figures: RunFigures): Promise<void> {
  const [{ openMetrics }, { writeWhole }] = await Promise.all([import('./metrics.ts'), import('../../write-file.ts')])
  try {
    await writeWhole(file, openMetrics(report, figures))
  } catch (error) {
    throw new UsageError(`--metrics-file ${quote(file)}: ${error instanceof Error ? error.message : String(error)}`, { cause: error })
  }
}

type Pushing = (report: Report, figures: RunFigures, startedAt: number) => Promise<void>

async function preparePushes({ pushgateway, otlp, logFormat }: TelemetryOptions, world: TelemetryWorld): Promise<Pushing> {
  const { pushToGateway, pushToOtlp, readAddress, readHeaders } = await import('./push.ts')
  const gateway = pushgateway ? readAddress('--pushgateway', pushgateway) : undefined
  const receiver = otlp ? readAddress('--otlp', otlp) : undefined
  const { GITHUB_REPOSITORY: repository, OTEL_SERVICE_NAME: service, OTEL_EXPORTER_OTLP_HEADERS: headers } = world.environment
  const sent = receiver && headers ? readHeaders(headers) : {}
  return async (report, figures, startedAt) => {
    const http = world.openHttp()
    const signal = AbortSignal.timeout(pushMilliseconds)
    const [{ prometheusText }, { otlpMetrics }] = await Promise.all([import('./metrics.ts'), import('./otlp.ts')])
    // Each repository, and each shard, has series of its own.
    const labels = {
      ...(repository ? { repository } : {}),
      ...(report.shard ? { shard: `${report.shard.index}/${report.shard.of}` } : {}),
    }
    const resource = { 'service.name': service || 'portcullis', ...labels }
    const body = () => otlpMetrics(report, figures, { started: startedAt, ended: Date.now() }, resource)
    const pushes = [
      ...(gateway ? [['--pushgateway', pushToGateway(gateway, prometheusText(report, figures), labels, { http, signal })] as const] : []),
      ...(receiver ? [['--otlp', pushToOtlp(receiver, body(), sent, { http, signal })] as const] : []),
    ]
    await Promise.all(
      pushes.map(([option, push]) =>
        push.catch((error: unknown) => tell(`${option}: the metrics were not taken: ${messageOf(error)}`, logFormat, world)),
      ),
    )
    http.close()
  }
}

async function tell(message: string, logFormat: string | undefined, { write }: TelemetryWorld): Promise<void> {
  if (logFormat !== 'json') write(`portcullis: ${message}\n`)
  else write((await import('./events.ts')).eventLine(new Date(), 'warning', 'telemetry', { severity: 'unknown', message }))
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
