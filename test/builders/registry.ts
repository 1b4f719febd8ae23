/** A registry on 127.0.0.1, in this process: enough of the Distribution specification to pull and to push, with switches for what hostile ones do. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { BlobDescriptor, BuiltImage } from './image.ts'
import { digestOf, json } from './image.ts'

export interface Seen {
  readonly method: string
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
}

/** Answers before the registry does; returns true when it did. */
export type Interceptor = (request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>

export interface TestRegistry {
  /** `127.0.0.1:PORT` */
  readonly host: string
  /** Every request, in order. */
  readonly seen: readonly Seen[]
  /** Blobs and manifests by digest, in all repositories. */
  readonly blobs: Map<string, Uint8Array>
  /** `repository:tag` to digest. */
  readonly tags: Map<string, string>
  /** Media types of manifests, by digest. */
  readonly types: Map<string, string>
  /** Whether the referrers API is there (else 404, and the tag has to do). */
  referrersApi: boolean
  /** Whether it lists tags (else 404). */
  tagsApi: boolean
  /** Whether it takes what is pushed (else 403). */
  writable: boolean
  /** Referrers, or tags, on one page. */
  pageSize: number
  intercept: Interceptor | undefined
  /** Adds an image, by tag. */
  push(repository: string, tag: string | undefined, image: Pick<BuiltImage, 'blobs' | 'descriptor'>): void
  /** Adds a document that is a manifest. */
  pushManifest(repository: string, tag: string | undefined, mediaType: string, bytes: Uint8Array): BlobDescriptor
  close(): Promise<void>
}

export async function startRegistry(): Promise<TestRegistry> {
  const seen: Seen[] = []
  const server: Server = createServer((request, response) => {
    seen.push({ method: request.method ?? '', path: request.url ?? '', headers: request.headers as Record<string, string> })
    void answer(registry, request, response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const registry: TestRegistry = {
    host: `127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    blobs: new Map(),
    tags: new Map(),
    types: new Map(),
    referrersApi: true,
    tagsApi: true,
    writable: true,
    pageSize: 100,
    intercept: undefined,
    push(repository, tag, image) {
      for (const [digest, bytes] of image.blobs) registry.blobs.set(digest, bytes)
      registry.types.set(image.descriptor.digest, image.descriptor.mediaType)
      if (tag !== undefined) registry.tags.set(`${repository}:${tag}`, image.descriptor.digest)
    },
    pushManifest(repository, tag, mediaType, bytes) {
      const digest = digestOf(bytes)
      registry.push(repository, tag, { blobs: new Map([[digest, bytes]]), descriptor: { mediaType, digest, size: bytes.length } })
      return { mediaType, digest, size: bytes.length }
    },
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
  return registry
}

async function answer(registry: TestRegistry, request: IncomingMessage, response: ServerResponse): Promise<void> {
  if (registry.intercept && (await registry.intercept(request, response))) return
  const url = new URL(request.url ?? '/', 'http://registry')
  const match = /^\/v2\/(.+)\/(manifests|blobs|referrers)\/([^/]+)$/.exec(url.pathname)
  if (url.pathname === '/v2/') return send(response, 200, '{}')
  const listed = /^\/v2\/(.+)\/tags\/list$/.exec(url.pathname)?.[1]
  if (listed !== undefined) return registry.tagsApi ? tagList(registry, listed, url, response) : fail(response, 404, 'NAME_UNKNOWN')
  if (request.method === 'POST' || request.method === 'PUT') return take(registry, request, response, url)
  if (!match) return fail(response, 404, 'NAME_UNKNOWN')
  const [, repository = '', kind, name = ''] = match
  if (kind === 'referrers') return registry.referrersApi ? referrers(registry, name, url, response) : fail(response, 404, 'NOT_FOUND')
  const digest = name.includes(':') ? name : (registry.tags.get(`${repository}:${name}`) ?? '')
  const bytes = registry.blobs.get(digest)
  if (!bytes) return fail(response, 404, kind === 'blobs' ? 'BLOB_UNKNOWN' : 'MANIFEST_UNKNOWN')
  response.setHeader('docker-content-digest', digest)
  response.setHeader('content-type', (kind === 'manifests' && registry.types.get(digest)) || 'application/octet-stream')
  const range = /^bytes=(\d+)-$/.exec(request.headers.range ?? '')
  if (!range) return send(response, 200, bytes, request.method)
  const start = Number(range[1])
  response.setHeader('content-range', `bytes ${start}-${bytes.length - 1}/${bytes.length}`)
  return send(response, 206, bytes.subarray(start), request.method)
}

/** "Push": a session for each blob, all bytes in one request; a manifest once its blobs are there. */
async function take(registry: TestRegistry, request: IncomingMessage, response: ServerResponse, url: URL): Promise<void> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  const bytes = Buffer.concat(chunks)
  if (!registry.writable) return fail(response, 403, 'DENIED')
  const [, repository = '', upload = ''] = /^\/v2\/(.+)\/blobs\/uploads\/(\w*)$/.exec(url.pathname) ?? []
  if (request.method === 'POST' && repository !== '' && upload === '') {
    response.setHeader('location', `${url.pathname}session?state=1`)
    return send(response, 202, '')
  }
  if (request.method === 'PUT' && upload !== '') {
    const digest = url.searchParams.get('digest') ?? ''
    if (digest !== digestOf(bytes)) return fail(response, 400, 'DIGEST_INVALID')
    registry.blobs.set(digest, bytes)
    return send(response, 201, '')
  }
  const [, name = '', reference = ''] = /^\/v2\/(.+)\/manifests\/([^/]+)$/.exec(url.pathname) ?? []
  if (request.method !== 'PUT' || name === '') return fail(response, 404, 'NAME_UNKNOWN')
  const { config, layers = [], manifests = [], subject } = JSON.parse(bytes.toString())
  const missing = [...(config ? [config] : []), ...layers, ...manifests].some((each) => !registry.blobs.has(each.digest))
  if (missing) return fail(response, 404, 'MANIFEST_BLOB_UNKNOWN')
  const { digest } = registry.pushManifest(
    name,
    reference.includes(':') ? undefined : reference,
    request.headers['content-type'] ?? '',
    bytes,
  )
  response.setHeader('docker-content-digest', digest)
  if (subject && registry.referrersApi) response.setHeader('oci-subject', subject.digest)
  send(response, 201, '')
}

function referrers(registry: TestRegistry, digest: string, url: URL, response: ServerResponse): void {
  const all = [...registry.types].flatMap(([each, mediaType]) => {
    const bytes = registry.blobs.get(each)
    const manifest = JSON.parse(Buffer.from(bytes ?? []).toString() || '{}')
    if (manifest.subject?.digest !== digest || !bytes) return []
    return [
      {
        mediaType,
        digest: each,
        size: bytes.length,
        artifactType: manifest.artifactType ?? manifest.config?.mediaType,
        annotations: manifest.annotations,
      },
    ]
  })
  const start = Number(url.searchParams.get('start') ?? 0)
  const end = start + registry.pageSize
  if (end < all.length) response.setHeader('link', `<${url.pathname}?start=${end}>; rel="next"`)
  const mediaType = 'application/vnd.oci.image.index.v1+json'
  response.setHeader('content-type', mediaType)
  send(response, 200, json({ schemaVersion: 2, mediaType, manifests: all.slice(start, end) }))
}

/** "Listing Tags": in the order of code points, `last` is where the page before ended. */
function tagList(registry: TestRegistry, repository: string, url: URL, response: ServerResponse): void {
  const all = [...registry.tags.keys()].filter((name) => name.startsWith(`${repository}:`)).map((name) => name.slice(repository.length + 1))
  const last = url.searchParams.get('last') ?? ''
  const rest = all.sort().filter((tag) => tag > last)
  const tags = rest.slice(0, Math.min(Number(url.searchParams.get('n') ?? registry.pageSize), registry.pageSize))
  if (rest.length > tags.length) response.setHeader('link', `<${url.pathname}?n=${registry.pageSize}&last=${tags.at(-1)}>; rel="next"`)
  response.setHeader('content-type', 'application/json')
  send(response, 200, json({ name: repository, tags }))
}

export function send(response: ServerResponse, status: number, body: string | Uint8Array, method = 'GET'): void {
  response.statusCode = status
  response.setHeader('content-length', Buffer.from(body as string).length)
  response.end(method === 'HEAD' ? undefined : body)
}

export function fail(response: ServerResponse, status: number, code: string): void {
  response.setHeader('content-type', 'application/json')
  send(response, status, JSON.stringify({ errors: [{ code, message: code.toLowerCase() }] }))
}
