/** `createHttp`: requests over node:http with tries, redirects by hand, time-outs and the address rules. RFC 9110 */
import type { lookup as dnsLookup } from 'node:dns'
import type { RequestOptions } from 'node:https'
import { setTimeout as wait } from 'node:timers/promises'
import type { HttpClient, HttpRequest, HttpResponse } from './http.ts'
import { addressRules, hostOf } from './http-address.ts'
import { type Agents, createAgents, type Environment } from './http-agents.ts'
import { httpBody } from './http-body.ts'
import { HttpError } from './http-error.ts'
import { offlineHttp } from './http-offline.ts'
import { nodeHttp, nodeHttps } from './node-http.ts'

export interface HttpOptions {
  /** Refuses every request, to loopback too. */
  readonly offline?: boolean
  /** Link-local and metadata addresses, or networks of them, that may be asked after all. */
  readonly allowAddresses?: readonly string[]
  /** Proxy and certificate variables are read here. Default: none. */
  readonly environment?: Environment
  /** A body may take this long to come at less than 256 bytes a second. Default 120,000. */
  readonly patienceMilliseconds?: number
  /** Milliseconds since 1970; for `Retry-After` dates. */
  readonly clock?: () => number
  readonly sleep?: (milliseconds: number, signal?: AbortSignal) => Promise<void>
  /** 0 to 1, for jitter. */
  readonly random?: () => number
  readonly lookup?: typeof dnsLookup
}

const defaultTries = 5
const defaultRedirects = 5
const defaultTimeoutMilliseconds = 30_000
const defaultPatienceMilliseconds = 120_000
const firstBackOffMilliseconds = 250
/** A server that asks for a longer pause is not waited for: its answer is handed back. */
const maxRetryAfterMilliseconds = 60_000

/** What goes along when a redirect leaves the origin: nothing that could be a secret. */
const headersForStrangers = new Set(['accept', 'accept-encoding', 'range', 'if-range', 'user-agent'])

export function createHttp(options: HttpOptions = {}): HttpClient {
  const rules = addressRules(options.allowAddresses)
  if (options.offline) return offlineHttp
  const agents = createAgents(options.environment ?? {}, rules, options.lookup)
  const { clock = Date.now, random = Math.random, sleep = defaultSleep } = options

  const follow = async (request: HttpRequest): Promise<HttpResponse> => {
    let current = request
    for (let left = request.redirects ?? defaultRedirects; ; left--) {
      rules.checkUrl(current.url)
      const response = await exchange(current, agents, options.patienceMilliseconds ?? defaultPatienceMilliseconds)
      if (!isRedirect(response) || request.redirects === 0) return response
      await response.discard()
      if (left === 0)
        throw new HttpError('too-many-redirects', `${request.url.host} redirects more than ${request.redirects ?? defaultRedirects} times`)
      current = redirected(current, response)
    }
  }

  return {
    async send(request) {
      const tries = request.tries ?? defaultTries
      for (let attempt = 1; ; attempt++) {
        request.signal?.throwIfAborted()
        const outcome = await follow(request).catch((error: unknown) => error as Error)
        request.signal?.throwIfAborted()
        if (outcome instanceof Error) {
          if (!mayRepeatAfterError(request, outcome)) throw outcome
          if (attempt >= tries) throw tries === 1 ? outcome : afterTries(outcome, tries)
        } else if (attempt >= tries || !mayRepeatAfterStatus(request, outcome.status)) return { ...outcome, tries: attempt }
        const backOff = firstBackOffMilliseconds * 2 ** (attempt - 1) * (0.5 + random() / 2)
        const asked = outcome instanceof Error ? undefined : retryAfter(outcome, clock())
        if (!(outcome instanceof Error)) {
          if (asked !== undefined && asked > maxRetryAfterMilliseconds) return { ...outcome, tries: attempt }
          await outcome.discard()
        }
        await sleep(Math.max(asked ?? 0, backOff), request.signal)
      }
    },
    close: () => agents.close(),
  }
}

/** One request, one answer. Throws HttpError, or the reason of the aborted signal. */
function exchange(request: HttpRequest, agents: Agents, patienceMilliseconds: number): Promise<HttpResponse> {
  const { url, signal, timeoutMilliseconds = defaultTimeoutMilliseconds } = request
  const { promise, resolve, reject } = Promise.withResolvers<HttpResponse>()
  const options: RequestOptions = {
    protocol: url.protocol,
    hostname: hostOf(url),
    port: url.port,
    path: `${url.pathname}${url.search}`,
    method: request.method ?? 'GET',
    headers: { 'user-agent': 'portcullis', ...request.headers, ...lengthOf(request.body) },
    agent: agents.agentFor(url),
    lookup: agents.lookupFor(url),
    ...(signal ? { signal } : {}),
  }
  const sent = (url.protocol === 'https:' ? nodeHttps() : nodeHttp()).request(options)
  const timer = setTimeout(
    () => sent.destroy(new HttpError('timed-out', `${url.host} did not answer within ${timeoutMilliseconds / 1000} s`)),
    timeoutMilliseconds,
  )
  sent.on('error', (error) => {
    clearTimeout(timer)
    reject(signal?.aborted ? signal.reason : asHttpError(error, url))
  })
  sent.on('response', (message) => {
    clearTimeout(timer)
    resolve({
      status: message.statusCode ?? 0,
      headers: new Map(
        Object.entries(message.headers).map(([name, value]) => [name, Array.isArray(value) ? value.join(', ') : (value ?? '')]),
      ),
      url,
      ...httpBody(message, { url, timeoutMilliseconds, patienceMilliseconds, signal }),
    })
  })
  sent.end(request.body)
  return promise
}

function isRedirect(response: HttpResponse): boolean {
  return [301, 302, 303, 307, 308].includes(response.status) && response.headers.has('location')
}

/** The request that a redirect asks for. RFC 9110 15.4 */
function redirected(request: HttpRequest, response: HttpResponse): HttpRequest {
  const location = response.headers.get('location') ?? ''
  if (!URL.canParse(location, request.url.href))
    throw new HttpError('unreachable', `${request.url.host} redirects to an address that is none`)
  const url = new URL(location, request.url)
  if (request.url.protocol === 'https:' && url.protocol !== 'https:')
    throw new HttpError('insecure', `${request.url.host} redirects from TLS to ${url.protocol}//${url.host}`)
  url.username = ''
  url.password = ''
  const { body, method = 'GET', ...rest } = request
  const keepsMethod = response.status >= 307 || method === 'GET' || method === 'HEAD'
  const sameOrigin = url.origin === request.url.origin
  if (keepsMethod && body !== undefined && !sameOrigin)
    throw new HttpError('insecure', `${request.url.host} redirects a request with a body to ${url.host}`)
  const headers = Object.entries(request.headers ?? {}).filter(
    ([name]) => (sameOrigin || headersForStrangers.has(name.toLowerCase())) && (keepsMethod || !name.toLowerCase().startsWith('content-')),
  )
  return {
    ...rest,
    url,
    method: keepsMethod ? method : 'GET',
    headers: Object.fromEntries(headers),
    ...(keepsMethod && body !== undefined ? { body } : {}),
  }
}

function mayRepeatAfterError(request: HttpRequest, error: Error): boolean {
  if (!(error instanceof HttpError) || (error.code !== 'unreachable' && error.code !== 'timed-out')) return false
  if (repeats(request)) return true
  const code = (error.cause as NodeJS.ErrnoException | undefined)?.code
  return code === 'ECONNREFUSED' || code === 'ENOTFOUND' || code === 'EAI_AGAIN'
}

function mayRepeatAfterStatus(request: HttpRequest, status: number): boolean {
  if (status === 429 || status === 503) return true
  return (status === 500 || status === 502 || status === 504) && repeats(request)
}

/** RFC 9110 9.2.2 */
function repeats(request: HttpRequest): boolean {
  return request.tries !== undefined || (request.method !== 'POST' && request.method !== 'PATCH')
}

/** Milliseconds; a number of seconds or a date. RFC 9110 10.2.3 */
function retryAfter(response: HttpResponse, now: number): number | undefined {
  const text = response.headers.get('retry-after')?.trim()
  if (text === undefined) return undefined
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? undefined : Math.max(0, date - now)
}

function lengthOf(body: HttpRequest['body']): Record<string, string> {
  return body === undefined ? {} : { 'content-length': String(typeof body === 'string' ? Buffer.byteLength(body) : body.length) }
}

export function asHttpError(error: Error, url: URL): HttpError {
  if (error instanceof HttpError) return error
  const { code } = error as NodeJS.ErrnoException
  return new HttpError('unreachable', `${url.host} cannot be reached: ${code ?? error.message}`, { cause: error })
}

function afterTries(error: Error, tries: number): Error {
  return error instanceof HttpError
    ? new HttpError(error.code, `${error.message}, after ${tries} tries`, { cause: error.cause ?? error })
    : error
}

async function defaultSleep(milliseconds: number, signal?: AbortSignal): Promise<void> {
  await wait(milliseconds, undefined, signal ? { signal } : {})
}
