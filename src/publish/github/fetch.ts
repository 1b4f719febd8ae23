/** The product's one way out in the form that Octokit asks for. */
import type { HttpClient, HttpRequest } from '../../http.ts'

/** GitHub's largest answers are blobs of 100 MB; the gate asks for none that large. */
const answerLimitBytes = 64 * 1024 * 1024

/** A `fetch` over `http`, without tries of its own: `patience.ts` decides which requests may be sent twice. Throws HttpError. */
export function fetchOver(http: HttpClient): typeof fetch {
  return async (input, init = {}) => {
    const url = new URL(typeof input === 'string' ? input : input instanceof URL ? input.href : input.url)
    const response = await http.send({
      url,
      method: (init.method ?? 'GET') as NonNullable<HttpRequest['method']>,
      headers: Object.fromEntries(new Headers(init.headers)),
      ...(typeof init.body === 'string' || init.body instanceof Uint8Array ? { body: init.body } : {}),
      ...(init.signal ? { signal: init.signal } : {}),
      tries: 1,
    })
    const bytes = await response.bytes(answerLimitBytes)
    const hasBody = response.status !== 204 && response.status !== 205 && response.status !== 304
    return new Response(hasBody ? Buffer.from(bytes) : null, { status: response.status, headers: [...response.headers] })
  }
}
