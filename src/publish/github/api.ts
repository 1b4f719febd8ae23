/** GitHub's API for one repository, with one token: Octokit over the product's one way out. */
import { Octokit } from '@octokit/rest'
import type { HttpClient } from '../../http.ts'
import { PublishError } from './errors.ts'
import { fetchOver } from './fetch.ts'
import { createPatience, type Pace } from './patience.ts'

export interface GitHubAddress {
  /** `GITHUB_API_URL`: `https://api.github.com`, or `https://HOST/api/v3`. */
  readonly apiUrl: string
  readonly token: string
}

export interface GitHub {
  readonly octokit: Octokit
  readonly owner: string
  readonly repo: string
}

/** The version of the REST API that this code was written for. https://docs.github.com/en/rest/about-the-rest-api/api-versions */
const apiVersion = '2022-11-28'

export function openGitHub(
  address: GitHubAddress,
  repository: { readonly owner: string; readonly repo: string },
  { http, pace, signal }: { readonly http: HttpClient; readonly pace: Pace; readonly signal: AbortSignal },
): GitHub {
  const silent = (): void => undefined
  const octokit = new Octokit({
    auth: address.token,
    baseUrl: address.apiUrl.replace(/\/+$/, ''),
    userAgent: 'portcullis',
    log: { debug: silent, info: silent, warn: silent, error: silent },
    request: { fetch: fetchOver(http), signal },
  })
  const patience = createPatience(pace, signal)
  octokit.hook.wrap('request', (request, options) => {
    options.headers['x-github-api-version'] ??= apiVersion
    const query = typeof options.query === 'string' ? options.query : undefined
    return patience.run({ method: options.method, url: options.url, ...(query !== undefined && { query }) }, async () => request(options))
  })
  return { octokit, ...repository }
}

/** The status of GitHub's answer; undefined where the error is not one, or no answer came. */
export function statusOf(error: unknown): number | undefined {
  if (!(error instanceof Error) || !('status' in error) || !('response' in error) || error.response === undefined) return undefined
  return typeof error.status === 'number' ? error.status : undefined
}

/** True where the token may not do this; a rate limit has the same status and is not meant. */
export function isForbidden(error: unknown): boolean {
  if (error instanceof Error && 'errors' in error && Array.isArray(error.errors)) {
    return (
      error.errors.length > 0 &&
      error.errors.every((each: { type?: unknown }) => each?.type === 'FORBIDDEN' || each?.type === 'INSUFFICIENT_SCOPES')
    )
  }
  return statusOf(error) === 403 || statusOf(error) === 401
}

/** True where there is no such endpoint: older appliances, and proxies that let REST through alone. */
export function isAbsent(error: unknown): boolean {
  const status = statusOf(error)
  return status === 404 || status === 405 || status === 410 || status === 501
}

/** The error as this room tells it: GitHub's words, without a stack of requests. */
export function publishError(what: string, error: unknown): PublishError {
  if (error instanceof PublishError) return error
  const status = statusOf(error)
  const text = error instanceof Error ? error.message.split(' - https://')[0]?.slice(0, 300) : String(error)
  if (status === undefined) return new PublishError('unreachable', `${what}: ${text}`, { cause: error })
  return new PublishError(isForbidden(error) ? 'forbidden' : 'refused', `${what}: GitHub answered ${status}: ${text}`, { cause: error })
}
