/** An image whose layers are in memory, and the source that has them. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import type { Image } from '../../src/oci/image.ts'
import type { Descriptor, ImageSource } from '../../src/oci/source.ts'
import { verified } from '../../src/oci/verified.ts'
import { buildTar, type TarFiles } from '../builders/tar.ts'

export function gzippedTar(files: TarFiles): Buffer {
  return gzipSync(buildTar(files))
}

export interface MemoryImage {
  readonly image: Image
  readonly source: ImageSource
  readonly digests: readonly string[]
  /** How often each blob was read. */
  readonly reads: ReadonlyMap<string, number>
}

export interface StoredLayer {
  readonly bytes: Uint8Array
  readonly mediaType: string
  /** Says another digest than that of the bytes. */
  readonly digest?: string
}

/** Gzip-compressed layers, from the base up, or layers as they are given. */
export function memoryImage(layers: readonly (Uint8Array | StoredLayer)[]): MemoryImage {
  const blobs = new Map<string, Uint8Array>()
  const reads = new Map<string, number>()
  const descriptors = layers.map((layer): Descriptor => {
    const stored = layer instanceof Uint8Array ? { bytes: layer, mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip' } : layer
    const digest = ('digest' in stored && stored.digest) || `sha256:${createHash('sha256').update(stored.bytes).digest('hex')}`
    blobs.set(digest, stored.bytes)
    return { mediaType: stored.mediaType, digest, size: stored.bytes.length }
  })
  const source: ImageSource = {
    resolve: () => Promise.reject(new Error('nothing to resolve')),
    async *read({ digest }) {
      reads.set(digest, (reads.get(digest) ?? 0) + 1)
      const bytes = blobs.get(digest) ?? Buffer.alloc(0)
      for (let start = 0; start < bytes.length; start += 10_000) yield bytes.subarray(start, start + 10_000)
    },
    async *referrers() {},
  }
  const digest = `sha256:${'0'.repeat(64)}`
  const image: Image = {
    reference: { registry: 'example.org', repository: 'test', tag: '1', text: 'example.org/test:1' },
    digest,
    manifestDigest: digest,
    platform: { os: 'linux', architecture: 'amd64' },
    config: { env: [], exposedPorts: [], labels: new Map(), history: [] },
    layers: descriptors.map((descriptor) => ({ descriptor })),
    annotations: new Map(),
  }
  return { image, source: verified(source), digests: descriptors.map((descriptor) => descriptor.digest), reads }
}
