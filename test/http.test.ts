import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp, type HttpClient, HttpError, type HttpOptions, type HttpRequest } from '../src/http.ts'
import { certificate, key } from './builders/tls.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void

interface TestServer {
  readonly origin: string
  handler: Handler
  readonly seen: IncomingMessage[]
  close(): Promise<void>
}

let servers: TestServer[]
let clients: HttpClient[]
let sleeps: number[]
beforeEach(() => {
  servers = []
  clients = []
  sleeps = []
})
afterEach(async () => {
  for (const client of clients) client.close()
  await Promise.all(servers.map((server) => server.close()))
})

async function serve(handler: Handler): Promise<TestServer> {
  const seen: IncomingMessage[] = []
  const server = createServer((request, response) => {
    seen.push(request)
    result.handler(request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const result: TestServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    handler,
    seen,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  servers.push(result)
  return result
}

function client(options: HttpOptions = {}): HttpClient {
  const http = createHttp({ sleep: async (milliseconds) => void sleeps.push(milliseconds), random: () => 1, ...options })
  clients.push(http)
  return http
}

async function failure(http: HttpClient, request: Omit<HttpRequest, 'url'> & { url: string }): Promise<string> {
  const error = await http.send({ ...request, url: new URL(request.url) }).then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof HttpError)) throw new Error(`expected an HttpError, got ${error}`)
  return error.code
}

const text = async (http: HttpClient, url: string, request: Omit<HttpRequest, 'url'> = {}) => {
  const response = await http.send({ ...request, url: new URL(url) })
  return { status: response.status, text: Buffer.from(await response.bytes(1e6)).toString() }
}

describe('addresses', () => {
  const refused = [
    'https://169.254.169.254/latest/meta-data/',
    'https://2852039166/',
    'https://0xa9fea9fe/',
    'https://[fe80::1]/',
    'https://[fd00:ec2::254]/',
    'https://[::ffff:169.254.169.254]/',
    'https://[64:ff9b::a9fe:a9fe]/',
    'https://100.100.100.200/',
    'https://0.0.0.0/',
    'https://metadata.google.internal/',
  ]
  test.each(refused)('%s is refused', async (url) => {
    expect(await failure(client(), { url })).toBe('refused-address')
  })

  test('a name that resolves to a metadata address is refused', async () => {
    const lookup = ((_name: string, _options: unknown, callback: (error: null, addresses: unknown) => void) =>
      callback(null, [
        { address: '93.184.216.34', family: 4 },
        { address: '169.254.169.254', family: 4 },
      ])) as never
    expect(await failure(client({ lookup }), { url: 'https://registry.example/' })).toBe('refused-address')
  })

  test('a link-local address that is allowed is asked', async () => {
    const http = client({ allowAddresses: ['169.254.10.0/24'] })
    const outcome = await failure(http, { url: 'https://169.254.10.1:1/', timeoutMilliseconds: 50, tries: 1 })
    expect(outcome).not.toBe('refused-address')
    expect(await failure(http, { url: 'https://169.254.11.1/' })).toBe('refused-address')
  })

  test.each(['http://192.0.2.1/', 'http://registry.example/', 'http://127.0.0.1.nip.example/', 'ftp://127.0.0.1/', 'file:///etc/passwd'])(
    '%s is not asked, because plain HTTP is for loopback',
    async (url) => {
      expect(await failure(client(), { url })).toBe('insecure')
    },
  )

  test('localhost that resolves to another machine is not spoken to in plain HTTP', async () => {
    const lookup = ((_name: string, _options: unknown, callback: (error: null, addresses: unknown) => void) =>
      callback(null, [{ address: '192.0.2.1', family: 4 }])) as never
    expect(await failure(client({ lookup }), { url: 'http://localhost:5000/' })).toBe('insecure')
  })

  test('offline refuses loopback too', async () => {
    const server = await serve((_, response) => response.end())
    expect(await failure(client({ offline: true }), { url: server.origin })).toBe('offline')
    expect(server.seen).toHaveLength(0)
  })
})

describe('redirects', () => {
  test('credentials, cookies and tokens stay behind when the origin changes', async () => {
    const other = await serve((_, response) => response.end('there'))
    const server = await serve((_, response) => response.writeHead(307, { location: `${other.origin}/blob` }).end())
    const headers = {
      authorization: 'Basic c2VjcmV0',
      cookie: 'a=b',
      'x-registry-token': 'secret',
      accept: 'text/plain',
      range: 'bytes=4-',
    }
    expect(await text(client(), server.origin, { headers })).toEqual({ status: 200, text: 'there' })
    expect(server.seen[0]?.headers).toMatchObject(headers)
    const { authorization, cookie, 'x-registry-token': token, accept, range } = other.seen[0]?.headers ?? {}
    expect({ authorization, cookie, token, accept, range }).toEqual({ accept: 'text/plain', range: 'bytes=4-' })
  })

  test('credentials go along within the origin', async () => {
    const server = await serve((request, response) =>
      request.url === '/' ? response.writeHead(302, { location: '/next' }).end() : response.end('ok'),
    )
    await text(client(), server.origin, { headers: { authorization: 'Bearer x' } })
    expect(server.seen.map(({ url, headers }) => [url, headers.authorization])).toEqual([
      ['/', 'Bearer x'],
      ['/next', 'Bearer x'],
    ])
  })

  test('a redirect to a metadata address is refused', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: 'https://169.254.169.254/' }).end())
    expect(await failure(client(), { url: server.origin })).toBe('refused-address')
  })

  test('a redirect to plain HTTP elsewhere is refused', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: 'http://192.0.2.1/' }).end())
    expect(await failure(client(), { url: server.origin })).toBe('insecure')
  })

  test('a circle ends', async () => {
    const server = await serve((_, response) => response.writeHead(302, { location: '/' }).end())
    expect(await failure(client(), { url: server.origin })).toBe('too-many-redirects')
    expect(server.seen).toHaveLength(6)
  })

  test('a body does not follow to another origin', async () => {
    const other = await serve((_, response) => response.end())
    const server = await serve((_, response) => response.writeHead(307, { location: other.origin }).end())
    expect(await failure(client(), { url: server.origin, method: 'POST', body: 'refresh_token=secret' })).toBe('insecure')
    expect(other.seen).toHaveLength(0)
  })

  test('a POST that is answered with 303 goes on as a GET without its body', async () => {
    const server = await serve((request, response) =>
      request.url === '/' ? response.writeHead(303, { location: '/done' }).end() : response.end('done'),
    )
    await text(client(), server.origin, { method: 'POST', body: '{}', headers: { 'content-type': 'application/json' } })
    const last = server.seen[1]
    expect([last?.method, last?.headers['content-length'], last?.headers['content-type']]).toEqual(['GET', undefined, undefined])
  })
})

describe('tries', () => {
  test('a 503 is asked again with growing pauses, and its last answer is handed back', async () => {
    const server = await serve((_, response) => response.writeHead(503).end('busy'))
    const response = await client().send({ url: new URL(server.origin) })
    expect([response.status, response.tries, Buffer.from(await response.bytes(10)).toString()]).toEqual([503, 5, 'busy'])
    expect(server.seen).toHaveLength(5)
    expect(sleeps).toEqual([250, 500, 1000, 2000])
  })

  test('jitter shortens a pause by up to half', async () => {
    const server = await serve((_, response) => response.writeHead(503).end())
    await text(client({ random: () => 0 }), server.origin, { tries: 2 })
    expect(sleeps).toEqual([125])
  })

  test('Retry-After is waited for, in seconds and as a date', async () => {
    const answers = ['7', new Date(1_000_000 + 9000).toUTCString()]
    const server = await serve((_, response) => {
      const after = answers.shift()
      if (after === undefined) response.end('ok')
      else response.writeHead(429, { 'retry-after': after }).end()
    })
    expect(await text(client({ clock: () => 1_000_000 }), server.origin)).toEqual({ status: 200, text: 'ok' })
    expect(sleeps).toEqual([7000, 9000])
  })

  test('a Retry-After of an hour is not waited for', async () => {
    const server = await serve((_, response) => response.writeHead(429, { 'retry-after': '3600' }).end())
    expect((await text(client(), server.origin)).status).toBe(429)
    expect(sleeps).toEqual([])
  })

  test('a connection that breaks before the answer is tried again', async () => {
    let count = 0
    const server = await serve((request, response) => (++count < 3 ? request.socket.destroy() : response.end('ok')))
    expect((await text(client(), server.origin)).text).toBe('ok')
    expect(server.seen).toHaveLength(3)
  })

  test('a POST that may have been done is not sent twice', async () => {
    const server = await serve((request) => request.socket.destroy())
    expect(await failure(client(), { url: server.origin, method: 'POST', body: '{}' })).toBe('unreachable')
    expect(server.seen).toHaveLength(1)
    server.handler = (_, response) => void response.writeHead(502).end()
    expect((await text(client(), server.origin, { method: 'POST' })).status).toBe(502)
    expect(server.seen).toHaveLength(2)
  })

  test('a POST that says it may be repeated is', async () => {
    const server = await serve((_, response) => void response.writeHead(502).end())
    await text(client(), server.origin, { method: 'POST', tries: 3 })
    expect(server.seen).toHaveLength(3)
  })

  test('nobody there is unreachable after all tries', async () => {
    const server = await serve(() => {})
    await server.close()
    await expect(client().send({ url: new URL(server.origin) })).rejects.toThrow(/cannot be reached: ECONNREFUSED, after 5 tries/)
  })
})

describe('time and size', () => {
  test('a server that does not answer times out', async () => {
    const server = await serve(() => {})
    expect(await failure(client(), { url: server.origin, timeoutMilliseconds: 30, tries: 1 })).toBe('timed-out')
  })

  test('a body that stalls times out', async () => {
    const server = await serve((_, response) => void response.write('some'))
    const response = await client().send({ url: new URL(server.origin), timeoutMilliseconds: 30 })
    await expect(response.bytes(100)).rejects.toMatchObject({ code: 'timed-out' })
  })

  test('a body that drips is given up', async () => {
    const server = await serve((_, response) => {
      const timer = setInterval(() => response.write('x'), 5)
      response.on('close', () => clearInterval(timer))
    })
    const response = await client({ patienceMilliseconds: 100 }).send({ url: new URL(server.origin) })
    await expect(response.bytes(1e6)).rejects.toThrow(/sent \d+ bytes in 0 s/)
  })

  test('a body that is cut short is an error, not a short success', async () => {
    const server = await serve((request, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('half')
      setTimeout(() => request.socket.destroy(), 10)
    })
    const response = await client().send({ url: new URL(server.origin) })
    await expect(response.bytes(100)).rejects.toMatchObject({ code: 'unreachable' })
  })

  test('a body past its bound is too large', async () => {
    const server = await serve((_, response) => response.end('x'.repeat(101)))
    const response = await client().send({ url: new URL(server.origin) })
    await expect(response.bytes(100)).rejects.toMatchObject({ code: 'too-large' })
  })

  test('an aborted request throws the reason of the abort', async () => {
    const server = await serve(() => {})
    const controller = new AbortController()
    const sent = client().send({ url: new URL(server.origin), signal: controller.signal })
    controller.abort(new Error('enough'))
    await expect(sent).rejects.toThrow('enough')
  })

  test('connections are kept for the next request', async () => {
    const sockets = new Set<unknown>()
    const server = await serve((request, response) => {
      sockets.add(request.socket)
      response.setHeader('content-length', 2)
      response.end('ok')
    })
    const http = client()
    for (let index = 0; index < 3; index++) await text(http, server.origin)
    await (await http.send({ url: new URL(server.origin) })).discard()
    await text(http, server.origin)
    expect(sockets.size).toBe(1)
  })
})

test('the environment’s proxy is not asked for loopback', async () => {
  const proxy = await serve((_, response) => response.end('proxy'))
  const server = await serve((_, response) => response.end('server'))
  const http = client({ environment: { HTTP_PROXY: proxy.origin, HTTPS_PROXY: proxy.origin } })
  expect((await text(http, server.origin)).text).toBe('server')
})

test('the environment’s proxy is asked for the rest, and NO_PROXY holds', async () => {
  const connects: string[] = []
  const proxy = createServer()
  proxy.on('connect', (request, socket) => {
    connects.push(request.url ?? '')
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  const https_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const http = client({ environment: { https_proxy, no_proxy: '192.0.2.7' } })
  expect(await failure(http, { url: 'https://registry.example/v2/', tries: 1 })).toBe('unreachable')
  await failure(http, { url: 'https://192.0.2.7/', tries: 1, timeoutMilliseconds: 50 })
  await new Promise((resolve) => proxy.close(resolve))
  expect(connects).toEqual(['registry.example:443'])
})

describe('TLS', () => {
  let origin: string
  let directory: string
  let stop: () => void
  beforeEach(async () => {
    const target = await serve((_, response) => response.end('plain'))
    const server = createTlsServer({ cert: certificate, key }, (request, response) => {
      if (request.url === '/down') response.writeHead(302, { location: target.origin }).end()
      else response.end('secret')
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    origin = `https://127.0.0.1:${(server.address() as AddressInfo).port}`
    directory = await mkdtemp(path.join(tmpdir(), 'tls-'))
    await writeFile(path.join(directory, 'ca.pem'), certificate)
    stop = () => {
      server.close()
      server.closeAllConnections()
    }
  })
  afterEach(async () => {
    stop()
    await rm(directory, { recursive: true })
  })

  test('a certificate that no authority vouches for is not taken', async () => {
    expect(await failure(client(), { url: origin, tries: 1 })).toBe('unreachable')
  })

  test('the authorities of SSL_CERT_FILE are', async () => {
    const http = client({ environment: { SSL_CERT_FILE: path.join(directory, 'ca.pem') } })
    expect((await text(http, origin)).text).toBe('secret')
  })

  test('a redirect from TLS to plain HTTP is refused, to loopback too', async () => {
    const http = client({ environment: { SSL_CERT_FILE: path.join(directory, 'ca.pem') } })
    expect(await failure(http, { url: `${origin}/down` })).toBe('insecure')
  })

  test('a SSL_CERT_FILE that is not there is said', async () => {
    await expect(client({ environment: { SSL_CERT_FILE: '/none.pem' } }).send({ url: new URL(origin) })).rejects.toThrow(
      'SSL_CERT_FILE names "/none.pem"',
    )
  })
})
