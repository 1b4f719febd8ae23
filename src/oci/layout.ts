/** OCI image layouts. https://github.com/opencontainers/image-spec/blob/main/image-layout.md */
import { quote } from '../findings.ts'
import type { ContentFiles } from './content-files.ts'
import { isObject, listOf, parseDescriptor, parseJsonObject, stringMap } from './descriptor.ts'
import { directoryFiles } from './directory-files.ts'
import { RegistryError } from './errors.ts'
import { isIndexType, ociIndex, ociManifest } from './media-types.ts'
import { maxManifestBytes } from './platform-manifests.ts'
import { isDigest, isTag } from './reference.ts'
import type { Descriptor, Digest, ImageSource } from './source.ts'
import { collectBytes, verifiedBytes } from './verified.ts'

const refName = 'org.opencontainers.image.ref.name'
const maxIndexEntries = 10_000
const maxReferrers = 1000

export function layout(directory: string): ImageSource {
  return layoutOf(directoryFiles(directory))
}

/** `oci:DIR` without a tag names the only entry of the index. Throws RegistryError. */
export async function onlyEntry(files: ContentFiles, signal: AbortSignal): Promise<Descriptor> {
  const entries = await readIndex(files, signal)
  const [first, ...others] = entries
  if (!first) throw new RegistryError('not-found', `${files.place} holds no image`)
  if (others.every(({ digest }) => digest === first.digest)) return first
  const tags = entries.map(({ annotations }) => annotations?.get(refName)).filter((tag) => tag !== undefined)
  throw new RegistryError(
    'not-found',
    `${files.place} holds ${entries.length} images, and none is named: tags are ${tags
      .slice(0, 20)
      .map((tag) => quote(tag, 60))
      .join(', ')}`,
  )
}

export function layoutOf(files: ContentFiles): ImageSource {
  return {
    async resolve(reference, signal) {
      const entries = await readIndex(files, signal)
      if (reference.digest !== undefined) {
        const entry = entries.find(({ digest }) => digest === reference.digest)
        return entry ?? describe(files, reference.digest, signal)
      }
      const matching = entries.filter(({ annotations }) => annotations?.get(refName) === reference.tag)
      const [first] = matching
      if (!first) throw new RegistryError('not-found', `${files.place} has no image with the tag ${quote(reference.tag ?? '')}`)
      if (matching.some(({ digest }) => digest !== first.digest))
        throw new RegistryError('malformed', `${files.place} has several images with the tag ${quote(reference.tag ?? '')}`)
      return first
    },
    read: (descriptor, signal) => files.read(blobName(descriptor.digest), signal),
    async *tags(signal) {
      for (const { annotations } of await readIndex(files, signal)) {
        // A name may also be a whole reference, which is none of this repository's tags.
        const tag = annotations?.get(refName)
        if (tag !== undefined && isTag(tag)) yield tag
      }
    },
    async *referrers(digest, signal) {
      const tag = digest.replace(':', '-')
      for (const entry of await readIndex(files, signal)) {
        if (entry.size > maxManifestBytes) continue
        const what = `manifest ${entry.digest}`
        const manifest = parseJsonObject(await readBlob(files, entry, signal), what)
        if (isObject(manifest.subject) && manifest.subject.digest === digest) yield withTypes(entry, manifest)
        // "Referrers Tag Schema" of the distribution specification, which tools keep when they copy.
        if (entry.annotations?.get(refName) !== tag || !isIndexType(entry.mediaType)) continue
        for (const referrer of listOf(manifest, 'manifests', maxReferrers, what)) yield parseDescriptor(referrer, `an entry of ${what}`)
      }
    },
  }
}

/** The descriptor as the referrers API gives it. Distribution specification 1.1, "Listing Referrers" */
function withTypes(descriptor: Descriptor, manifest: Readonly<Record<string, unknown>>): Descriptor {
  const config = isObject(manifest.config) ? manifest.config.mediaType : undefined
  const artifactType = typeof manifest.artifactType === 'string' ? manifest.artifactType : config
  return {
    ...descriptor,
    ...(typeof artifactType === 'string' ? { artifactType } : {}),
    annotations: new Map([...(descriptor.annotations ?? []), ...stringMap(manifest.annotations)]),
  }
}

async function readIndex(files: ContentFiles, signal: AbortSignal): Promise<Descriptor[]> {
  const marker = parseJsonObject(await readFile(files, 'oci-layout', signal), `oci-layout in ${files.place}`)
  if (marker.imageLayoutVersion !== '1.0.0')
    throw new RegistryError('unsupported', `${files.place} is a layout of a version that is not 1.0.0`)
  const what = `index.json in ${files.place}`
  const index = parseJsonObject(await readFile(files, 'index.json', signal), what)
  return listOf(index, 'manifests', maxIndexEntries, what).map((entry) => parseDescriptor(entry, `an entry of ${what}`))
}

/** A manifest that the index does not list: one of an index below, or one that is only pinned. Its bytes are bounded and checked. */
async function describe(files: ContentFiles, digest: Digest, signal: AbortSignal): Promise<Descriptor> {
  const size = await files.size(blobName(digest))
  if (size === undefined) throw new RegistryError('not-found', `${files.place} has no ${digest}`)
  const manifest = parseJsonObject(await readBlob(files, { mediaType: '', digest, size }, signal), `manifest ${digest}`)
  const said = typeof manifest.mediaType === 'string' ? manifest.mediaType : ''
  if (said !== '') return { mediaType: said, digest, size }
  return { mediaType: manifest.manifests === undefined ? ociManifest : ociIndex, digest, size }
}

async function readBlob(files: ContentFiles, descriptor: Descriptor, signal: AbortSignal): Promise<Uint8Array> {
  if (descriptor.size > maxManifestBytes)
    throw new RegistryError('too-large', `manifest ${descriptor.digest} has ${descriptor.size} bytes, more than ${maxManifestBytes}`)
  return collectBytes(verifiedBytes(descriptor, files.read(blobName(descriptor.digest), signal)), maxManifestBytes, descriptor.digest)
}

export async function readFile(files: ContentFiles, name: string, signal: AbortSignal): Promise<Uint8Array> {
  const size = await files.size(name)
  if (size === undefined) throw new RegistryError('not-found', `${files.place} has no ${name}`)
  if (size > maxManifestBytes)
    throw new RegistryError('too-large', `${name} in ${files.place} has ${size} bytes, more than ${maxManifestBytes}`)
  return collectBytes(files.read(name, signal, { start: 0, length: size }), maxManifestBytes, name)
}

function blobName(digest: Digest): string {
  if (!isDigest(digest)) throw new RegistryError('malformed', `${quote(digest)} is not a digest that can be checked`)
  return `blobs/${digest.replace(':', '/')}`
}
