/** Files of a tar on disk: indexed once by its headers, then read where they lie. */
import { type FileHandle, open } from 'node:fs/promises'
import { quote } from '../findings.ts'
import type { ByteSource } from '../formats/byte-reader.ts'
import { readTar } from '../formats/tar.ts'
import { TarError } from '../formats/tar-error.ts'
import type { ContentFiles } from './content-files.ts'
import { RegistryError } from './errors.ts'
import { normalisePath } from './layer.ts'
import { chunkBytes } from './layer-stream.ts'

/** An archive of images has a few files a layer. */
const maxEntries = 100_000
const maxLinks = 10
const headerChunkBytes = 16 * 1024

interface Place {
  readonly start: number
  readonly length: number
}

/** Throws RegistryError `not-found`, `unreachable`, `unsupported` (a compressed archive) or `malformed`. `file` is kept open until `close`. */
export async function archiveFiles(file: string): Promise<ContentFiles> {
  const handle = await openArchive(file)
  try {
    const { places, links } = await indexTar(handle, file)
    const find = (name: string): Place | undefined => {
      let current = name
      for (let followed = 0; followed <= maxLinks; followed++) {
        const place = places.get(current)
        const target = links.get(current)
        if (place || target === undefined) return place
        current = target
      }
      return undefined
    }
    return {
      place: file,
      size: async (name) => find(name)?.length,
      async *read(name, signal, range) {
        const place = find(name)
        if (!place) throw new RegistryError('not-found', `${file} has no ${quote(name)}`)
        const start = place.start + Math.min(range?.start ?? 0, place.length)
        const end = Math.min(place.start + place.length, start + (range?.length ?? place.length))
        yield* readRange(handle, start, end, signal)
      },
      close: () => handle.close(),
    }
  } catch (error) {
    await handle.close()
    if (!(error instanceof TarError)) throw error
    const code = error.code === 'truncated' ? 'malformed' : error.code
    throw new RegistryError(code, `${file} cannot be read: ${error.message}`, { cause: error })
  }
}

export async function* readRange(handle: FileHandle, start: number, end: number, signal: AbortSignal): AsyncGenerator<Uint8Array> {
  for (let position = start; position < end; ) {
    signal.throwIfAborted()
    const buffer = Buffer.allocUnsafeSlow(Math.min(chunkBytes, end - position))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
    if (bytesRead === 0) return
    position += bytesRead
    yield buffer.subarray(0, bytesRead)
  }
}

async function openArchive(file: string): Promise<FileHandle> {
  let handle: FileHandle
  try {
    handle = await open(file)
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new RegistryError('not-found', `${quote(file)} does not exist`, { cause })
    throw new RegistryError('unreachable', `${quote(file)} cannot be read: ${code}`, { cause })
  }
  const found = await handle.stat()
  const magic = Buffer.alloc(4)
  if (found.isFile()) await handle.read(magic, 0, 4, 0)
  const isCompressed = magic.readUInt16BE() === 0x1f8b || magic.readUInt32LE() === 0xfd2fb528
  if (found.isFile() && !isCompressed) return handle
  await handle.close()
  if (!found.isFile()) throw new RegistryError('malformed', `${quote(file)} is not a file`)
  throw new RegistryError('unsupported', `${quote(file)} is a compressed archive: unpack it first`)
}

async function indexTar(handle: FileHandle, file: string): Promise<{ places: Map<string, Place>; links: Map<string, string> }> {
  const places = new Map<string, Place>()
  const links = new Map<string, string>()
  await readTar(
    headerSource(handle),
    (entry) => {
      const name = normalisePath(entry.path)
      if (name === undefined) throw new RegistryError('malformed', `${quote(entry.path)} in ${file} climbs out of the archive`)
      if (places.has(name) || links.has(name)) throw new RegistryError('malformed', `${file} has ${quote(entry.path)} twice`)
      if (entry.type === 'file' && entry.sizeBytes === entry.bodyBytes)
        places.set(name, { start: entry.bodyOffset, length: entry.bodyBytes })
      const isSymlink = entry.type === 'symlink'
      const target = isSymlink
        ? normalisePath(`${name}/../${entry.linkPath}`)
        : entry.type === 'hardlink'
          ? normalisePath(entry.linkPath)
          : undefined
      if (target !== undefined) links.set(name, target)
      return undefined
    },
    { maxEntries },
  )
  return { places, links }
}

/** Reads headers in small steps and jumps over bodies. */
function headerSource(handle: FileHandle): ByteSource {
  let position = 0
  return {
    async next() {
      const buffer = Buffer.allocUnsafeSlow(headerChunkBytes)
      const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
      position += bytesRead
      return bytesRead === 0 ? undefined : buffer.subarray(0, bytesRead)
    },
    skip(bytes) {
      position += bytes
    },
  }
}
