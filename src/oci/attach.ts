/** Attaches an artifact to an image. https://github.com/opencontainers/image-spec/blob/v1.1.0/manifest.md#guidelines-for-artifact-usage */
import { isObject, listOf, parseDescriptor, parseJsonObject } from './descriptor.ts'
import { RegistryError } from './errors.ts'
import { ociIndex, ociManifest } from './media-types.ts'
import { maxManifestBytes } from './platform-manifests.ts'
import type { RegistryWriter } from './push.ts'
import type { Descriptor, Digest, ImageSource, Reference } from './source.ts'
import { collectBytes } from './verified.ts'

export interface Artifact {
  readonly artifactType: string
  readonly mediaType: string
  readonly bytes: Uint8Array
  readonly annotations?: Readonly<Record<string, string>>
}

export interface Repository {
  /** Checks digests and lengths. */
  readonly source: ImageSource
  readonly writer: RegistryWriter
  readonly reference: Reference
}

/** "Guidance for an Empty Descriptor" */
const emptyMediaType = 'application/vnd.oci.empty.v1+json'
const empty = Buffer.from('{}')

const maxReferrers = 1000
const tries = 3

/** The digest of the artifact's manifest. Throws RegistryError; `not-found` where the image is not there. */
export async function attach(digest: Digest, artifact: Artifact, repository: Repository, signal: AbortSignal): Promise<Digest> {
  const { source, writer, reference } = repository
  const { tag: _, ...named } = reference
  const image = await source.resolve({ ...named, digest }, signal)
  const [config, layer] = [await writer.blob(empty, signal), await writer.blob(artifact.bytes, signal)]
  const { artifactType, annotations = {} } = artifact
  const manifest = Buffer.from(
    JSON.stringify({
      schemaVersion: 2,
      mediaType: ociManifest,
      artifactType,
      config: { mediaType: emptyMediaType, digest: config, size: empty.length },
      layers: [{ mediaType: artifact.mediaType, digest: layer, size: artifact.bytes.length, annotations }],
      subject: { mediaType: image.mediaType, digest: image.digest, size: image.size },
      annotations,
    }),
  )
  const { isListed, ...pushed } = await writer.manifest(manifest, ociManifest, undefined, signal)
  if (!isListed) await listByTag(image.digest, { ...pushed, artifactType, annotations }, repository, signal)
  return pushed.digest
}

type Listed = Pick<Descriptor, 'digest' | 'mediaType' | 'size'> & Pick<Artifact, 'annotations' | 'artifactType'>

/** "Referrers Tag Schema": whoever pushes keeps the list. Two at once may each write one without the other's entry: it is read again. */
async function listByTag(subject: Digest, entry: Listed, repository: Repository, signal: AbortSignal): Promise<void> {
  const tag = subject.replace(':', '-').slice(0, 128)
  for (let attempt = 1; attempt <= tries; attempt++) {
    const listed = await entriesOf(tag, repository, signal)
    if (listed.some((each) => isObject(each) && each.digest === entry.digest)) return
    if (listed.length >= maxReferrers)
      throw new RegistryError(
        'too-large',
        `the list of referrers of ${subject} has ${listed.length} entries, at most ${maxReferrers} are kept`,
      )
    const index = JSON.stringify({ schemaVersion: 2, mediaType: ociIndex, manifests: [...listed, entry] })
    await repository.writer.manifest(Buffer.from(index), ociIndex, tag, signal)
  }
  if ((await entriesOf(tag, repository, signal)).some((each) => isObject(each) && each.digest === entry.digest)) return
  throw new RegistryError(
    'unreachable',
    `the list of referrers of ${subject} does not keep what is written: somebody else writes it as well`,
  )
}

/** As they are: what others have put there is kept to the letter. */
async function entriesOf(tag: string, { source, reference }: Repository, signal: AbortSignal): Promise<readonly unknown[]> {
  const { digest: _, ...named } = reference
  const what = `the list of referrers ${tag}`
  try {
    const descriptor = await source.resolve({ ...named, tag }, signal)
    if (descriptor.mediaType !== ociIndex) throw new RegistryError('malformed', `${what} is no index`)
    const entries = listOf(
      parseJsonObject(await collectBytes(source.read(descriptor, signal), maxManifestBytes, what), what),
      'manifests',
      maxReferrers,
      what,
    )
    for (const each of entries) parseDescriptor(each, `an entry of ${what}`)
    return entries
  } catch (error) {
    if (error instanceof RegistryError && error.code === 'not-found') return []
    throw error
  }
}
