/** The body of an answer: read once, with a time-out between two chunks, and an error when the connection breaks early. */
import type { IncomingMessage } from 'node:http'
import type { HttpResponse } from './http.ts'
import { HttpError } from './http-error.ts'

/** Bodies that are thrown away are read up to here; the connection of a longer one is closed instead. */
const maxDiscardBytes = 64 * 1024

/** Slower than this for longer than the patience, a server keeps us rather than answers us. */
const minBytesPerSecond = 256

export interface BodyOptions {
  readonly url: URL
  /** Between two chunks. */
  readonly timeoutMilliseconds: number
  /** Of waiting in all, at less than `minBytesPerSecond`. */
  readonly patienceMilliseconds: number
  readonly signal: AbortSignal | undefined
}

export function httpBody(message: IncomingMessage, options: BodyOptions): Pick<HttpResponse, 'body' | 'bytes' | 'discard'> {
  const { url, timeoutMilliseconds, patienceMilliseconds, signal } = options
  async function* body(): AsyncGenerator<Uint8Array> {
    const chunks = message[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
    let waitedMilliseconds = 0
    let sizeBytes = 0
    try {
      for (;;) {
        // The clock runs while we wait for the server only: a slow reader is not its fault.
        const timer = setTimeout(
          () => message.destroy(new HttpError('timed-out', `${url.host} sent nothing for ${timeoutMilliseconds / 1000} s`)),
          timeoutMilliseconds,
        )
        const started = performance.now()
        const next = await chunks.next().finally(() => clearTimeout(timer))
        if (next.done) break
        waitedMilliseconds += performance.now() - started
        sizeBytes += next.value.length
        if (waitedMilliseconds > patienceMilliseconds && sizeBytes < (waitedMilliseconds / 1000) * minBytesPerSecond)
          throw new HttpError('timed-out', `${url.host} sent ${sizeBytes} bytes in ${Math.round(waitedMilliseconds / 1000)} s`)
        yield next.value
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (error instanceof HttpError) throw error
      throw new HttpError('unreachable', `the connection to ${url.host} broke before the end of the answer`, { cause: error })
    } finally {
      if (!message.readableEnded) message.destroy()
    }
  }
  return {
    body: body(),
    async bytes(maxBytes) {
      const chunks: Uint8Array[] = []
      let sizeBytes = 0
      for await (const chunk of body()) {
        sizeBytes += chunk.length
        if (sizeBytes > maxBytes) throw new HttpError('too-large', `the answer of ${url.host} is longer than ${maxBytes} bytes`)
        chunks.push(chunk)
      }
      return Buffer.concat(chunks)
    },
    async discard() {
      const length = Number(message.headers['content-length'] ?? maxDiscardBytes + 1)
      const isShort = length <= maxDiscardBytes || (message.headers['content-length'] === undefined && message.statusCode === 204)
      if (!isShort) {
        message.destroy()
        return
      }
      try {
        for await (const _ of body());
      } catch {
        // What was to be thrown away is gone; the next request opens a connection of its own.
      }
    },
  }
}
