/** One layer as a sequence of entries: decompression, tar and their bounds. https://github.com/opencontainers/image-spec/blob/main/layer.md */
import { quote } from '../findings.ts'
import { byteSource } from '../formats/byte-reader.ts'
import { readTar, type TarBounds, type TarEntry } from '../formats/tar.ts'
import { TarError } from '../formats/tar-error.ts'
import { RegistryError } from './errors.ts'
import { type UnpackOptions, unpack } from './layer-stream.ts'
import { compressionOf, isForeignLayer } from './media-types.ts'

export type EntryType = 'file' | 'directory' | 'symlink' | 'hardlink' | 'character-device' | 'block-device' | 'fifo'

export interface LayerEntry {
  /** Relative to the root, normalised, no leading `/` or `./`, no `..`; whiteouts keep their `.wh.` name. */
  readonly path: string
  readonly type: EntryType
  /** Permission bits with setuid, setgid and sticky: `0o4755`. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly sizeBytes: number
  /** Target of a link, as it is written (symlink), or normalised like `path` (hardlink). */
  readonly linkPath?: string
  /** Seconds since 1970. */
  readonly modifiedSeconds: number
  /** The extended attribute `security.capability`; see `TarEntry`. */
  readonly capability?: string
}

export type EntryReader = (body: AsyncIterable<Uint8Array>) => Promise<void>

/** A file's bytes without a promise for every piece; see `TarSink`. */
export interface EntrySink {
  write(piece: Uint8Array): void | Promise<void>
  end(): void | Promise<void>
  tooLarge(message: string): void
}

/** Called once for an entry, in order. Returns what sees a file's bytes; without it they are skipped, uncopied. The next entry waits for it. */
export type EntryVisitor = (entry: LayerEntry) => EntryReader | EntrySink | undefined

export interface LayerOptions extends UnpackOptions, TarBounds {
  /** Told of an entry that is left out, while the rest is read: its name climbs out of the root or is too long, or its type is not known. Without it they throw. */
  readonly onGap?: (path: string, message: string) => void
}

/** PATH_MAX: no file of a longer name can be opened on Linux. */
const maxPathLength = 4096

/**
 * Reads a layer's stored bytes to their end. Throws RegistryError: `unsupported` for foreign layers and media types that are no layer (before
 * the first byte is asked for), `malformed` for a damaged or truncated stream or tar, `too-large` past a bound; errors of `bytes` and of the
 * visitor's readers pass. What was seen before an error must not be used.
 */
export async function readLayer(
  bytes: AsyncIterable<Uint8Array>,
  mediaType: string,
  visit: EntryVisitor,
  options: LayerOptions = {},
): Promise<void> {
  if (isForeignLayer(mediaType))
    throw new RegistryError('unsupported', `a foreign layer (${mediaType}) is not in the registry, and its publisher's copy is not fetched`)
  const compression = compressionOf(mediaType)
  if (compression === undefined) throw new RegistryError('unsupported', `${quote(mediaType)} is not a media type of layers`)
  const source = byteSource(unpack(bytes, compression, options))
  const gap = (entry: TarEntry, message: string): undefined => {
    if (!options.onGap) throw new RegistryError('malformed', `${quote(entry.path)} ${message}`)
    options.onGap(entry.path, message)
  }
  const visitTar = (entry: TarEntry): ReturnType<EntryVisitor> => {
    if (entry.type === 'other') return gap(entry, 'has a type that is not known')
    if (entry.path.length > maxPathLength) return gap(entry, `has a name of more than ${maxPathLength} characters`)
    const path = normalisePath(entry.path)
    if (path === undefined) return gap(entry, 'climbs out of the root')
    if (path === '') return undefined
    const linkPath = entry.type === 'hardlink' ? normalisePath(entry.linkPath) : entry.linkPath
    if (linkPath === undefined || linkPath.length > maxPathLength)
      return gap(entry, `links to ${quote(entry.linkPath)}, which is not below the root`)
    return visit(layerEntry(entry, path, linkPath))
  }
  try {
    await readTar(source, visitTar, options)
    // The rest is padding; it is read so that the stream is checked to its end.
    while ((await source.next()) !== undefined);
  } catch (error) {
    if (!(error instanceof TarError)) throw error
    throw new RegistryError(error.code === 'truncated' ? 'malformed' : error.code, `the layer cannot be read: ${error.message}`, {
      cause: error,
    })
  } finally {
    await source.close()
  }
}

/** By assignments: spreads of what most entries do not have took as long as all else that is done for one here. */
function layerEntry(
  { type, mode, uid, gid, sizeBytes, modifiedSeconds, capability }: TarEntry,
  path: string,
  linkPath: string,
): LayerEntry {
  const entry: Mutable<LayerEntry> = { path, type: type as EntryType, mode, uid, gid, sizeBytes, modifiedSeconds }
  if (type === 'symlink' || type === 'hardlink') entry.linkPath = linkPath
  if (capability) entry.capability = capability
  return entry
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] }

/** Without `.`, `..`, empty parts and the leading slash, as `path.Clean` of Go; undefined where it climbs out of the root. */
export function normalisePath(path: string): string | undefined {
  // What tars have most: `./usr/bin/` and `usr/bin`.
  const start = path.startsWith('./') ? 2 : 0
  const bare = path.endsWith('/') ? path.slice(start, -1) : path.slice(start)
  if (bare !== '' && isClean(bare)) return bare
  const parts: string[] = []
  for (const part of path.split('/')) {
    if (part === '' || part === '.') continue
    if (part !== '..') parts.push(part)
    else if (parts.length === 0) return undefined
    else parts.pop()
  }
  return parts.join('/')
}

const slash = 0x2f

/** Most paths have no part that begins with a dot, which tells sooner than to look at all of them. */
function isClean(path: string): boolean {
  if (path.charCodeAt(0) === slash || path.charCodeAt(path.length - 1) === slash || path.includes('//')) return false
  return !(path.startsWith('.') || path.includes('/.')) || !/(?:^|\/)\.{1,2}(?:\/|$)/.test(path)
}
