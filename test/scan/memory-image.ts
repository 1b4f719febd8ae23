/** An image whose layers are in memory, and the source that has them. */
import { createHash } from 'node:crypto'
import { gzipSync } from 'node:zlib'
import { Header } from 'tar'
import type { Image } from '../../src/oci/image.ts'
import type { Descriptor, ImageSource } from '../../src/oci/source.ts'
import { verified } from '../../src/oci/verified.ts'

/** Content of a file; `path/` is a directory; an object is a link or has a mode. */
export type TarMember =
  | string
  | Uint8Array
  | { readonly symlink: string }
  | { readonly hardlink: string }
  | { readonly mode: number; readonly content: Uint8Array }

export function tarOf(members: Readonly<Record<string, TarMember>>): Buffer {
  const blocks: Buffer[] = []
  for (const [path, member] of Object.entries(members)) blocks.push(...memberBlocks(path, member))
  return Buffer.concat([...blocks, Buffer.alloc(1024)])
}

export function gzippedTar(members: Readonly<Record<string, TarMember>>): Buffer {
  return gzipSync(tarOf(members))
}

function memberBlocks(path: string, member: TarMember): Buffer[] {
  const common = { path, uid: 0, gid: 0, mtime: new Date(0) }
  const header = (fields: ConstructorParameters<typeof Header>[0]) => {
    const made = new Header({ ...common, ...(fields as object) })
    const block = Buffer.alloc(512)
    if (made.encode(block)) throw new Error(`${path} needs a PAX header`)
    return block
  }
  if (typeof member === 'string' || member instanceof Uint8Array || 'content' in member) {
    if (path.endsWith('/')) return [header({ type: 'Directory', mode: 0o755, size: 0 })]
    const content = Buffer.from(typeof member === 'object' && 'content' in member ? member.content : (member as string))
    const mode = typeof member === 'object' && 'mode' in member ? member.mode : 0o644
    return [header({ type: 'File', mode, size: content.length }), content, Buffer.alloc((512 - (content.length % 512)) % 512)]
  }
  if ('symlink' in member) return [header({ type: 'SymbolicLink', linkpath: member.symlink, mode: 0o777, size: 0 })]
  return [header({ type: 'Link', linkpath: member.hardlink, mode: 0o644, size: 0 })]
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
