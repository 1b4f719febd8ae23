/** Files on loopback by their path, all modified at one time. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface FileServer extends AsyncDisposable {
  readonly address: string
  readonly requests: readonly string[]
}

export async function fileServer(files: Readonly<Record<string, string | Uint8Array>>): Promise<FileServer> {
  const byPath = new Map(Object.entries(files))
  const requests: string[] = []
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    requests.push(path)
    const content = byPath.get(path)
    response.writeHead(content === undefined ? 404 : 200, { 'last-modified': 'Mon, 06 May 2024 07:08:09 GMT' })
    response.end(content)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}
