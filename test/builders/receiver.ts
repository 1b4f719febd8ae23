/** A server on 127.0.0.1 that remembers what it was sent, and answers as it is told. */
import { createServer } from 'node:http'

export interface Received {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string | string[] | undefined>>
  readonly body: string
}

export interface Receiver {
  readonly port: number
  readonly url: string
  readonly received: Received[]
  /** Of all requests from now on. */
  answer: { readonly status: number; readonly body?: string; readonly headers?: Readonly<Record<string, string>> }
  close(): Promise<void>
}

export async function startReceiver(): Promise<Receiver> {
  const received: Received[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const { method = '', url = '', headers } = request
    received.push({ method, path: url, headers, body: Buffer.concat(chunks).toString() })
    response.writeHead(receiver.answer.status, receiver.answer.headers)
    response.end(receiver.answer.body)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const receiver: Receiver = {
    port,
    url: `http://127.0.0.1:${port}`,
    received,
    answer: { status: 200 },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return receiver
}
