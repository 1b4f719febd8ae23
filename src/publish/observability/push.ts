/** Hands the metrics of a run to a Pushgateway or an OTLP receiver. Whether one takes them changes no verdict. */
import { quote, UsageError } from '../../findings.ts'
import type { HttpClient, HttpRequest } from '../../http.ts'

export interface PushWorld {
  readonly http: HttpClient
  /** Ends all tries. */
  readonly signal: AbortSignal
}

const timeoutMilliseconds = 10_000
const tries = 3
const answerLimitBytes = 64 * 1024

/** An address of the call, before anything is judged; user and password in it are for that server alone. Throws UsageError, which never shows them. */
export function readAddress(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (url && /^https?:$/u.test(url.protocol) && url.search === '' && url.hash === '') return url
  const shown = text.replace(/\/\/[^/]*@/u, '//')
  throw new UsageError(`${option} ${quote(shown)}: expected an http or https address without query`)
}

/**
 * `PUT` replaces what the group had: series that are no more do not stay. The group is of the address where it names one (`…/metrics/job/…`), else
 * the job `portcullis` with these labels. Throws what a push fails with. https://github.com/prometheus/pushgateway#put-method
 */
export async function pushToGateway(address: URL, text: string, labels: Readonly<Record<string, string>>, world: PushWorld): Promise<void> {
  const path = address.pathname.replace(/\/+$/u, '')
  const url = new URL(address)
  url.pathname = /\/metrics\/job(?:@base64)?\/[^/]/u.test(path) ? path : `${path}/metrics/job/portcullis${groupOf(labels)}`
  await send({ method: 'PUT', url, headers: { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' }, body: text }, world)
}

/** A value with a slash has no other form than base64. https://github.com/prometheus/pushgateway#url */
function groupOf(labels: Readonly<Record<string, string>>): string {
  return Object.entries(labels)
    .map(([name, value]) => `/${name}@base64/${Buffer.from(value).toString('base64url') || '='}`)
    .join('')
}

/** `text`: OTLP's JSON. `headers` as `OTEL_EXPORTER_OTLP_HEADERS` has them. Throws what a push fails with. https://opentelemetry.io/docs/specs/otlp/#otlphttp */
export async function pushToOtlp(address: URL, text: string, headers: Readonly<Record<string, string>>, world: PushWorld): Promise<void> {
  const url = new URL(address)
  const path = address.pathname.replace(/\/+$/u, '')
  url.pathname = path.endsWith('/v1/metrics') ? path : `${path}/v1/metrics`
  const answer = await send({ method: 'POST', url, headers: { ...headers, 'content-type': 'application/json' }, body: text }, world)
  const rejected = rejectedOf(answer)
  if (rejected !== undefined) throw new Error(`${url.host} took only a part: ${rejected}`)
}

/** With user and password as a header: an address with them would be shown in messages. */
async function send(request: HttpRequest, { http, signal }: PushWorld): Promise<string> {
  const url = new URL(request.url)
  const { username, password } = url
  url.username = ''
  url.password = ''
  const secret = `${decodeURIComponent(username)}:${decodeURIComponent(password)}`
  const authorization = username === '' ? {} : { authorization: `Basic ${Buffer.from(secret).toString('base64')}` }
  // Repeating is safe: the group is replaced, and a data point of the same time is the same.
  const response = await http.send({
    ...request,
    url,
    headers: { ...request.headers, ...authorization },
    signal,
    timeoutMilliseconds,
    tries,
  })
  const body = Buffer.from(await response.bytes(answerLimitBytes)).toString()
  if (response.status >= 200 && response.status < 300) return body
  throw new Error(`${url.host} answered ${response.status}${body.trim() === '' ? '' : `: ${quote(body.trim())}`}`)
}

/** What a receiver says that it dropped. https://opentelemetry.io/docs/specs/otlp/#partial-success-1 */
function rejectedOf(answer: string): string | undefined {
  try {
    const { partialSuccess } = JSON.parse(answer) as { partialSuccess?: { rejectedDataPoints?: unknown; errorMessage?: unknown } }
    const { rejectedDataPoints = 0, errorMessage = '' } = partialSuccess ?? {}
    return Number(rejectedDataPoints) > 0
      ? `${Number(rejectedDataPoints)} data points were rejected, ${quote(String(errorMessage))}`
      : undefined
  } catch {
    // The status says that it was taken; answers in protobuf, or none, say no more.
    return undefined
  }
}

/** `key1=value1,key2=value2`, values percent-encoded. Throws UsageError without the text: it holds secrets. https://opentelemetry.io/docs/specs/otel/protocol/exporter/#specifying-headers-via-environment-variables */
export function readHeaders(text: string): Readonly<Record<string, string>> {
  const pairs = text.split(',').flatMap((member): [string, string][] => {
    if (member.trim() === '') return []
    const [, name = '', value = ''] = /^\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*([^\r\n]*?)\s*$/u.exec(member) ?? []
    if (name === '') throw new UsageError('OTEL_EXPORTER_OTLP_HEADERS: expected name=value, with commas between them')
    return [[name.toLowerCase(), decoded(value)]]
  })
  return Object.fromEntries(pairs)
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value).replaceAll(/[\r\n\0]/gu, '')
  } catch {
    return value
  }
}
