/** The image manifest that carries signatures as its layers. https://github.com/opencontainers/image-spec/blob/main/manifest.md */
import type { Descriptor, ImageSource } from '../oci/source.ts'
import { VerificationError } from './errors.ts'
import { readBounded } from './read-bounded.ts'

/** What registries take at least, and most at most: distribution specification, "Pushing Manifests". */
const maxManifestBytes = 4 * 1024 * 1024

export interface ArtifactManifest {
  readonly layers: readonly Descriptor[]
  readonly annotations: ReadonlyMap<string, string>
  readonly artifactType?: string
  /** The manifest that this one refers to. */
  readonly subject?: Descriptor
}

/** Throws VerificationError `malformed` for what is no image manifest, and what `readBounded` throws. */
export async function readArtifactManifest(source: ImageSource, descriptor: Descriptor, signal: AbortSignal): Promise<ArtifactManifest> {
  const bytes = await readBounded(source, descriptor, maxManifestBytes, signal)
  const manifest = parseManifest(bytes)
  if (!manifest) throw new VerificationError('malformed', `${descriptor.digest} is not an image manifest`)
  return manifest
}

function parseManifest(bytes: Uint8Array): ArtifactManifest | undefined {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // Told to the caller as what it is: no manifest.
    return undefined
  }
  if (!isObject(value) || !Array.isArray(value.layers)) return undefined
  const layers = value.layers.map(readDescriptor)
  if (!layers.every((layer) => layer !== undefined)) return undefined
  const subject = readDescriptor(value.subject)
  return {
    layers,
    annotations: readAnnotations(value.annotations),
    ...(typeof value.artifactType === 'string' && { artifactType: value.artifactType }),
    ...(subject && { subject }),
  }
}

function readDescriptor(value: unknown): Descriptor | undefined {
  if (!isObject(value)) return undefined
  const { mediaType, digest, size, annotations } = value
  if (typeof mediaType !== 'string' || typeof digest !== 'string' || !isSize(size)) return undefined
  return { mediaType, digest, size, annotations: readAnnotations(annotations) }
}

function readAnnotations(value: unknown): ReadonlyMap<string, string> {
  if (!isObject(value)) return new Map()
  return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && (value as number) >= 0
}
