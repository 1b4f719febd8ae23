/** One repository of a registry. https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md */
import { createHash } from 'node:crypto'
import { quote } from '../findings.ts'
import type { HttpClient, HttpRequest, HttpResponse } from '../http.ts'
import { isLoopbackHost } from '../http-address.ts'
import { listOf, parseDescriptor, parseJsonObject } from './descriptor.ts'
import { RegistryError } from './errors.ts'
import { isIndexType, isManifestType, manifestTypes } from './media-types.ts'
import { nextPage } from './next-page.ts'
import { maxManifestBytes } from './platform-manifests.ts'
import { formatReference } from './reference.ts'
import { asRegistryError, statusError } from './registry-errors.ts'
import { resumed } from './resume.ts'
import type { Descriptor, Digest, ImageSource } from './source.ts'
import { registryTags } from './tags.ts'
import { collectBytes } from './verified.ts'

/** Sends a request with what the registry asks for, after its challenge. */
export type RegistrySender = (request: HttpRequest) => Promise<HttpResponse>

export interface RegistryOptions {
  readonly registry: string
  readonly repository: string
  /** Default: anonymous. */
  readonly send?: RegistrySender
}

/** Manifests that were read to resolve a reference, kept for their reader. */
const maxKeptManifests = 64
const maxKeptBytes = 256 * 1024
const maxReferrerPages = 20
const maxReferrers = 1000
/** What registries answer that do not have the referrers API: 404 by the specification, the others in practice. */
const withoutReferrers: ReadonlySet<number> = new Set([400, 404, 405, 406])

export function registry(http: HttpClient, options: RegistryOptions): ImageSource {
  const { repository } = options
  const base = new URL(`v2/${repository}/`, registryAddress(options.registry))
  const name = `${options.registry}/${repository}`
  const kept = new Map<Digest, Uint8Array>()
  const sender = options.send ?? http.send.bind(http)

  const send = async (path: string, accept: string, what: string, signal: AbortSignal): Promise<HttpResponse> => {
    const response = await sender({ url: new URL(path, base), headers: { accept }, signal }).catch((error: unknown) => {
      throw asRegistryError(error, what)
    })
    if (response.status === 200) return response
    throw await statusError(response, what)
  }
  const manifestOf = async (wanted: string, what: string, signal: AbortSignal): Promise<Descriptor> => {
    const response = await send(`manifests/${wanted}`, manifestTypes.join(', '), what, signal)
    const bytes = await response.bytes(maxManifestBytes).catch((error: unknown) => {
      throw asRegistryError(error, what)
    })
    const digest = wanted.startsWith('sha512:') ? digestOf('sha512', bytes) : digestOf('sha256', bytes)
    const claimed = response.headers.get('docker-content-digest')
    if (claimed?.startsWith('sha256:') && digest.startsWith('sha256:') && claimed !== digest)
      throw new RegistryError('digest-mismatch', `${what} came with bytes of ${digest}, its registry says ${quote(claimed)}`)
    const mediaType = mediaTypeOf(bytes, response.headers.get('content-type'), what)
    if (kept.size >= maxKeptManifests) kept.clear()
    if (bytes.length <= maxKeptBytes) kept.set(digest, bytes)
    return { mediaType, digest, size: bytes.length }
  }

  const source: ImageSource = {
    resolve: (reference, signal) => manifestOf(reference.digest ?? reference.tag ?? 'latest', formatReference(reference), signal),
    async *read(descriptor, signal) {
      const { digest, mediaType } = descriptor
      const known = kept.get(digest)
      if (known) {
        yield known
        return
      }
      const isManifest = isIndexType(mediaType) || isManifestType(mediaType)
      const accept = isManifest ? manifestTypes.join(', ') : '*/*'
      yield* resumed(
        { url: new URL(`${isManifest ? 'manifests' : 'blobs'}/${digest}`, base), headers: { accept }, signal },
        sender,
        `${digest} of ${name}`,
        descriptor.size,
      )
    },
    referrers,
    tags: (signal) => registryTags((url) => sender({ url, headers: { accept: 'application/json' }, signal }), base, name),
  }
  return source

  async function* referrers(digest: Digest, signal: AbortSignal): AsyncGenerator<Descriptor> {
    const what = `the referrers of ${name}@${digest}`
    let url: URL | undefined = new URL(`referrers/${digest}`, base)
    let found = 0
    for (let page = 0; url; page++) {
      if (page >= maxReferrerPages) throw new RegistryError('too-large', `${what} have more than ${maxReferrerPages} pages`)
      const response: HttpResponse = await sender({ url, headers: { accept: 'application/vnd.oci.image.index.v1+json' }, signal }).catch(
        (error: unknown) => {
          throw asRegistryError(error, what)
        },
      )
      if (page === 0 && withoutReferrers.has(response.status)) {
        await response.discard()
        yield* taggedReferrers(digest, signal)
        return
      }
      if (response.status !== 200) throw await statusError(response, what)
      const bytes = await response.bytes(maxManifestBytes).catch((error: unknown) => {
        throw asRegistryError(error, what)
      })
      for (const entry of listOf(parseJsonObject(bytes, what), 'manifests', maxReferrers, what)) {
        if (++found > maxReferrers) throw new RegistryError('too-large', `${what} are more than ${maxReferrers}`)
        yield parseDescriptor(entry, `an entry of ${what}`)
      }
      url = nextPage(response, what)
    }
  }

  /** "Referrers Tag Schema": an index under the tag `sha256-<hex>`. */
  async function* taggedReferrers(digest: Digest, signal: AbortSignal): AsyncGenerator<Descriptor> {
    const what = `the referrers of ${name}@${digest}`
    const tag = digest.replace(':', '-').slice(0, 128)
    try {
      const descriptor = await manifestOf(tag, what, signal)
      const bytes = await collectBytes(source.read(descriptor, signal), maxManifestBytes, what)
      for (const entry of listOf(parseJsonObject(bytes, what), 'manifests', maxReferrers, what))
        yield parseDescriptor(entry, `an entry of ${what}`)
    } catch (error) {
      if (!(error instanceof RegistryError) || error.code !== 'not-found') throw error
      // No tag, no referrers.
    }
  }
}

/** Plain HTTP at loopback addresses, TLS elsewhere. */
export function registryAddress(host: string): URL {
  if (host === 'docker.io') return new URL('https://registry-1.docker.io/')
  const url = new URL(`https://${host}/`)
  const isLoopback = isLoopbackHost(url.hostname.replace(/^\[|\]$/g, ''))
  return isLoopback ? new URL(`http://${host}/`) : url
}

function mediaTypeOf(bytes: Uint8Array, contentType: string | undefined, what: string): string {
  const said = contentType?.split(';')[0]?.trim() ?? ''
  if (said === 'text/html') throw new RegistryError('malformed', `${what} came as a web page, not as a manifest`)
  const { mediaType } = parseJsonObject(bytes, what)
  return typeof mediaType === 'string' ? mediaType : said
}

function digestOf(algorithm: string, bytes: Uint8Array): Digest {
  return `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`
}
