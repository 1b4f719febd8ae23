import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { createHttp, type HttpClient } from '../../src/http.ts'
import { type Artifact, attach } from '../../src/oci/attach.ts'
import { credentialStore } from '../../src/oci/credentials.ts'
import { registryWriter } from '../../src/oci/push.ts'
import { parseReference } from '../../src/oci/reference.ts'
import { registry as registrySource } from '../../src/oci/registry.ts'
import { registrySenders } from '../../src/oci/registry-auth.ts'
import { verified } from '../../src/oci/verified.ts'
import { buildImage, digestOf } from '../builders/image.ts'
import { fail, send, startRegistry, type TestRegistry } from '../builders/registry.ts'

const signal = AbortSignal.timeout(20_000)
const image = buildImage({ layers: [{ files: { 'etc/os-release': 'ID=alpine\n' } }] })
const artifact: Artifact = {
  artifactType: 'application/vnd.in-toto+json',
  mediaType: 'application/vnd.in-toto+json',
  bytes: Buffer.from('{"a":1}'),
  annotations: { 'in-toto.io/predicate-type': 'https://example.com/v1' },
}

let registry: TestRegistry
let http: HttpClient
beforeEach(async () => {
  registry = await startRegistry()
  registry.push('acme/shop', '1', image)
  http = createHttp({ sleep: async () => {} })
})
afterEach(async () => {
  http.close()
  await registry.close()
})

function repositoryOf(senders = registrySenders(http)) {
  const options = { registry: registry.host, repository: 'acme/shop', send: senders.senderFor(registry.host, 'acme/shop') }
  return {
    source: verified(registrySource(http, options)),
    writer: registryWriter(options),
    reference: parseReference(`${registry.host}/acme/shop:1`),
  }
}

const asked = () => registry.seen.map(({ method, path }) => `${method} ${path.replace(/sha256:[0-9a-f]{64}|sha256%3A[0-9a-f]{64}/gu, 'D')}`)

describe('a blob', () => {
  test('is pushed with a session and one request, once', async () => {
    const { writer } = repositoryOf()
    const bytes = Buffer.from('hello')
    expect(await writer.blob(bytes, signal)).toBe(digestOf(bytes))
    expect(await writer.blob(bytes, signal)).toBe(digestOf(bytes))
    expect(registry.blobs.get(digestOf(bytes))).toEqual(bytes)
    expect(asked()).toEqual([
      'HEAD /v2/acme/shop/blobs/D',
      'POST /v2/acme/shop/blobs/uploads/',
      'PUT /v2/acme/shop/blobs/uploads/session?state=1&digest=D',
      'HEAD /v2/acme/shop/blobs/D',
    ])
  })

  test('that the registry does not take is an error with its reason', async () => {
    registry.writable = false
    await expect(repositoryOf().writer.blob(Buffer.from('x'), signal)).rejects.toMatchObject({
      code: 'unauthorized',
      message: expect.stringMatching(/^pushing sha256:[0-9a-f]{64} to .*acme\/shop: registry answered 403 \("DENIED"\)$/u),
    })
  })

  test('goes without credentials to a store that the registry names', async () => {
    const store = await startRegistry()
    const seen: unknown[] = []
    store.intercept = (request, response) => {
      seen.push([request.method, request.headers.authorization])
      send(response, 201, '')
      return true
    }
    registry.intercept = (request, response) => {
      if (request.headers.authorization !== `Basic ${Buffer.from('me:secret').toString('base64')}`) {
        response.setHeader('www-authenticate', 'Basic realm="test"')
        fail(response, 401, 'UNAUTHORIZED')
        return true
      }
      if (request.method !== 'POST') return false
      response.setHeader('location', `http://${store.host}/bucket/1?signature=abc`)
      send(response, 202, '')
      return true
    }
    await repositoryOf(registrySenders(http, credentials('me', 'secret'))).writer.blob(Buffer.from('x'), signal)
    expect(seen).toEqual([['PUT', undefined]])
    await store.close()
  })

  test.each([
    ['none', undefined],
    ['no address', 'http://'],
  ])('is not sent where the registry names %s for it', async (_, location) => {
    registry.intercept = (request, response) => {
      if (request.method !== 'POST') return false
      if (location !== undefined) response.setHeader('location', location)
      send(response, 202, '')
      return true
    }
    await expect(repositoryOf().writer.blob(Buffer.from('x'), signal)).rejects.toMatchObject({ code: 'malformed' })
  })

  test.each([
    ['on this machine', 'https://127.0.0.1:9/v2/a/blobs/uploads/1', 'an address on this machine'],
    ['without TLS', 'http://store.example/1', 'an address without TLS'],
  ])('of a registry elsewhere is not sent to an address %s', async (_, location, why) => {
    const response = (status: number, headers: Record<string, string> = {}) => ({
      status,
      headers: new Map(Object.entries(headers)),
      url: new URL('https://registry.example/v2/a/blobs/uploads/'),
      body: (async function* () {})(),
      bytes: async () => new Uint8Array(),
      discard: async () => undefined,
    })
    const sent: string[] = []
    const writer = registryWriter({
      registry: 'registry.example',
      repository: 'a',
      send: async ({ method = 'GET' }) => {
        sent.push(method)
        return method === 'POST' ? response(202, { location }) : response(404)
      },
    })
    await expect(writer.blob(Buffer.from('x'), signal)).rejects.toThrow(why)
    expect(sent).toEqual(['HEAD', 'POST'])
  })

  test('is pushed with a token for pushing, asked for when the registry asks', async () => {
    const scopes: (string | null)[] = []
    const tokens = await startRegistry()
    tokens.intercept = (request, response) => {
      const scope = new URL(request.url ?? '', 'http://t').searchParams.get('scope')
      scopes.push(scope)
      send(response, 200, JSON.stringify({ token: scope?.includes('push') ? 'push' : 'pull' }))
      return true
    }
    registry.intercept = (request, response) => {
      const need = request.method === 'GET' || request.method === 'HEAD' ? 'pull' : 'push'
      const has = request.headers.authorization?.replace('Bearer ', '')
      if (has === 'push' || has === need) return false
      const scope = `repository:acme/shop:${need === 'push' ? 'pull,push' : 'pull'}`
      response.setHeader('www-authenticate', `Bearer realm="http://${tokens.host}/token",service="test",scope="${scope}"`)
      fail(response, 401, 'UNAUTHORIZED')
      return true
    }
    await attach(image.descriptor.digest, artifact, repositoryOf(), signal)
    expect(scopes).toEqual(['repository:acme/shop:pull', 'repository:acme/shop:pull,push'])
    await tokens.close()
  })
})

describe('an artifact of an image', () => {
  const listed = async () =>
    (await Array.fromAsync(repositoryOf().source.referrers(image.descriptor.digest, signal))).map(({ digest }) => digest)

  test.each([true, false])('is listed among what refers to it, with the referrers API: %s', async (referrersApi) => {
    registry.referrersApi = referrersApi
    const digest = await attach(image.descriptor.digest, artifact, repositoryOf(), signal)
    expect(await listed()).toEqual([digest])
    const manifest = JSON.parse(Buffer.from(registry.blobs.get(digest) ?? []).toString())
    const { mediaType, size } = image.descriptor
    expect(manifest).toMatchObject({
      artifactType: artifact.artifactType,
      subject: { mediaType, digest: image.descriptor.digest, size },
      layers: [{ mediaType: artifact.mediaType, digest: digestOf(artifact.bytes), size: 7 }],
    })
    expect(registry.tags.has(`acme/shop:${image.descriptor.digest.replace(':', '-')}`)).toBe(!referrersApi)
  })

  test('without the API keeps what others have listed, to the letter, and is listed once', async () => {
    registry.referrersApi = false
    const other = { mediaType: 'application/vnd.oci.image.manifest.v1+json', digest: digestOf(Buffer.from('{}')), size: 2, 'x-own': [1] }
    registry.blobs.set(other.digest, Buffer.from('{}'))
    const tag = image.descriptor.digest.replace(':', '-')
    const mediaType = 'application/vnd.oci.image.index.v1+json'
    registry.pushManifest('acme/shop', tag, mediaType, Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests: [other] })))
    const digest = await attach(image.descriptor.digest, artifact, repositoryOf(), signal)
    await attach(image.descriptor.digest, artifact, repositoryOf(), signal)
    const index = JSON.parse(Buffer.from(registry.blobs.get(registry.tags.get(`acme/shop:${tag}`) ?? '') ?? []).toString())
    expect(index.manifests).toEqual([other, expect.objectContaining({ digest, artifactType: artifact.artifactType })])
  })

  test('without the API is listed anew where another has written the list at the same moment', async () => {
    registry.referrersApi = false
    let losses = 1
    const tag = image.descriptor.digest.replace(':', '-')
    registry.intercept = (request, response) => {
      if (request.method !== 'PUT' || !request.url?.endsWith(tag) || losses-- <= 0) return false
      // Taken, and written over by somebody else.
      send(response, 201, '')
      return true
    }
    const digest = await attach(image.descriptor.digest, artifact, repositoryOf(), signal)
    expect(await listed()).toEqual([digest])
  })

  test('without the API is not said to be listed where the list never keeps it', async () => {
    registry.referrersApi = false
    const tag = image.descriptor.digest.replace(':', '-')
    registry.intercept = (request, response) => {
      if (request.method !== 'PUT' || !request.url?.endsWith(tag)) return false
      send(response, 201, '')
      return true
    }
    await expect(attach(image.descriptor.digest, artifact, repositoryOf(), signal)).rejects.toThrow('does not keep what is written')
  })

  test('is not pushed for an image that is not there', async () => {
    const gone = attach(digestOf(Buffer.from('gone')), artifact, repositoryOf(), signal)
    await expect(gone).rejects.toMatchObject({ code: 'not-found' })
    expect(registry.seen.filter(({ method }) => method === 'POST')).toEqual([])
  })

  test('that the registry takes for other bytes is an error', async () => {
    registry.intercept = (request, response) => {
      if (request.method !== 'PUT' || !request.url?.includes('/manifests/')) return false
      response.setHeader('docker-content-digest', digestOf(Buffer.from('other')))
      send(response, 201, '')
      return true
    }
    await expect(attach(image.descriptor.digest, artifact, repositoryOf(), signal)).rejects.toMatchObject({ code: 'digest-mismatch' })
  })
})

function credentials(user: string, password: string) {
  const auth = Buffer.from(`${user}:${password}`).toString('base64')
  const file = Buffer.from(JSON.stringify({ auths: { [registry.host]: { auth } } }))
  return credentialStore({ environment: { DOCKER_CONFIG: '/config' }, readFile: async () => file, runHelper: async () => undefined })
}
