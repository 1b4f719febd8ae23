/**
 * An OSV-compatible API on loopback, as it is published: https://google.github.io/osv.dev/api/. Refuses what that one refuses, and fails on
 * demand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { bruteForce, type RawRecord } from '../advisories/brute-force.ts'

export interface OsvServer extends AsyncDisposable {
  readonly address: string
  /** `POST /v1/querybatch` and the like, in the order in which they came. */
  readonly requests: readonly string[]
  readonly batches: readonly number[]
  readonly bodies: readonly string[]
  /** Handles the next requests in the server's place; undefined hands back to it. */
  fail: ((request: string, response: ServerResponse) => boolean) | undefined
}

export interface OsvServerSettings {
  /** Identifiers a page. Default 1,000. */
  readonly pageSize?: number
  /** Ecosystems without a release that are answered at all. Default: any. */
  readonly ecosystems?: readonly string[]
}

interface Query {
  readonly package?: { readonly ecosystem?: string; readonly name?: string }
  readonly version?: string
  readonly page_token?: string
}

type ServedRecord = RawRecord & { readonly modified?: string }

export async function osvServer(records: readonly Record<string, unknown>[], settings: OsvServerSettings = {}): Promise<OsvServer> {
  const { pageSize = 1000, ecosystems } = settings
  const served = new Map((records as unknown as readonly ServedRecord[]).map((record) => [record.id, record]))
  const requests: string[] = []
  const batches: number[] = []
  const bodies: string[] = []

  const answer = (query: Query): unknown => {
    const { ecosystem = '', name = '' } = query.package ?? {}
    const ids = bruteForce(served.values(), { ecosystem, name, ...(query.version === undefined ? {} : { version: query.version }) })
    const start = Number(query.page_token ?? 0)
    const page = ids.slice(start, start + pageSize).map((id) => ({ id, modified: served.get(id)?.modified }))
    return {
      ...(page.length === 0 ? {} : { vulns: page }),
      ...(start + pageSize < ids.length ? { next_page_token: String(start + pageSize) } : {}),
    }
  }

  const server = createServer(async (request, response) => {
    const name = `${request.method} ${request.url}`
    requests.push(name)
    const body = await readBody(request)
    if (body !== '') bodies.push(body)
    if (state.fail?.(name, response)) return
    if (name === 'POST /v1/querybatch') {
      const { queries = [] } = JSON.parse(body) as { queries?: readonly Query[] }
      batches.push(queries.length)
      if (queries.length > 1000) return send(response, 400, { code: 3, message: 'Too many queries.' })
      const unknown = queries.find((query) => ecosystems?.includes(query.package?.ecosystem?.split(':')[0] ?? '') === false)
      if (unknown !== undefined) return send(response, 400, { code: 3, message: 'Invalid ecosystem.' })
      return send(response, 200, { results: queries.map(answer) })
    }
    const id = /^GET \/v1\/vulns\/(.+)$/.exec(name)?.[1]
    const record = id === undefined ? undefined : served.get(decodeURIComponent(id))
    if (record === undefined) return send(response, 404, { code: 5, message: 'Bug not found.' })
    return send(response, 200, record)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const state: OsvServer = {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    requests,
    batches,
    bodies,
    fail: undefined,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return state
}

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks).toString('utf8')
}

function send(response: ServerResponse, status: number, value: unknown): void {
  response.writeHead(status, { 'content-type': 'application/json' })
  response.end(JSON.stringify(value))
}
