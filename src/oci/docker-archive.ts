/**
 * Archives of `docker save`: `manifest.json` names, for each image, its configuration and its layers.
 * https://github.com/moby/docker-image-spec/blob/main/spec.md#combined-image-json--filesystem-changeset-format
 */
import { createHash } from 'node:crypto'
import { quote } from '../findings.ts'
import type { ContentFiles } from './content-files.ts'
import { isObject, parseJsonObject, strings } from './descriptor.ts'
import { RegistryError } from './errors.ts'
import { parseImageConfig } from './image-config.ts'
import { readFile } from './layout.ts'
import { compressionOfMagic, ociConfig, ociLayer, ociManifest } from './media-types.ts'
import { parseReference } from './reference.ts'
import type { Descriptor, Digest, ImageSource, Reference } from './source.ts'
import { collectBytes } from './verified.ts'

const maxImages = 1000

export interface DockerArchive {
  readonly source: ImageSource
  /** Of each image in the archive, in order. The manifest is made here (the archive has none), always the same for the same image. */
  readonly images: readonly { readonly descriptor: Descriptor; readonly names: readonly Reference[] }[]
}

/** Reads names and configurations, no layers. Throws RegistryError. */
export async function dockerArchiveOf(files: ContentFiles, signal: AbortSignal): Promise<DockerArchive> {
  const names = new Map<Digest, { readonly file: string } | { readonly bytes: Uint8Array }>()
  const images: { readonly descriptor: Descriptor; readonly names: readonly Reference[] }[] = []
  for (const entry of await readEntries(files, signal)) {
    const what = `the image ${quote(strings(entry.RepoTags)[0] ?? String(entry.Config))} in ${files.place}`
    const { descriptor, blobs } = await imageOf(files, entry, what, signal)
    for (const [digest, blob] of blobs) names.set(digest, blob)
    images.push({ descriptor, names: strings(entry.RepoTags).map(parseReference) })
  }
  return {
    images,
    source: {
      async resolve(reference) {
        const found = images.find(({ descriptor, names }) =>
          reference.digest === undefined ? names.some((name) => isSameName(name, reference)) : descriptor.digest === reference.digest,
        )
        if (!found) throw new RegistryError('not-found', `${files.place} has no image ${quote(reference.text)}`)
        return found.descriptor
      },
      async *read(descriptor, signal) {
        const blob = names.get(descriptor.digest)
        if (!blob) throw new RegistryError('not-found', `${files.place} has no ${descriptor.digest}`)
        if ('bytes' in blob) yield blob.bytes
        else yield* files.read(blob.file, signal)
      },
      async *referrers() {
        // An archive of this form holds images alone.
      },
    },
  }
}

type Blobs = Map<Digest, { readonly file: string } | { readonly bytes: Uint8Array }>

async function imageOf(
  files: ContentFiles,
  entry: Readonly<Record<string, unknown>>,
  what: string,
  signal: AbortSignal,
): Promise<{ descriptor: Descriptor; blobs: Blobs }> {
  if (typeof entry.Config !== 'string') throw new RegistryError('malformed', `${what} names no config`)
  const blobs: Blobs = new Map()
  const configBytes = await readFile(files, entry.Config, signal)
  const { diffIds } = parseImageConfig(parseJsonObject(configBytes, `the config of ${what}`), `the config of ${what}`)
  const layerFiles = strings(entry.Layers)
  if (layerFiles.length !== diffIds.length)
    throw new RegistryError('malformed', `${what} has ${layerFiles.length} layers, its config has ${diffIds.length} diff_ids`)
  const layers = []
  for (const [index, file] of layerFiles.entries()) {
    const layer = await layerOf(files, file, diffIds[index] ?? '', what, signal)
    blobs.set(layer.digest, { file })
    layers.push(layer)
  }
  const config = { mediaType: ociConfig, digest: digestOf(configBytes), size: configBytes.length }
  const manifestBytes = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType: ociManifest, config, layers }))
  const descriptor = { mediaType: ociManifest, digest: digestOf(manifestBytes), size: manifestBytes.length }
  blobs.set(config.digest, { bytes: configBytes })
  blobs.set(descriptor.digest, { bytes: manifestBytes })
  return { descriptor, blobs }
}

/** An unpacked layer has the digest that the configuration gives it. Some tools put compressed ones in, whose digest has to be computed. */
async function layerOf(files: ContentFiles, file: string, diffId: Digest, what: string, signal: AbortSignal): Promise<Descriptor> {
  const size = await files.size(file)
  if (size === undefined) throw new RegistryError('malformed', `${what} names the layer ${quote(file)}, which is not in the archive`)
  const start = await collectBytes(files.read(file, signal, { start: 0, length: 4 }), 4, file)
  const compression = compressionOfMagic(start)
  if (compression === 'none') return { mediaType: ociLayer, digest: diffId, size }
  const hash = createHash('sha256')
  for await (const chunk of files.read(file, signal)) hash.update(chunk)
  return { mediaType: `${ociLayer}+${compression}`, digest: `sha256:${hash.digest('hex')}`, size }
}

async function readEntries(files: ContentFiles, signal: AbortSignal): Promise<Readonly<Record<string, unknown>>[]> {
  const what = `manifest.json in ${files.place}`
  const bytes = await readFile(files, 'manifest.json', signal)
  const { list } = parseJsonObject(Buffer.concat([Buffer.from('{"list":'), bytes, Buffer.from('}')]), what)
  if (!Array.isArray(list) || !list.every(isObject)) throw new RegistryError('malformed', `${what} is not a list of images`)
  if (list.length > maxImages) throw new RegistryError('too-large', `${what} has ${list.length} images, more than ${maxImages}`)
  return list
}

function isSameName(left: Reference, right: Reference): boolean {
  return left.registry === right.registry && left.repository === right.repository && left.tag === right.tag
}

function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`
}
