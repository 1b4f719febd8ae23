/** The image that another one was built on, told by its own annotations or by the layers that it shares with an image that is known. */
import type { Image, ImageLayer } from '../oci/image.ts'
import type { Digest } from '../oci/source.ts'

export interface BaseImage {
  /** Reference, without its digest; absent where only the digest is known. */
  readonly name?: string
  /** Of its manifest. */
  readonly digest?: Digest
  /** How many of the image's lowest layers are the base's; absent where only the annotation says that there is one. */
  readonly layers?: number
}

/** Layers are proof, an annotation is what the builder said: a known image wins. Of several the one with the most layers, then the first by name. */
export function baseImageOf(image: Image, known: readonly Image[]): BaseImage | undefined {
  const [closest] = known
    .filter((candidate) => isBelow(candidate, image))
    .sort((left, right) => right.layers.length - left.layers.length || (left.reference.text < right.reference.text ? -1 : 1))
  if (closest) return { name: closest.reference.text, digest: closest.manifestDigest, layers: closest.layers.length }
  const { annotations, config } = image
  // https://github.com/opencontainers/image-spec/blob/main/annotations.md#pre-defined-annotation-keys; some builders write labels alone.
  const [name, digest] = ['name', 'digest']
    .map((key) => `org.opencontainers.image.base.${key}`)
    .map((key) => annotations.get(key) ?? config.labels.get(key))
  return name || digest ? { ...(name ? { name } : {}), ...(digest ? { digest } : {}) } : undefined
}

/** All layers of `base` are the lowest of `image`, and there are more. */
export function isBelow(base: Image, image: Image): boolean {
  if (base.layers.length === 0 || base.layers.length >= image.layers.length) return false
  return base.layers.every((layer, index) => isSameLayer(layer, image.layers[index]))
}

/** The unpacked content counts: a registry may compress the same layer in another way. */
function isSameLayer(left: ImageLayer, right: ImageLayer | undefined): boolean {
  if (left.diffId !== undefined && right?.diffId !== undefined) return left.diffId === right.diffId
  return left.descriptor.digest === right?.descriptor.digest
}
