/** From what a reference names to the manifests of the wanted platforms. https://github.com/opencontainers/image-spec/blob/main/image-index.md */
import { isObject, type JsonObject, listOf, parseDescriptor, parseJsonObject, parsePlatform } from './descriptor.ts'
import { RegistryError } from './errors.ts'
import { isIndexType, isManifestType } from './media-types.ts'
import { formatPlatform, isAttestationPlatform, matchesPlatform, parsePlatformText } from './platform.ts'
import type { Descriptor, ImageSource, Platform } from './source.ts'
import { readAll } from './verified.ts'

/** What registries accept at least, and most at most. Distribution specification 1.1, "Pushing Manifests". */
export const maxManifestBytes = 4 * 1024 * 1024
const maxIndexEntries = 1000
/** Manifests that are read and held at once. */
const maxPlatforms = 100
const maxPlatformBytes = 16 * 1024 * 1024
/** Entries whose configuration is read for their platform. */
const maxUnnamedPlatforms = 100
const maxIndexDepth = 3
const maxIndexes = 50

export interface PlatformManifest {
  readonly descriptor: Descriptor
  readonly manifest: JsonObject
  /** As the index says; undefined where the configuration has to say it. */
  readonly platform?: Platform
}

/** The manifest itself, whatever its platform; from an index the best match, or each one for `all`. Throws RegistryError. */
export async function platformManifests(
  source: ImageSource,
  descriptor: Descriptor,
  platform: string,
  signal: AbortSignal,
): Promise<readonly PlatformManifest[]> {
  const wanted = platform === 'all' ? undefined : parsePlatformText(platform)
  const document = await readManifest(source, descriptor, signal)
  if (!document.isIndex) return [{ descriptor, manifest: document.value }]
  const entries = await indexEntries(source, descriptor, document.value, signal)
  const chosen = wanted ? choose(entries, wanted, descriptor) : entries
  if (chosen.length === 0) throw new RegistryError('not-found', `index ${descriptor.digest} has no images`)
  const sizeBytes = chosen.reduce((total, { size }) => total + size, 0)
  if (chosen.length > maxPlatforms || sizeBytes > maxPlatformBytes)
    throw new RegistryError('too-large', `index ${descriptor.digest} has ${chosen.length} images, with manifests of ${sizeBytes} bytes`)
  return Promise.all(
    chosen.map(async (entry) => {
      const manifest = await readManifest(source, entry, signal)
      if (manifest.isIndex) throw new RegistryError('malformed', `${entry.digest} is an index, its descriptor says that it is a manifest`)
      return { descriptor: entry, manifest: manifest.value, ...(entry.platform ? { platform: entry.platform } : {}) }
    }),
  )
}

/** All image manifests of an index and the indexes in it, each once, in order. */
async function indexEntries(source: ImageSource, top: Descriptor, index: JsonObject, signal: AbortSignal): Promise<Descriptor[]> {
  const found = new Map<string, Descriptor>()
  const seen = new Set([top.digest])
  let unnamed = 0
  const walk = async (value: JsonObject, name: string, depth: number): Promise<void> => {
    for (const element of listOf(value, 'manifests', maxIndexEntries, `index ${name}`)) {
      const entry = parseDescriptor(element, `an entry of index ${name}`)
      if (isIndexType(entry.mediaType)) {
        if (seen.has(entry.digest)) throw new RegistryError('malformed', `index ${name} comes back to ${entry.digest}`)
        if (depth >= maxIndexDepth) throw new RegistryError('too-large', `index ${top.digest} nests deeper than ${maxIndexDepth} indexes`)
        if (seen.size >= maxIndexes) throw new RegistryError('too-large', `index ${top.digest} holds more than ${maxIndexes} indexes`)
        seen.add(entry.digest)
        const inner = await readManifest(source, entry, signal)
        await walk(inner.value, entry.digest, depth + 1)
      } else if (isManifestType(entry.mediaType) && !isAttestation(entry)) {
        if (found.has(entry.digest)) continue
        if (!entry.platform && ++unnamed > maxUnnamedPlatforms)
          throw new RegistryError('too-large', `index ${top.digest} has more than ${maxUnnamedPlatforms} entries without a platform`)
        found.set(entry.digest, { ...entry, platform: entry.platform ?? (await configPlatform(source, entry, signal)) })
        if (found.size > maxIndexEntries)
          throw new RegistryError('too-large', `index ${top.digest} has more than ${maxIndexEntries} images`)
      }
    }
  }
  await walk(index, top.digest, 1)
  return [...found.values()]
}

/** The first that matches exactly, or else the first that matches, as runtimes do. */
function choose(entries: readonly Descriptor[], wanted: Platform, top: Descriptor): readonly Descriptor[] {
  for (const exact of [true, false]) {
    const match = entries.find(({ platform }) => platform && matchesPlatform(wanted, platform, exact))
    if (match) return [match]
  }
  const offers = entries.slice(0, 20).map(({ platform }) => (platform ? formatPlatform(platform).slice(0, 60) : 'unknown'))
  throw new RegistryError(
    'not-found',
    `index ${top.digest} has no image for ${formatPlatform(wanted)}; it has ${offers.join(', ') || 'none'}`,
  )
}

function isAttestation(entry: Descriptor): boolean {
  return (
    (entry.platform !== undefined && isAttestationPlatform(entry.platform)) ||
    entry.annotations?.get('vnd.docker.reference.type') === 'attestation-manifest'
  )
}

/** An index may leave the platform out; then the configuration says it. */
async function configPlatform(source: ImageSource, entry: Descriptor, signal: AbortSignal): Promise<Platform> {
  const manifest = await readManifest(source, entry, signal)
  const config = parseDescriptor(manifest.value.config, `the config of manifest ${entry.digest}`)
  return parsePlatform(parseJsonObject(await readAll(source, config, maxManifestBytes, signal), `config ${config.digest}`))
}

/** Tells an index from a manifest by what the bytes say, which the digest covers; a document that could be both is refused (CVE-2021-41190). */
async function readManifest(
  source: ImageSource,
  descriptor: Descriptor,
  signal: AbortSignal,
): Promise<{ value: JsonObject; isIndex: boolean }> {
  const what = `manifest ${descriptor.digest}`
  const value = parseJsonObject(await readAll(source, descriptor, maxManifestBytes, signal), what)
  const said = typeof value.mediaType === 'string' ? value.mediaType : descriptor.mediaType
  if (value.schemaVersion === 1)
    throw new RegistryError('unsupported', `${what} has Docker's schema 1, which has no digests that could be checked`)
  if (value.schemaVersion !== 2) throw new RegistryError('malformed', `${what} has no schema version 2`)
  const hasManifests = value.manifests !== undefined
  if (hasManifests && (value.layers !== undefined || value.config !== undefined))
    throw new RegistryError('malformed', `${what} is an index and an image manifest at once`)
  if (hasManifests ? isManifestType(said) : isIndexType(said))
    throw new RegistryError('malformed', `${what} is not what its media type ${said} says`)
  if (!hasManifests && !isObject(value.config)) throw new RegistryError('malformed', `${what} is neither an image manifest nor an index`)
  return { value, isIndex: hasManifests }
}
