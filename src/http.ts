/** The one way out: every request of the product goes through an `HttpClient`, so that limits, credentials and `--offline` hold everywhere. */

export { createHttp, type HttpOptions } from './http-client.ts'
export { HttpError, type HttpErrorCode } from './http-error.ts'

export interface HttpRequest {
  readonly method?: 'GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
  readonly url: URL
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: Uint8Array | string
  readonly signal?: AbortSignal
  /** From sending to the last byte of the head, and then between two chunks of the body. Default 30,000. */
  readonly timeoutMilliseconds?: number
  /**
   * Tries in all after connection errors, 429 and 5xx, with back-off, jitter and `Retry-After`. Default 5. Without it, POST and PATCH
   * are tried again only where the server did nothing yet (429, 503, no connection): who gives a number says that repeating is safe.
   */
  readonly tries?: number
  /** Redirects that are followed (each checked as `url` is; credentials, cookies and bodies stay behind when the origin changes). Default 5. */
  readonly redirects?: number
}

export interface HttpResponse {
  readonly status: number
  readonly headers: ReadonlyMap<string, string>
  /** How often it was asked for until this answer came. */
  readonly tries?: number
  /** The address that answered, after redirects. */
  readonly url: URL
  /** May be read once. Throws HttpError when the connection breaks or stalls. */
  readonly body: AsyncIterable<Uint8Array>
  /** The whole body; throws HttpError `too-large` past `maxBytes`. */
  bytes(maxBytes: number): Promise<Uint8Array>
  /** Throws the body away, so that the connection can be used again. */
  discard(): Promise<void>
}

export interface HttpClient {
  /** Answers with any status that the server gave last; throws HttpError where there is no answer. */
  send(request: HttpRequest): Promise<HttpResponse>
  /** Closes idle connections. */
  close(): void
}
