/** An image taken apart: the platform's manifest, its configuration, its layers with their history. */
import type { Descriptor, Digest, Platform, Reference } from './source.ts'

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
  /** All history entries, those that made no layer too. */
  readonly history: readonly {
    readonly createdBy?: string
    readonly created?: string
    readonly comment?: string
    readonly emptyLayer: boolean
  }[]
}
