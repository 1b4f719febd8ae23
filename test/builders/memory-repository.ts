/** A repository in memory: tags, blobs and referrers, with the failures that a registry can have. */
import { createHash } from 'node:crypto'
import { RegistryError, type RegistryErrorCode } from '../../src/oci/errors.ts'
import type { Descriptor, Digest, ImageSource, Reference } from '../../src/oci/source.ts'

/** What signatures are put into. */
export interface WritableRepository {
  add(bytes: Uint8Array | string, mediaType: string, more?: Partial<Descriptor>): Descriptor
  /** A manifest of these layers, with no configuration to speak of. */
  addManifest(layers: readonly Descriptor[], more?: ManifestMembers): Descriptor
  tag(name: string, descriptor: Descriptor): void
}

export interface MemoryRepository extends WritableRepository {
  readonly source: ImageSource
  /** What was asked of the source, in order: `resolve TAG`, `read DIGEST`, `referrers DIGEST`. */
  readonly requests: string[]
  /** From now on this request, in the form above, is answered with an error. */
  fail(request: string, code: RegistryErrorCode): void
}

export interface ManifestMembers {
  readonly artifactType?: string
  readonly annotations?: Readonly<Record<string, string>>
  /** The repository lists the manifest among this one's referrers. */
  readonly subject?: Descriptor
}

export const manifestMediaType = 'application/vnd.oci.image.manifest.v1+json'

export const sha256 = (bytes: Uint8Array | string): Digest => `sha256:${createHash('sha256').update(bytes).digest('hex')}`

export const shop: Reference = { registry: 'ghcr.io', repository: 'acme/shop', tag: '1.4', text: 'ghcr.io/acme/shop:1.4' }

export function memoryRepository(): MemoryRepository {
  const blobs = new Map<Digest, Uint8Array>()
  const tags = new Map<string, Descriptor>()
  const referrers = new Map<Digest, Descriptor[]>()
  const failures = new Map<string, RegistryErrorCode>()
  const requests: string[] = []

  const ask = (request: string, signal: AbortSignal) => {
    signal.throwIfAborted()
    requests.push(request)
    const code = failures.get(request)
    if (code) throw new RegistryError(code, `${request}: ${code}`)
  }
  const add: MemoryRepository['add'] = (content, mediaType, more = {}) => {
    const bytes = typeof content === 'string' ? Buffer.from(content) : content
    const digest = sha256(bytes)
    blobs.set(digest, bytes)
    return { mediaType, digest, size: bytes.length, ...more }
  }

  return {
    requests,
    add,
    addManifest(layers, { artifactType, annotations, subject } = {}) {
      const config = add('{}', emptyMediaType)
      const descriptor = add(artifactManifest(config, layers, { artifactType, annotations, subject }), manifestMediaType, {
        ...(artifactType && { artifactType }),
        ...(annotations && { annotations: new Map(Object.entries(annotations)) }),
      })
      if (subject) referrers.set(subject.digest, [...(referrers.get(subject.digest) ?? []), descriptor])
      return descriptor
    },
    tag: (name, descriptor) => void tags.set(name, descriptor),
    fail: (request, code) => void failures.set(request, code),
    source: {
      async resolve({ tag, digest }, signal) {
        const name = digest ?? tag ?? 'latest'
        ask(`resolve ${name}`, signal)
        const found = tags.get(name)
        if (!found) throw new RegistryError('not-found', `${name} is not there`)
        return found
      },
      async *read({ digest }, signal) {
        ask(`read ${digest}`, signal)
        const bytes = blobs.get(digest)
        if (!bytes) throw new RegistryError('not-found', `${digest} is not there`)
        yield bytes.subarray(0, 10)
        yield bytes.subarray(10)
      },
      async *referrers(digest, signal) {
        ask(`referrers ${digest}`, signal)
        yield* referrers.get(digest) ?? []
      },
    },
  }
}

export const emptyMediaType = 'application/vnd.oci.empty.v1+json'

export function artifactManifest(
  config: Descriptor,
  layers: readonly Descriptor[],
  { artifactType, annotations, subject }: { readonly [Member in keyof ManifestMembers]: ManifestMembers[Member] | undefined },
): string {
  const [mediaType, below] = [manifestMediaType, layers.map(plain)]
  return JSON.stringify({ schemaVersion: 2, mediaType, artifactType, config, layers: below, subject, annotations })
}

function plain(descriptor: Descriptor): unknown {
  return { ...descriptor, annotations: descriptor.annotations && Object.fromEntries(descriptor.annotations) }
}
