import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { parseChallenges } from '../../src/oci/challenge.ts'
import type { Credential } from '../../src/oci/credentials.ts'
import { openImages } from '../../src/oci/image.ts'
import { registrySenders } from '../../src/oci/registry-auth.ts'
import { openSource } from '../../src/oci/sources.ts'
import { buildImage } from '../builders/image.ts'
import { fail, startRegistry, type TestRegistry } from '../builders/registry.ts'

const image = buildImage({ layers: [{ a: 'x' }] })
const { signal } = new AbortController()

interface TokenServer {
  readonly origin: string
  readonly seen: { method: string; url: string; authorization: string | undefined; body: string }[]
  answer: (request: IncomingMessage, response: ServerResponse) => void
  close(): Promise<void>
}

let registry: TestRegistry
let tokens: TokenServer
let http: HttpClient
let now: number

beforeEach(async () => {
  registry = await startRegistry()
  registry.push('acme/shop', '1', image)
  tokens = await startTokenServer()
  http = createHttp({ sleep: async () => {} })
  now = 1_000_000
})
afterEach(async () => {
  http.close()
  await Promise.all([registry.close(), tokens.close()])
})

async function startTokenServer(): Promise<TokenServer> {
  const seen: TokenServer['seen'] = []
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      seen.push({ method: request.method ?? '', url: request.url ?? '', authorization: request.headers.authorization, body })
      result.answer(request, response)
    })
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const result: TokenServer = {
    origin: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    answer: (_, response) => response.end(JSON.stringify({ token: `token-${seen.length}`, expires_in: 300 })),
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return result
}

/** The registry asks with this challenge until `accepts` says that the request may pass. */
function guard(challenge: string, accepts: (authorization: string | undefined) => boolean): void {
  registry.intercept = (request, response) => {
    if (accepts(request.headers.authorization)) return false
    response.setHeader('www-authenticate', challenge)
    fail(response, 401, 'UNAUTHORIZED')
    return true
  }
}

const bearer = (): string => `Bearer realm="${tokens.origin}/token",service="registry.test",scope="repository:acme/shop:pull"`

function pull(credential?: Credential, senders = registrySenders(http, { find: async () => credential }, () => now)) {
  const text = `${registry.host}/acme/shop:1`
  return openSource(text, { http, signal, senderFor: senders.senderFor }).then(async ({ source, reference }) => {
    const [found] = await openImages(source, reference, 'linux/amd64', signal)
    for (const { descriptor } of found?.layers ?? []) for await (const _ of source.read(descriptor, signal));
    return found?.manifestDigest
  })
}

const password: Credential = { kind: 'password', username: 'me', password: 's3cret' }
const basicHeader = `Basic ${Buffer.from('me:s3cret').toString('base64')}`

describe('Basic', () => {
  test('the password goes to the registry after its challenge, once asked for', async () => {
    guard('Basic realm="registry"', (authorization) => authorization === basicHeader)
    expect(await pull(password)).toBe(image.descriptor.digest)
    expect(registry.seen.map(({ headers }) => headers.authorization)).toEqual([undefined, basicHeader, basicHeader, basicHeader])
  })

  test('no credentials are a clear refusal', async () => {
    guard('Basic realm="registry"', () => false)
    await expect(pull()).rejects.toMatchObject({
      code: 'unauthorized',
      message: `${registry.host} asks for a user and a password: and there are no credentials for it`,
    })
  })

  test('a wrong password ends after one more try, and is in no message', async () => {
    guard('Basic realm="registry"', () => false)
    const error = await pull(password).catch((thrown: Error) => thrown)
    expect(error).toMatchObject({ code: 'unauthorized' })
    expect(String(error)).not.toContain('s3cret')
    expect(registry.seen).toHaveLength(2)
  })
})

describe('Bearer', () => {
  test('an anonymous token is fetched once and used for all requests', async () => {
    guard(bearer(), (authorization) => authorization === 'Bearer token-1')
    expect(await pull()).toBe(image.descriptor.digest)
    expect(tokens.seen).toEqual([
      { method: 'GET', url: '/token?service=registry.test&scope=repository%3Aacme%2Fshop%3Apull', authorization: undefined, body: '' },
    ])
    expect(registry.seen).toHaveLength(4)
  })

  test('a password goes to the token server and not to the registry', async () => {
    guard(bearer(), (authorization) => authorization === 'Bearer token-1')
    expect(await pull(password)).toBe(image.descriptor.digest)
    expect(tokens.seen.map(({ authorization }) => authorization)).toEqual([basicHeader])
    expect(registry.seen.map(({ headers }) => headers.authorization)).toEqual([
      undefined,
      'Bearer token-1',
      'Bearer token-1',
      'Bearer token-1',
    ])
  })

  test('an identity token is exchanged by POST', async () => {
    guard(bearer(), (authorization) => authorization === 'Bearer access')
    tokens.answer = (_, response) => response.end(JSON.stringify({ access_token: 'access' }))
    expect(await pull({ kind: 'identity-token', token: 'refresh-me' })).toBe(image.descriptor.digest)
    const [asked] = tokens.seen
    expect([asked?.method, asked?.url, Object.fromEntries(new URLSearchParams(asked?.body))]).toEqual([
      'POST',
      '/token',
      {
        service: 'registry.test',
        scope: 'repository:acme/shop:pull',
        grant_type: 'refresh_token',
        client_id: 'portcullis',
        refresh_token: 'refresh-me',
      },
    ])
  })

  test('a registry token is used as it is', async () => {
    guard(bearer(), (authorization) => authorization === 'Bearer mine')
    expect(await pull({ kind: 'registry-token', token: 'mine' })).toBe(image.descriptor.digest)
    expect(tokens.seen).toEqual([])
  })

  test('a token that has expired is fetched anew', async () => {
    guard(bearer(), (authorization) => authorization === `Bearer token-${tokens.seen.length}`)
    const senders = registrySenders(http, undefined, () => now)
    await pull(undefined, senders)
    now += 299_000
    await pull(undefined, senders)
    expect(tokens.seen).toHaveLength(2)
  })

  test('many requests at once fetch one token', async () => {
    guard(bearer(), (authorization) => authorization === 'Bearer token-1')
    const senders = registrySenders(http, undefined, () => now)
    await Promise.all(Array.from({ length: 8 }, () => pull(undefined, senders)))
    expect(tokens.seen).toHaveLength(1)
  })

  test('a challenge that loops ends', async () => {
    guard(bearer(), () => false)
    await expect(pull(password)).rejects.toMatchObject({ code: 'unauthorized' })
    expect([registry.seen.length, tokens.seen.length]).toEqual([2, 1])
  })

  test('a token server that redirects elsewhere does not hand the password on', async () => {
    const other = await startTokenServer()
    guard(bearer(), (authorization) => authorization === 'Bearer token-1')
    tokens.answer = (request, response) => response.writeHead(302, { location: `${other.origin}${request.url}` }).end()
    await pull(password)
    expect(other.seen.map(({ authorization }) => authorization)).toEqual([undefined])
    await other.close()
  })

  test.each([
    ['Bearer realm="https://169.254.169.254/token"', 'unreachable'],
    ['Bearer realm="http://token.example/"', 'unreachable'],
    ['Bearer realm="ftp://127.0.0.1/"', 'unreachable'],
    ['Bearer realm="http://["', 'malformed'],
  ])('the token server of %s is %s', async (challenge, code) => {
    guard(challenge, () => false)
    await expect(pull(password)).rejects.toMatchObject({ code })
  })

  test('a registry out there does not send us to a token server of this machine', async () => {
    const asked: string[] = []
    const stub: HttpClient = {
      async send({ url }) {
        asked.push(url.href)
        const headers = new Map([['www-authenticate', 'Bearer realm="http://localhost:2375/token"']])
        const nothing = (async function* () {})()
        return { status: 401, headers, url, body: nothing, bytes: async () => new Uint8Array(), discard: async () => {} }
      },
      close() {},
    }
    const send = registrySenders(stub, { find: async () => password }).senderFor('registry.example', 'a')
    await expect(send({ url: new URL('https://registry.example/v2/a/manifests/1') })).rejects.toThrow(
      'names a token server on this machine',
    )
    expect(asked).toEqual(['https://registry.example/v2/a/manifests/1'])
  })

  test.each([
    ['a web page', '<html></html>', 'malformed'],
    ['no token', '{}', 'malformed'],
    ['a token with a line end', '{"token":"a\\r\\nx-evil: 1"}', 'malformed'],
    ['more than any token', `{"token":"${'a'.repeat(300_000)}"}`, 'too-large'],
  ])('a token server that sends %s', async (_, body, code) => {
    guard(bearer(), () => false)
    tokens.answer = (__, response) => response.end(body)
    await expect(pull()).rejects.toMatchObject({ code })
  })

  test('a token server that refuses says with what it was asked', async () => {
    guard(bearer(), () => false)
    tokens.answer = (_, response) => response.writeHead(401).end()
    await expect(pull()).rejects.toThrow(/answered 401 without credentials/)
    await expect(pull(password)).rejects.toThrow(/answered 401 with the credentials kept for it/)
  })
})

describe('hosts that did not ask', () => {
  test('a blob store that answers a redirect with a challenge gets nothing', async () => {
    const store = await startRegistry()
    const stolen: (string | undefined)[] = []
    store.intercept = (request, response) => {
      stolen.push(request.headers.authorization)
      response.setHeader('www-authenticate', `Basic realm="give me", Bearer realm="http://${store.host}/token"`)
      fail(response, 401, 'UNAUTHORIZED')
      return true
    }
    registry.intercept = (request, response) => {
      if (!request.url?.includes('/blobs/')) return false
      response.writeHead(307, { location: `http://${store.host}${request.url}` }).end()
      return true
    }
    await expect(pull(password)).rejects.toMatchObject({ code: 'unauthorized' })
    expect(stolen).toEqual([undefined])
    expect(tokens.seen).toEqual([])
    await store.close()
  })

  test('credentials are looked up only when the registry asks', async () => {
    let asked = 0
    const find = async () => {
      asked++
      return password
    }
    await pull(undefined, registrySenders(http, { find }))
    expect([asked, registry.seen.some(({ headers }) => headers.authorization !== undefined)]).toEqual([0, false])
  })

  test('a store that fails does not stop a public image, and explains a refusal', async () => {
    const find = async () => {
      throw new Error('the credential helper broke')
    }
    guard(bearer(), (authorization) => authorization === 'Bearer token-1')
    expect(
      await pull(
        undefined,
        registrySenders(http, { find }, () => now),
      ),
    ).toBe(image.descriptor.digest)
    guard('Basic realm="x"', () => false)
    await expect(
      pull(
        undefined,
        registrySenders(http, { find }, () => now),
      ),
    ).rejects.toThrow(/the credential helper broke/)
  })
})

test.each([
  ['Basic realm="a, b"', [['basic', { realm: 'a, b' }]]],
  [
    'Bearer realm="https://x/t",service="s",scope="repository:a:pull,push"',
    [['bearer', { realm: 'https://x/t', service: 's', scope: 'repository:a:pull,push' }]],
  ],
  [
    'Negotiate, Basic realm=x, bearer REALM="a\\"b"',
    [
      ['negotiate', {}],
      ['basic', { realm: 'x' }],
      ['bearer', { realm: 'a"b' }],
    ],
  ],
  ['', []],
  ['Basic realm="open', []],
  [`Basic realm="${'x'.repeat(10_000)}"`, []],
])('the challenge %s is understood', (header, expected) => {
  expect(parseChallenges(header).map(({ scheme, parameters }) => [scheme, Object.fromEntries(parameters)])).toEqual(expected)
})
