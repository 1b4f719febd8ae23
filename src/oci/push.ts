/** Writes into one repository of a registry. https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#push */
import { createHash } from 'node:crypto'
import { quote } from '../findings.ts'
import type { HttpRequest, HttpResponse } from '../http.ts'
import { hostOf, isLoopbackHost } from '../http-address.ts'
import { RegistryError } from './errors.ts'
import { type RegistrySender, registryAddress } from './registry.ts'
import { asRegistryError, statusError } from './registry-errors.ts'
import type { Descriptor, Digest } from './source.ts'

export interface RegistryWriter {
  /** Does nothing where the repository has it already. Throws RegistryError; `unauthorized` without the right to push. */
  blob(bytes: Uint8Array, signal: AbortSignal): Promise<Digest>
  /** Under a tag, or under its own digest. Throws RegistryError. */
  manifest(bytes: Uint8Array, mediaType: string, tag: string | undefined, signal: AbortSignal): Promise<PushedManifest>
}

export interface PushedManifest extends Pick<Descriptor, 'digest' | 'mediaType' | 'size'> {
  /** The registry lists it among the referrers of its subject by itself. "Pushing Manifests with Subject" */
  readonly isListed: boolean
}

export interface WriterOptions {
  readonly registry: string
  readonly repository: string
  /** With the credentials of the registry; one that nobody reads with at the same time, for its tokens are for pushing. */
  readonly send: RegistrySender
}

export function registryWriter({ registry, repository, send }: WriterOptions): RegistryWriter {
  const base = new URL(`v2/${repository}/`, registryAddress(registry))
  const name = `${registry}/${repository}`

  const ask = async (request: HttpRequest, what: string): Promise<HttpResponse> => {
    try {
      return await send(request)
    } catch (error) {
      throw asRegistryError(error, what)
    }
  }

  /** One request for the session, one for all bytes. "Pushing a blob monolithically", POST then PUT */
  const upload = async (bytes: Uint8Array, digest: Digest, signal: AbortSignal): Promise<void> => {
    const what = `pushing ${digest} to ${name}`
    const begun = await ask({ method: 'POST', url: new URL('blobs/uploads/', base), headers: { 'content-length': '0' }, signal }, what)
    if (begun.status !== 202) throw await statusError(begun, what)
    await begun.discard()
    const url = uploadAddress(begun, base, what)
    url.searchParams.append('digest', digest)
    const headers = { 'content-type': 'application/octet-stream' }
    // A session that was begun is not resumed: what breaks is told, and the whole is pushed anew by the next run.
    const ended = await ask({ method: 'PUT', url, headers, body: bytes, signal, tries: 1 }, what)
    if (ended.status !== 201) throw await statusError(ended, what)
    await ended.discard()
  }

  return {
    async blob(bytes, signal) {
      const digest = sha256(bytes)
      const url = new URL(`blobs/${digest}`, base)
      const known = await ask({ method: 'HEAD', url, signal }, `${digest} of ${name}`)
      await known.discard()
      if (known.status !== 200) await upload(bytes, digest, signal)
      return digest
    },
    async manifest(bytes, mediaType, tag, signal) {
      const digest = sha256(bytes)
      const what = `pushing ${tag === undefined ? digest : quote(tag)} to ${name}`
      const url = new URL(`manifests/${tag ?? digest}`, base)
      const response = await ask({ method: 'PUT', url, headers: { 'content-type': mediaType }, body: bytes, signal }, what)
      if (response.status !== 201) throw await statusError(response, what)
      await response.discard()
      const said = response.headers.get('docker-content-digest')
      if (said !== undefined && said !== digest)
        throw new RegistryError('digest-mismatch', `${what}: the registry took it for ${quote(said)}, it is ${digest}`)
      return { digest, mediaType, size: bytes.length, isListed: response.headers.has('oci-subject') }
    },
  }
}

/** Where the bytes go: at the registry, or at a store that it names, which gets no credentials; never at this machine for a registry elsewhere. */
function uploadAddress(response: HttpResponse, base: URL, what: string): URL {
  const location = response.headers.get('location') ?? ''
  if (location === '' || !URL.canParse(location, response.url.href))
    throw new RegistryError('malformed', `${what}: the registry names no address for the upload`)
  const url = new URL(location, response.url)
  url.username = ''
  url.password = ''
  if (isLoopbackHost(hostOf(url)) && !isLoopbackHost(hostOf(base)))
    throw new RegistryError('malformed', `${what}: the registry names an address on this machine, ${quote(url.host)}`)
  if (base.protocol === 'https:' && url.protocol !== 'https:')
    throw new RegistryError('malformed', `${what}: the registry names an address without TLS, ${quote(url.host)}`)
  return url
}

function sha256(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
