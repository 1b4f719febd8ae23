/** An image taken apart: the platform's manifest, its configuration, its layers with their history. */
import { type JsonObject, listOf, parseDescriptor, parseJsonObject, stringMap } from './descriptor.ts'
import { RegistryError } from './errors.ts'
import { parseImageConfig } from './image-config.ts'
import { dockerConfig, ociConfig } from './media-types.ts'
import { maxManifestBytes, platformManifests } from './platform-manifests.ts'
import type { Descriptor, Digest, ImageSource, Platform, Reference } from './source.ts'
import { readAll } from './verified.ts'

export interface Image {
  readonly reference: Reference
  /** What the reference named: an index or a manifest. Signatures and pins are about this digest. */
  readonly digest: Digest
  /** The manifest of this platform; the same as `digest` where the reference names a manifest. */
  readonly manifestDigest: Digest
  readonly platform: Platform
  readonly config: ImageConfig
  /** From the base up. */
  readonly layers: readonly ImageLayer[]
  readonly annotations: ReadonlyMap<string, string>
}

export interface ImageLayer {
  readonly descriptor: Descriptor
  /** The digest of the unpacked tar, as the configuration says. */
  readonly diffId?: Digest
  /** The instruction that made it (`history[].created_by`). */
  readonly createdBy?: string
}

/** https://github.com/opencontainers/image-spec/blob/main/config.md */
export interface ImageConfig {
  readonly created?: string
  readonly user?: string
  readonly env: readonly string[]
  readonly entrypoint?: readonly string[]
  readonly cmd?: readonly string[]
  readonly exposedPorts: readonly string[]
  readonly labels: ReadonlyMap<string, string>
  readonly workingDir?: string
  readonly healthcheck?: readonly string[]
  /** Paths in the container. */
  readonly volumes?: readonly string[]
  /** All history entries, those that made no layer too. */
  readonly history: readonly {
    readonly createdBy?: string
    readonly created?: string
    readonly comment?: string
    readonly emptyLayer: boolean
  }[]
}

const maxConfigBytes = 8 * 1024 * 1024
/** Overlay file systems stop at 500 layers. https://docs.kernel.org/filesystems/overlayfs.html#multiple-lower-layers */
const maxLayers = 500

/**
 * The image of one platform (`os/architecture[/variant]`), or those of `all`. The reference is resolved once; every digest is checked
 * when `source` is `verified`. Throws RegistryError.
 */
export async function openImages(
  source: ImageSource,
  reference: Reference,
  platform: string,
  signal: AbortSignal,
): Promise<readonly Image[]> {
  const descriptor = await source.resolve(reference, signal)
  const manifests = await platformManifests(source, descriptor, platform, signal)
  return Promise.all(
    manifests.map(async (found) => {
      const what = `manifest ${found.descriptor.digest}`
      const configDescriptor = parseDescriptor(found.manifest.config, `the config of ${what}`)
      if (configDescriptor.mediaType !== ociConfig && configDescriptor.mediaType !== dockerConfig)
        throw new RegistryError(
          'unsupported',
          `${what} is not an image: its config has media type ${JSON.stringify(configDescriptor.mediaType.slice(0, 80))}`,
        )
      const document = parseJsonObject(await readAll(source, configDescriptor, maxConfigBytes, signal), `config ${configDescriptor.digest}`)
      const { config, diffIds, platform: configPlatform } = parseImageConfig(document, `config ${configDescriptor.digest}`)
      return {
        reference,
        digest: descriptor.digest,
        manifestDigest: found.descriptor.digest,
        platform: found.platform ?? configPlatform,
        config,
        layers: joinLayers(found.manifest, diffIds, config, what),
        annotations: stringMap(found.manifest.annotations),
      }
    }),
  )
}

export { maxManifestBytes }

/** A history that does not fit its layers explains none of them. */
function joinLayers(manifest: JsonObject, diffIds: readonly Digest[], config: ImageConfig, what: string): ImageLayer[] {
  const layers = listOf(manifest, 'layers', maxLayers, what)
  if (diffIds.length !== layers.length)
    throw new RegistryError('malformed', `${what} has ${layers.length} layers, its config has ${diffIds.length} diff_ids`)
  const instructions = config.history.filter((entry) => !entry.emptyLayer)
  return layers.map((layer, index) => {
    const diffId = diffIds[index]
    const createdBy = instructions.length === layers.length ? instructions[index]?.createdBy : undefined
    return {
      descriptor: parseDescriptor(layer, `layer ${index + 1} of ${what}`),
      ...(diffId !== undefined ? { diffId } : {}),
      ...(createdBy !== undefined ? { createdBy } : {}),
    }
  })
}
