/**
 * A cache in a repository of a registry, for machines that share nothing else: an entry is an artifact under a tag made of its key. It is believed only
 * where its bytes have the digest that its manifest names and the holder of the cache's key has signed them for this very key: whoever can write to the
 * repository can cost time, and no more. https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md#guidelines-for-artifact-usage
 */
import { createHash } from 'node:crypto'
import type { HttpRequest } from '../http.ts'
import type { Cache } from './cache.ts'
import type { CacheKey } from './cache-key.ts'
import { isObject, parseDescriptor, parseJsonObject, stringMap } from './descriptor.ts'
import { RegistryError } from './errors.ts'
import { ociManifest } from './media-types.ts'
import { maxManifestBytes } from './platform-manifests.ts'
import { registryWriter } from './push.ts'
import { type RegistrySender, registry } from './registry.ts'
import type { ImageSource, Reference } from './source.ts'
import { collectBytes, readAll, verified } from './verified.ts'

export interface RegistryCacheOptions {
  readonly registry: string
  readonly repository: string
  readonly key: CacheKey
  /** For reading, and for writing: tokens for pushing are asked for apart. */
  readonly senders: { readonly read: RegistrySender; readonly write: RegistrySender }
  readonly signal: AbortSignal
  /** Told once of each thing that keeps the cache from being used. */
  readonly note: (message: string) => void
}

const entryType = 'application/vnd.portcullis.evidence.v1'
const emptyMediaType = 'application/vnd.oci.empty.v1+json'
const signatureAnnotation = 'dev.portcullis.evidence.signature'
/** The evidence of the largest layers has some megabytes. */
const maxEntryBytes = 64 * 1024 * 1024
/** A cache is to save time: it is not waited for as images are. */
const patience = { timeoutMilliseconds: 10_000, tries: 2 }

export function registryCache(options: RegistryCacheOptions): Cache {
  const { key: cacheKey, senders, signal, repository } = options
  const name = `the cache ${options.registry}/${repository}`
  const place = { registry: options.registry, repository }
  const send: RegistrySender = (request: HttpRequest) => senders.read({ ...patience, ...request })
  const source = verified(registry({ send, close: () => undefined }, { ...place, send }))
  const writer = registryWriter({ ...place, send: (request) => senders.write({ ...patience, ...request }) })
  const told = new Set<string>()
  const note = (message: string): void => {
    if (told.has(message)) return
    told.add(message)
    options.note(message)
  }
  // What failed once is not waited for again with every layer.
  let [isReadable, isWritable] = [true, cacheKey.sign !== undefined]
  if (!isWritable) note(`${name} is read and not written: the key is public`)
  let empty: Promise<string> | undefined

  return {
    async read(key) {
      if (!isReadable) return undefined
      try {
        const entry = await readEntry(source, { ...place, tag: tagOf(key), text: name }, signal)
        if (cacheKey.verify(key, entry.bytes, entry.signature)) return entry.bytes
        note(`${name} has an entry that the key ${cacheKey.id.slice(0, 19)} did not sign: it is not used`)
      } catch (error) {
        signal.throwIfAborted()
        const code = error instanceof RegistryError ? error.code : undefined
        if (code === 'not-found') return undefined
        if (code === 'malformed' || code === 'digest-mismatch' || code === 'too-large')
          note(`${name} has an entry that is none: it is not used`)
        else {
          isReadable = false
          note(`${name} is not read: ${error instanceof Error ? error.message : String(error)}`)
        }
      }
      return undefined
    },
    async write(key, bytes) {
      if (!isWritable || cacheKey.sign === undefined || bytes.length > maxEntryBytes) return
      try {
        const signature = cacheKey.sign(key, bytes)
        empty ??= writer.blob(Buffer.from('{}'), signal)
        const [config, layer] = await Promise.all([empty, writer.blob(bytes, signal)])
        const manifest = {
          schemaVersion: 2,
          mediaType: ociManifest,
          artifactType: entryType,
          config: { mediaType: emptyMediaType, digest: config, size: 2 },
          layers: [{ mediaType: entryType, digest: layer, size: bytes.length }],
          annotations: { [signatureAnnotation]: signature },
        }
        await writer.manifest(Buffer.from(JSON.stringify(manifest)), ociManifest, tagOf(key), signal)
      } catch (error) {
        signal.throwIfAborted()
        isWritable = false
        note(`${name} is not written: ${error instanceof Error ? error.message : String(error)}`)
      }
    },
  }
}

interface Entry {
  readonly bytes: Uint8Array
  readonly signature: string
}

/** Throws RegistryError. */
async function readEntry(source: ImageSource, reference: Reference, signal: AbortSignal): Promise<Entry> {
  const found = await source.resolve(reference, signal)
  const { artifactType, layers, annotations } = parseJsonObject(
    await collectBytes(source.read(found, signal), maxManifestBytes, 'an entry'),
    'an entry',
  )
  const [layer, ...more] = Array.isArray(layers) ? layers : []
  const signature = stringMap(annotations).get(signatureAnnotation)
  if (artifactType !== entryType || !isObject(layer) || more.length > 0 || signature === undefined)
    throw new RegistryError('malformed', `${reference.text} has an artifact of another kind`)
  return { bytes: await readAll(source, parseDescriptor(layer, 'an entry'), maxEntryBytes, signal), signature }
}

/** A key has spaces and digests of its own. */
function tagOf(key: string): string {
  return `evidence-${createHash('sha256').update(key).digest('hex')}`
}
