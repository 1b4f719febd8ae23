/** One repository of a registry on loopback, to put an image and its signatures into. */
import type { Descriptor } from '../../src/oci/source.ts'
import { buildImage } from './image.ts'
import { artifactManifest, emptyMediaType, manifestMediaType, sha256, type WritableRepository } from './memory-repository.ts'
import type { TestRegistry } from './registry.ts'

export interface RegistryRepository extends WritableRepository {
  readonly name: string
  /** An image of one small layer, tagged `1`; what tells it from others is the name of its repository. */
  readonly image: Descriptor
  /** `host/name:1@sha256:…` */
  readonly reference: string
}

export function registryRepository(registry: TestRegistry, name: string): RegistryRepository {
  const image = buildImage({ layers: [{ 'etc/name': name }] })
  registry.push(name, '1', image)
  const { mediaType, digest, size } = image.descriptor
  const add: WritableRepository['add'] = (content, type, more = {}) => {
    const bytes = Buffer.from(content as Uint8Array)
    registry.blobs.set(sha256(bytes), bytes)
    return { mediaType: type, digest: sha256(bytes), size: bytes.length, ...more }
  }
  return {
    name,
    image: { mediaType, digest, size },
    reference: `${registry.host}/${name}:1@${digest}`,
    add,
    addManifest(layers, { artifactType, annotations, subject } = {}) {
      const bytes = Buffer.from(artifactManifest(add('{}', emptyMediaType), layers, { artifactType, annotations, subject }))
      const { mediaType, digest, size } = registry.pushManifest(name, undefined, manifestMediaType, bytes)
      return { mediaType, digest, size }
    },
    tag: (tag, descriptor) => void registry.tags.set(`${name}:${tag}`, descriptor.digest),
  }
}

/** For a registry without the referrers API: an index below a tag made of the digest. https://github.com/opencontainers/distribution-spec/blob/main/spec.md#referrers-tag-schema */
export function tagReferrers(registry: TestRegistry, { name, image }: RegistryRepository): void {
  const manifests = [...registry.types].flatMap(([digest, mediaType]) => {
    const bytes = registry.blobs.get(digest) ?? new Uint8Array()
    const { subject, artifactType } = JSON.parse(Buffer.from(bytes).toString())
    return subject?.digest === image.digest ? [{ mediaType, digest, size: bytes.length, artifactType }] : []
  })
  const mediaType = 'application/vnd.oci.image.index.v1+json'
  const index = Buffer.from(JSON.stringify({ schemaVersion: 2, mediaType, manifests }))
  registry.pushManifest(name, image.digest.replace(':', '-'), mediaType, index)
}
