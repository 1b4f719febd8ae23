/** Small images with fixed time stamps: the same input gives the same digests. Written as a layout, an oci-archive or a docker-archive. */
import { createHash } from 'node:crypto'
import { mkdir, writeFile } from 'node:fs/promises'
import path from 'node:path'
import zlib from 'node:zlib'
import { ociConfig, ociIndex, ociLayer, ociManifest } from '../../src/oci/media-types.ts'
import type { Digest } from '../../src/oci/source.ts'
import { buildTar, type TarFiles } from './tar.ts'

export type LayerCompression = 'none' | 'gzip' | 'zstd'

export interface LayerSpec {
  readonly files?: TarFiles
  /** In place of `files`: the tar itself. */
  readonly tar?: Uint8Array
  readonly compression?: LayerCompression
  readonly createdBy?: string
  /** In place of the one that goes with the compression. */
  readonly mediaType?: string
}

export interface ImageSpec {
  /** From the base up: files by path, or more about the layer. */
  readonly layers: readonly (TarFiles | LayerSpec)[]
  readonly architecture?: string
  readonly os?: string
  readonly variant?: string
  /** `config` of the configuration: `User`, `Env`, `Entrypoint`, … */
  readonly config?: Readonly<Record<string, unknown>>
  readonly annotations?: Readonly<Record<string, string>>
  /** When the configuration says that it was made. */
  readonly created?: string
  /** `history` in place of one entry a layer. */
  readonly history?: readonly Readonly<Record<string, unknown>>[]
  readonly subject?: BlobDescriptor
  readonly artifactType?: string
}

export interface BlobDescriptor {
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
  readonly platform?: { readonly os: string; readonly architecture: string; readonly variant?: string }
  readonly annotations?: Readonly<Record<string, string>>
  readonly artifactType?: string
}

export interface BuiltImage {
  readonly descriptor: BlobDescriptor
  readonly configDescriptor: BlobDescriptor
  readonly layers: readonly BlobDescriptor[]
  readonly diffIds: readonly Digest[]
  readonly tars: readonly Uint8Array[]
  /** Manifest, config and layers, by digest. */
  readonly blobs: ReadonlyMap<Digest, Uint8Array>
}

const created = '2024-01-01T00:00:00Z'

export function buildImage(spec: ImageSpec): BuiltImage {
  const blobs = new Map<Digest, Uint8Array>()
  const put = (mediaType: string, bytes: Uint8Array): BlobDescriptor => {
    const digest = digestOf(bytes)
    blobs.set(digest, bytes)
    return { mediaType, digest, size: bytes.length }
  }
  const specs = spec.layers.map(layerSpec)
  const tars = specs.map((layer) => layer.tar ?? buildTar(layer.files ?? {}))
  const layers = specs.map((layer, index) =>
    put(layer.mediaType ?? mediaTypeOf(layer.compression), compress(tars[index] ?? Buffer.alloc(0), layer.compression)),
  )
  const diffIds = tars.map(digestOf)
  const platform = {
    os: spec.os ?? 'linux',
    architecture: spec.architecture ?? 'amd64',
    ...(spec.variant ? { variant: spec.variant } : {}),
  }
  const configDescriptor = put(
    ociConfig,
    json({
      created: spec.created ?? created,
      ...platform,
      config: spec.config ?? {},
      rootfs: { type: 'layers', diff_ids: diffIds },
      history: spec.history ?? specs.map((layer, index) => ({ created, created_by: layer.createdBy ?? `layer ${index + 1}` })),
    }),
  )
  const descriptor = put(
    ociManifest,
    json({
      schemaVersion: 2,
      mediaType: ociManifest,
      ...(spec.artifactType ? { artifactType: spec.artifactType } : {}),
      config: configDescriptor,
      layers,
      ...(spec.subject ? { subject: spec.subject } : {}),
      ...(spec.annotations ? { annotations: spec.annotations } : {}),
    }),
  )
  return { descriptor: { ...descriptor, platform }, configDescriptor, layers, diffIds, tars, blobs }
}

/** An index over images, with its bytes. */
export function buildIndex(manifests: readonly BlobDescriptor[], mediaType = ociIndex): { descriptor: BlobDescriptor; bytes: Uint8Array } {
  const bytes = json({ schemaVersion: 2, mediaType, manifests })
  return { descriptor: { mediaType, digest: digestOf(bytes), size: bytes.length }, bytes }
}

export interface LayoutSpec {
  /** What `index.json` lists, each with its tag where it has one. */
  readonly entries: readonly { readonly descriptor: BlobDescriptor; readonly tag?: string }[]
  readonly blobs: Iterable<readonly [Digest, Uint8Array]>
}

/** Files of a layout by name. */
export function layoutFiles(spec: LayoutSpec): Map<string, Uint8Array> {
  const manifests = spec.entries.map(({ descriptor, tag }) =>
    tag === undefined
      ? descriptor
      : { ...descriptor, annotations: { ...descriptor.annotations, 'org.opencontainers.image.ref.name': tag } },
  )
  return new Map([
    ['oci-layout', json({ imageLayoutVersion: '1.0.0' })],
    ['index.json', json({ schemaVersion: 2, mediaType: ociIndex, manifests })],
    ...[...spec.blobs].map(([digest, bytes]): [string, Uint8Array] => [`blobs/${digest.replace(':', '/')}`, bytes]),
  ])
}

/** Writes a layout that other tools read too. */
export async function writeLayout(directory: string, spec: LayoutSpec): Promise<void> {
  for (const [name, bytes] of layoutFiles(spec)) {
    const file = path.join(directory, name)
    await mkdir(path.dirname(file), { recursive: true })
    await writeFile(file, bytes)
  }
}

export async function writeOciArchive(file: string, spec: LayoutSpec): Promise<void> {
  await writeFile(file, buildTar(Object.fromEntries(layoutFiles(spec))))
}

/** The old form: `<id>/layer.tar`, `<config>.json`, `manifest.json`. A layer that comes again is a link to the first. */
export function dockerArchive(images: readonly { readonly image: BuiltImage; readonly tags: readonly string[] }[]): Buffer {
  const files: Record<string, Uint8Array | { symlink: string }> = {}
  const places = new Map<Digest, string>()
  const entries = images.map(({ image, tags }, number) => {
    const config = image.blobs.get(image.configDescriptor.digest) ?? Buffer.alloc(0)
    const configName = `${image.configDescriptor.digest.slice(7)}.json`
    files[configName] = config
    const layers = image.tars.map((tar, index) => {
      const digest = image.diffIds[index] ?? ''
      const name = `${digest.slice(7)}${number}/layer.tar`
      const before = places.get(digest)
      if (before === undefined) places.set(digest, name)
      files[name] = before === undefined ? tar : { symlink: `../${before}` }
      return name
    })
    return { Config: configName, RepoTags: tags, Layers: layers }
  })
  files['manifest.json'] = json(entries)
  return buildTar(files)
}

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}

export function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value))
}

function layerSpec(given: TarFiles | LayerSpec): LayerSpec {
  const isSpec = 'files' in given && typeof given.files === 'object' && !(given.files instanceof Uint8Array) && !('content' in given.files)
  if (isSpec || ('tar' in given && given.tar instanceof Uint8Array && Object.keys(given).every((key) => specKeys.has(key))))
    return given as LayerSpec
  return { files: given as TarFiles }
}

const specKeys: ReadonlySet<string> = new Set(['files', 'tar', 'compression', 'createdBy', 'mediaType'])

function mediaTypeOf(compression: LayerCompression = 'gzip'): string {
  return compression === 'none' ? ociLayer : `${ociLayer}+${compression}`
}

function compress(tar: Uint8Array, compression: LayerCompression = 'gzip'): Uint8Array {
  if (compression === 'none') return tar
  return compression === 'gzip' ? zlib.gzipSync(tar, { level: 6 }) : zlib.zstdCompressSync(tar)
}
