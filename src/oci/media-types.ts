/** Media types of OCI (https://github.com/opencontainers/image-spec/blob/main/media-types.md) and Docker (schema 2). */

export const ociIndex = 'application/vnd.oci.image.index.v1+json'
export const ociManifest = 'application/vnd.oci.image.manifest.v1+json'
export const ociConfig = 'application/vnd.oci.image.config.v1+json'
export const ociLayer = 'application/vnd.oci.image.layer.v1.tar'
export const dockerIndex = 'application/vnd.docker.distribution.manifest.list.v2+json'
export const dockerManifest = 'application/vnd.docker.distribution.manifest.v2+json'
export const dockerConfig = 'application/vnd.docker.container.image.v1+json'

export const manifestTypes: readonly string[] = [ociIndex, ociManifest, dockerIndex, dockerManifest]

export function isIndexType(mediaType: string): boolean {
  return mediaType === ociIndex || mediaType === dockerIndex
}

export function isManifestType(mediaType: string): boolean {
  return mediaType === ociManifest || mediaType === dockerManifest
}

export type Compression = 'none' | 'gzip' | 'zstd'

/** Layers whose bytes may not be distributed: they lie at `urls` of the publisher, not in the registry. */
export function isForeignLayer(mediaType: string): boolean {
  return /\.nondistributable\.|\.foreign\./.test(mediaType)
}

const layerTypes: ReadonlyMap<string, Compression> = new Map([
  [ociLayer, 'none'],
  [`${ociLayer}+gzip`, 'gzip'],
  [`${ociLayer}+zstd`, 'zstd'],
  ['application/vnd.docker.image.rootfs.diff.tar', 'none'],
  ['application/vnd.docker.image.rootfs.diff.tar.gzip', 'gzip'],
  ['application/vnd.docker.image.rootfs.diff.tar.zstd', 'zstd'],
])

/** Undefined for what is no layer. */
export function compressionOf(mediaType: string): Compression | undefined {
  return layerTypes.get(mediaType)
}

/** By the first four bytes: RFC 1952 2.3.1, RFC 8878 3.1.1. */
export function compressionOfMagic(start: Buffer): Compression {
  if (start.length >= 2 && start.readUInt16BE() === 0x1f8b) return 'gzip'
  return start.length >= 4 && start.readUInt32LE() === 0xfd2fb528 ? 'zstd' : 'none'
}
