/** The options for what a run tells besides its report. */
import { type Command, Option } from 'commander'
import type { Telemetry, TelemetryOptions } from '../publish/observability/telemetry.ts'

export function addTelemetryOptions(command: Command): Command {
  return addLogFormat(command)
    .option('--metrics-file <file>', 'write metrics of the run there, as OpenMetrics text')
    .option('--pushgateway <address>', 'push them to this Prometheus Pushgateway; one that does not take them changes no verdict')
    .option('--otlp <address>', 'push them to this OpenTelemetry receiver, as OTLP over HTTP; likewise')
}

export function addLogFormat(command: Command): Command {
  return command.addOption(new Option('--log-format <format>', 'what is said on standard error').choices(['text', 'json']))
}

/** Nothing is loaded where nothing is asked for. Throws UsageError. */
export async function openTelemetry(options: TelemetryOptions & { readonly offline?: boolean }): Promise<Telemetry> {
  const { logFormat, metricsFile, pushgateway, otlp, offline = false } = options
  if (logFormat !== 'json' && !metricsFile && !pushgateway && !otlp) return { counting: (host) => host, finish: async () => undefined }
  const [{ beginTelemetry }, { createHttp }] = await Promise.all([
    import('../publish/observability/telemetry.ts'),
    import('../http-client.ts'),
  ])
  const { env: environment, stderr } = process
  return beginTelemetry(options, {
    environment,
    write: (text) => stderr.write(text),
    openHttp: () => createHttp({ offline, environment }),
  })
}
