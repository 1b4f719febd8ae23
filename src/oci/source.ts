/** A place that images come from, and the words of the OCI image specification that all sources share. */

/** `sha256:<64 hex digits>` (sha512 likewise). https://github.com/opencontainers/image-spec/blob/main/descriptor.md#digests */
export type Digest = string

/** https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
export interface Descriptor {
  readonly mediaType: string
  readonly digest: Digest
  readonly size: number
  readonly platform?: Platform
  readonly annotations?: ReadonlyMap<string, string>
  readonly artifactType?: string
  readonly urls?: readonly string[]
}

export interface Platform {
  readonly os: string
  readonly architecture: string
  readonly variant?: string
}

/** A name of an image, taken apart. At least one of `tag` and `digest` is there. */
export interface Reference {
  /** Host and port, such as `docker.io` or `127.0.0.1:5000`. */
  readonly registry: string
  readonly repository: string
  readonly tag?: string
  readonly digest?: Digest
  /** As it was written. */
  readonly text: string
}

/**
 * Sources check no digest: `verified(source)` wraps each of them once, and checks the length and the digest of all bytes.
 * Errors are RegistryError (`errors.ts`).
 */
export interface ImageSource {
  /** The manifest or index that the reference names now. */
  resolve(reference: Reference, signal: AbortSignal): Promise<Descriptor>
  /** The bytes of a manifest, config or layer as they are stored, in chunks. May be short, long or wrong. */
  read(descriptor: Descriptor, signal: AbortSignal): AsyncIterable<Uint8Array>
  /** What refers to this digest: signatures, attestations, SBOMs (the referrers API and its tag fallback). */
  referrers(digest: Digest, signal: AbortSignal): AsyncIterable<Descriptor>
  /** The tags of the repository, in any order; absent where the place knows no such list. */
  tags?(signal: AbortSignal): AsyncIterable<string>
}
