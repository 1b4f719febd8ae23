/** The body of an answer: read once, with a time-out between two chunks, and an error when the connection breaks early. */
import type { IncomingMessage } from 'node:http'
import type { HttpResponse } from './http.ts'
import { HttpError } from './http-error.ts'

/** Bodies that are thrown away are read up to here; the connection of a longer one is closed instead. */
const maxDiscardBytes = 64 * 1024

export function httpBody(
  message: IncomingMessage,
  url: URL,
  timeoutMilliseconds: number,
  signal: AbortSignal | undefined,
): Pick<HttpResponse, 'body' | 'bytes' | 'discard'> {
  async function* body(): AsyncGenerator<Uint8Array> {
    const chunks = message[Symbol.asyncIterator]() as AsyncIterator<Uint8Array>
    try {
      for (;;) {
        // The clock runs while we wait for the server only: a slow reader is not its fault.
        const timer = setTimeout(
          () => message.destroy(new HttpError('timed-out', `${url.host} sent nothing for ${timeoutMilliseconds / 1000} s`)),
          timeoutMilliseconds,
        )
        const next = await chunks.next().finally(() => clearTimeout(timer))
        if (next.done) break
        yield next.value
      }
    } catch (error) {
      if (signal?.aborted) throw signal.reason
      if (error instanceof HttpError) throw error
      throw new HttpError('unreachable', `the connection to ${url.host} broke before the end of the answer`, { cause: error })
    } finally {
      if (!message.readableEnded) message.destroy()
    }
    if (!message.complete) throw new HttpError('unreachable', `the connection to ${url.host} broke before the end of the answer`)
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
