/** From the text of IMAGE to the place that it is read from: transports as in the containers tools, or a registry, or its mirror. */
import { stat } from 'node:fs/promises'
import path from 'node:path'
import { quote } from '../findings.ts'
import type { HttpClient } from '../http.ts'
import { archiveFiles, spooledArchive } from './archive-files.ts'
import type { ContentFiles } from './content-files.ts'
import { directoryFiles } from './directory-files.ts'
import { dockerArchiveOf } from './docker-archive.ts'
import { RegistryError } from './errors.ts'
import { layoutOf, onlyEntry } from './layout.ts'
import { parseReference } from './reference.ts'
import { registry } from './registry.ts'
import { type RegistrySenders, registrySenders } from './registry-auth.ts'
import type { Descriptor, ImageSource, Reference } from './source.ts'
import { verified } from './verified.ts'

/** Images below `prefix` (whole path segments) are read from elsewhere. */
export interface SourceMirror {
  readonly prefix: string
  readonly to: { readonly registry: string } | { readonly layouts: string }
}

export interface SourceOptions {
  readonly http: HttpClient
  readonly signal: AbortSignal
  /** The first that matches is used. `layouts` is an absolute path. */
  readonly mirrors?: readonly SourceMirror[]
  /**
   * Set for texts that a judged tree names: they are references, as to a cluster. A transport would open files and sockets of the machine that
   * judges, and `oci:1.0` is an image of Docker Hub.
   */
  readonly registriesOnly?: boolean
  /** Told of all bytes as they are read. */
  readonly onBytes?: Progress
  /** `DOCKER_HOST` is read here; default: the daemon's usual socket. */
  readonly environment?: Readonly<Record<string, string | undefined>>
  /** From `registrySenders`, one for the run, so that credentials and tokens are asked for once. Default: anonymous. */
  readonly senderFor?: RegistrySenders['senderFor']
}

/** `bytes`: how many came since the last call, of this manifest, config or layer. */
export type Progress = (descriptor: Descriptor, bytes: number) => void

export interface OpenSource {
  /** Checks all digests and lengths. */
  readonly source: ImageSource
  readonly reference: Reference
  /** Closes what is open. */
  close(): Promise<void>
}

type Transport = (place: string, text: string, options: SourceOptions) => Promise<OpenSource>

/** What stands before the first colon. */
export const transports = {
  'docker-archive': openDockerArchive,
  'docker-daemon': openDockerDaemon,
  oci: openLayout,
  'oci-archive': openOciArchive,
} satisfies Record<string, Transport>

/** Throws RegistryError; `malformed` for what is no reference. */
export async function openSource(text: string, options: SourceOptions): Promise<OpenSource> {
  const transport = options.registriesOnly ? undefined : Object.entries(transports).find(([name]) => text.startsWith(`${name}:`))
  const opened = await (transport ? transport[1](text.slice(transport[0].length + 1), text, options) : openRegistry(text, options))
  return options.onBytes ? { ...opened, source: observed(opened.source, options.onBytes) } : opened
}

function observed(source: ImageSource, onBytes: Progress): ImageSource {
  return {
    resolve: (reference, signal) => source.resolve(reference, signal),
    referrers: (digest, signal) => source.referrers(digest, signal),
    ...(source.tags ? { tags: source.tags } : {}),
    async *read(descriptor, signal) {
      for await (const chunk of source.read(descriptor, signal)) {
        onBytes(descriptor, chunk.length)
        yield chunk
      }
    },
  }
}

async function openRegistry(text: string, options: SourceOptions): Promise<OpenSource> {
  const reference = parseReference(text)
  const mirror = options.mirrors?.find(({ prefix }) => isBelow(reference, prefix))
  if (mirror && 'layouts' in mirror.to) {
    const rest = below(reference, mirror.prefix)
    const directory = path.join(mirror.to.layouts, ...rest.split('/').filter((part) => part !== ''))
    return { source: verified(layoutOf(directoryFiles(directory, mirror.to.layouts))), reference, close: nothing }
  }
  const target = mirror && 'registry' in mirror.to ? parseReference(join(mirror.to.registry, below(reference, mirror.prefix))) : reference
  const { registry: host, repository } = target
  const { senderFor } = options.senderFor ? { senderFor: options.senderFor } : registrySenders(options.http)
  return {
    source: verified(registry(options.http, { registry: host, repository, send: senderFor(host, repository) })),
    reference,
    close: nothing,
  }
}

/** `DIR` or `DIR:TAG`; a directory may have a colon in its name, a tag has no slash. */
async function openLayout(place: string, text: string, { signal }: SourceOptions): Promise<OpenSource> {
  const { file, rest } = await splitPlace(place)
  return openFiles(directoryFiles(file), { registry: '', repository: file, text }, rest, signal)
}

async function openOciArchive(place: string, text: string, { signal }: SourceOptions): Promise<OpenSource> {
  const { file, rest } = await splitPlace(place)
  return openFiles(await archiveFiles(file), { registry: '', repository: file, text }, rest, signal)
}

async function openFiles(
  files: ContentFiles,
  named: Omit<Reference, 'tag' | 'digest'>,
  tag: string | undefined,
  signal: AbortSignal,
): Promise<OpenSource> {
  const close = async (): Promise<void> => files.close?.()
  try {
    const reference = tag === undefined ? { ...named, digest: (await onlyEntry(files, signal)).digest } : { ...named, tag }
    return { source: verified(layoutOf(files)), reference, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** `FILE`, or `FILE:NAME` or `FILE:@INDEX` where it holds several images. */
async function openDockerArchive(place: string, text: string, options: SourceOptions): Promise<OpenSource> {
  const { file, rest } = await splitPlace(place)
  const files = await archiveFiles(file)
  return dockerArchiveSource(files, rest, { registry: '', repository: file, text }, options.signal)
}

/** The daemon exports an image as an archive; it is kept in a file that has no name any more. */
async function openDockerDaemon(place: string, text: string, { signal, environment = {} }: SourceOptions): Promise<OpenSource> {
  parseReference(place)
  // Brings Node's own HTTP, which takes its time to load.
  const { exportImage } = await import('./docker-daemon.ts')
  const files = await spooledArchive(exportImage(place, environment, signal), text)
  return dockerArchiveSource(files, undefined, { registry: '', repository: place, text }, signal)
}

async function dockerArchiveSource(
  files: ContentFiles,
  wanted: string | undefined,
  named: Omit<Reference, 'tag' | 'digest'>,
  signal: AbortSignal,
): Promise<OpenSource> {
  const close = async (): Promise<void> => files.close?.()
  try {
    // Newer forms that are layouts alone have no manifest.json.
    if ((await files.size('manifest.json')) === undefined) return await openFiles(files, named, wanted, signal)
    const { source, images } = await dockerArchiveOf(files, signal)
    const index = wanted !== undefined && /^@\d{1,4}$/.test(wanted) ? Number(wanted.slice(1)) : undefined
    const name = wanted !== undefined && index === undefined ? parseReference(wanted) : undefined
    if (wanted === undefined && images.length > 1) {
      const names = images.flatMap((image) => image.names.map((each) => each.text)).slice(0, 20)
      throw new RegistryError(
        'not-found',
        `${files.place} holds ${images.length} images, and none is named: ${names.map((each) => quote(each)).join(', ')}`,
      )
    }
    const descriptor = name ? await source.resolve(name, signal) : images[index ?? 0]?.descriptor
    if (!descriptor) throw new RegistryError('not-found', `${files.place} has no image ${wanted ?? ''}`)
    return { source: verified(source), reference: { ...named, digest: descriptor.digest }, close }
  } catch (error) {
    await close()
    throw error
  }
}

/** The longest start that exists, up to a colon; the rest names an image in it. */
async function splitPlace(place: string): Promise<{ file: string; rest?: string }> {
  if (place === '') throw new RegistryError('malformed', 'a transport without a place: expected a path after the colon')
  if (place.includes('\0')) throw new RegistryError('malformed', `${quote(place)} is not a path`)
  for (let end = place.length; end > 0; end = place.lastIndexOf(':', end - 1)) {
    const file = place.slice(0, end)
    const exists = await stat(file).then(
      () => true,
      () => false,
    )
    if (exists) return end === place.length ? { file } : { file, rest: place.slice(end + 1) }
  }
  throw new RegistryError('not-found', `${quote(place)} does not exist`)
}

function isBelow(reference: Reference, prefix: string): boolean {
  const name = `${reference.registry}/${reference.repository}`
  const whole = prefix.replace(/\/+$/, '')
  return name === whole || name.startsWith(`${whole}/`)
}

function below(reference: Reference, prefix: string): string {
  return `${reference.registry}/${reference.repository}`.slice(prefix.replace(/\/+$/, '').length + 1)
}

function join(registryPrefix: string, rest: string): string {
  return [registryPrefix.replace(/\/+$/, ''), ...(rest === '' ? [] : [rest])].join('/')
}

async function nothing(): Promise<void> {
  // Connections belong to the client.
}
