/** The Action's inputs, as the contract names them. */
import { quote, UsageError } from '../../findings.ts'
import type { CallOptions } from '../../gate/call-options.ts'
import type { TelemetryOptions } from '../observability/telemetry.ts'

export interface ActionInputs {
  readonly path: string
  readonly call: CallOptions
  readonly review: 'comments' | 'none' | 'summary'
  readonly sarifFile?: string
  readonly reportFile?: string
  readonly telemetry: Pick<TelemetryOptions, 'metricsFile' | 'otlp' | 'pushgateway'>
  readonly token: string
  readonly mode: 'check' | 'publish'
}

/** `read` gives the text of an input, empty where it is not set. Throws UsageError. */
export function readInputs(read: (name: string) => string): ActionInputs {
  const text = (name: string): string | undefined => read(name).trim() || undefined
  const list = (name: string): readonly string[] =>
    read(name)
      .split(/[\n,]/)
      .map((each) => each.trim())
      .filter((each) => each !== '')
  const lines = (name: string): readonly string[] =>
    read(name)
      .split('\n')
      .map((each) => each.trim())
      .filter((each) => each !== '')
  const [policy, checks, failOn, platform] = [lines('policy'), list('checks'), text('fail-on'), text('platform')]
  const [cache, cacheKey] = [text('cache'), text('cache-key')]
  const [metricsFile, otlp, pushgateway] = [text('metrics-file'), text('otlp'), text('pushgateway')]
  const [clamd, sarifFile, reportFile] = [text('clamd'), text('sarif-file'), text('report-file')]
  return {
    path: text('path') ?? '.',
    call: {
      ...(policy.length > 0 && { policy }),
      ...(checks.length > 0 && { checks: checks.join(',') }),
      ...(failOn && { failOn }),
      ...(platform && { platform }),
      ...(cache && { cache }),
      ...(clamd && { clamd }),
      ...(cacheKey && { cacheKey }),
      ...(flag('base-updates', text('base-updates') ?? 'false') && { baseUpdates: true }),
      ...(flag('anomaly', text('anomaly') ?? 'false') && { anomaly: true }),
      images: lines('images'),
      advisories: lines('advisories'),
      offline: flag('offline', text('offline') ?? 'false'),
    },
    review: choice('review', text('review') ?? 'comments', ['comments', 'none', 'summary']),
    ...(sarifFile && { sarifFile }),
    ...(reportFile && { reportFile }),
    telemetry: { ...(metricsFile && { metricsFile }), ...(otlp && { otlp }), ...(pushgateway && { pushgateway }) },
    token: text('token') ?? '',
    mode: choice('mode', text('mode') ?? 'check', ['check', 'publish']),
  }
}

function choice<Value extends string>(name: string, value: string, values: readonly Value[]): Value {
  const found = values.find((each) => each === value)
  if (found === undefined) throw new UsageError(`input ${name}: ${quote(value)}, expected one of ${values.join(', ')}`)
  return found
}

/** YAML 1.2's words, as `getBooleanInput` of @actions/core takes them. */
function flag(name: string, value: string): boolean {
  if (/^(?:true|True|TRUE)$/.test(value)) return true
  if (/^(?:false|False|FALSE)$/.test(value)) return false
  throw new UsageError(`input ${name}: ${quote(value)}, expected true or false`)
}
