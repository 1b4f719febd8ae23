/** How long to wait, and what to send again. https://docs.github.com/en/rest/using-the-rest-api/best-practices-for-using-the-rest-api */
import { PublishError } from './errors.ts'

export interface Pace {
  /** Between the end of a request that writes and the start of the next. GitHub asks for 1,000. */
  readonly betweenWritesMilliseconds: number
  /** Rejects with the signal's reason when it is aborted. */
  sleep(milliseconds: number, signal: AbortSignal): Promise<void>
  /** Milliseconds since 1970. */
  now(): number
}

/** What is asked, as far as patience has to know it. */
export interface Attempted {
  readonly method: string
  /** The route's template, such as `/repos/{owner}/{repo}/statuses/{sha}`. */
  readonly url: string
  /** Of a GraphQL request. */
  readonly query?: string
}

interface Refusal {
  readonly status: number
  readonly message: string
  /** Undefined where no answer came. */
  readonly headers?: Readonly<Record<string, string | number | undefined>>
}

const tries = 5
const firstBackOffMilliseconds = 500
/** Of all waiting for rate limits in one run. A job that waits longer helps nobody: the next run heals what this one left. */
const limitBudgetMilliseconds = 5 * 60_000

/** Runs requests in order where they write, and again where that is safe. */
export interface Patience {
  run<Answer>(attempted: Attempted, send: () => Promise<Answer>): Promise<Answer>
}

export function createPatience(pace: Pace, signal: AbortSignal): Patience {
  let lastWrite = Promise.resolve()
  let writeEnded = Number.NEGATIVE_INFINITY
  let budget = limitBudgetMilliseconds

  const pause = async (milliseconds: number): Promise<void> => {
    if (milliseconds > 0) await pace.sleep(milliseconds, signal)
  }

  const again = async <Answer>(attempted: Attempted, send: () => Promise<Answer>): Promise<Answer> => {
    for (let attempt = 1; ; attempt++) {
      signal.throwIfAborted()
      try {
        return await send()
      } catch (error) {
        const refusal = refusalOf(error)
        if (!refusal || attempt >= tries) throw error
        const limit = limitMilliseconds(refusal, attempt, pace.now())
        if (limit === undefined && !(isPassing(refusal) && mayRepeat(attempted))) throw error
        const wait = limit ?? firstBackOffMilliseconds * 2 ** (attempt - 1)
        if (limit !== undefined && limit > budget) throw tooLong(limit, error)
        if (limit !== undefined) budget -= limit
        await pause(wait)
      }
    }
  }

  return {
    async run(attempted, send) {
      if (!isWrite(attempted)) return again(attempted, send)
      const turn = lastWrite.then(async () => {
        await pause(writeEnded + pace.betweenWritesMilliseconds - pace.now())
        try {
          return await again(attempted, send)
        } finally {
          writeEnded = pace.now()
        }
      })
      lastWrite = turn.then(
        () => undefined,
        () => undefined, // The caller has the error; the next in the queue goes on.
      )
      return turn
    },
  }
}

function isWrite({ method, query }: Attempted): boolean {
  if (query !== undefined) return query.trimStart().startsWith('mutation')
  return method !== 'GET' && method !== 'HEAD'
}

/** True for what has the same effect when it is done twice: an answer that was lost does not tell whether it was done. */
function mayRepeat(attempted: Attempted): boolean {
  const { method, url, query } = attempted
  if (query !== undefined) return !isWrite(attempted) || !/\badd\w+\(/.test(query)
  return method !== 'POST' || url.endsWith('/statuses/{sha}')
}

function isPassing({ status, headers }: Refusal): boolean {
  return headers === undefined || status === 500 || status === 502 || status === 503 || status === 504
}

/** How long a rate limit asks to wait; undefined where it is none. https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api */
function limitMilliseconds({ status, message, headers }: Refusal, attempt: number, now: number): number | undefined {
  if ((status !== 403 && status !== 429) || headers === undefined) return undefined
  const after = Number(headers['retry-after'])
  if (headers['retry-after'] !== undefined && Number.isFinite(after) && after >= 0) return after * 1000
  const reset = Number(headers['x-ratelimit-reset'])
  if (String(headers['x-ratelimit-remaining']) === '0' && Number.isFinite(reset)) return Math.max(1000, reset * 1000 - now)
  if (status === 429 || /secondary rate limit/i.test(message)) return 60_000 * 2 ** (attempt - 1)
  return undefined
}

function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || !('status' in error) || typeof error.status !== 'number') return undefined
  const response = 'response' in error ? (error.response as { headers?: Record<string, string> } | undefined) : undefined
  return { status: error.status, message: error.message, ...(response?.headers && { headers: response.headers }) }
}

function tooLong(milliseconds: number, cause: unknown): PublishError {
  return new PublishError(
    'rate-limited',
    `GitHub's rate limit asks to wait ${Math.ceil(milliseconds / 1000)} s, which is longer than this run waits`,
    { cause },
  )
}
