/** Files of a tar on disk: indexed once by its headers, then read where they lie. */
import { constants } from 'node:fs'
import { type FileHandle, mkdtemp, open, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { quote } from '../findings.ts'
import type { ByteSource } from '../formats/byte-reader.ts'
import { lend } from '../formats/lent-bytes.ts'
import { readTar } from '../formats/tar.ts'
import { TarError } from '../formats/tar-error.ts'
import type { ContentFiles } from './content-files.ts'
import { RegistryError } from './errors.ts'
import { normalisePath } from './layer.ts'
import { chunkBytes, unpack } from './layer-stream.ts'
import { type Compression, compressionOfMagic } from './media-types.ts'

/** An archive of images has a few files a layer. */
const maxEntries = 100_000
const maxLinks = 10
const maxSpooledBytes = 64 * 1024 ** 3
const headerChunkBytes = 16 * 1024

interface Place {
  readonly start: number
  readonly length: number
}

/** Throws RegistryError `not-found`, `unreachable`, `malformed` or `too-large`. What is compressed is unpacked to a temporary file. */
export async function archiveFiles(file: string): Promise<ContentFiles> {
  const { handle, compression } = await openArchive(file)
  if (compression === 'none') return filesOf(handle, file)
  try {
    return await spooledArchive(unpack(readRange(handle, 0, Number.POSITIVE_INFINITY), compression), file)
  } finally {
    await handle.close()
  }
}

/** Keeps a stream in a temporary file, which is gone as soon as it is closed. `place` names it in messages. */
export async function spooledArchive(bytes: AsyncIterable<Uint8Array>, place: string): Promise<ContentFiles> {
  const directory = await mkdtemp(path.join(tmpdir(), 'portcullis-'))
  const remove = (): Promise<void> => rm(directory, { recursive: true, force: true })
  try {
    const handle = await open(path.join(directory, 'archive.tar'), 'wx+', 0o600)
    try {
      let sizeBytes = 0
      for await (const chunk of bytes) {
        sizeBytes += chunk.length
        if (sizeBytes > maxSpooledBytes) throw new RegistryError('too-large', `${place} has more than ${maxSpooledBytes} bytes`)
        await writeAll(handle, chunk)
      }
    } catch (error) {
      await handle.close()
      throw error
    }
    const files = await filesOf(handle, place)
    const close = async (): Promise<void> => {
      await handle.close()
      await remove()
    }
    // Where an open file can lose its name, it does at once: a crash leaves nothing behind.
    if (process.platform !== 'win32') await remove()
    return { ...files, close }
  } catch (error) {
    await remove()
    throw error
  }
}

async function writeAll(handle: FileHandle, chunk: Uint8Array): Promise<void> {
  for (let start = 0; start < chunk.length; ) start += (await handle.write(chunk, start)).bytesWritten
}

/** `handle` is kept open until `close`, or closed when this throws. */
async function filesOf(handle: FileHandle, file: string): Promise<ContentFiles> {
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

/** The next chunk is on its way while the last one is worked on. */
async function* readRange(handle: FileHandle, start: number, end: number, signal?: AbortSignal): AsyncGenerator<Uint8Array> {
  const readAt = async (position: number): Promise<Uint8Array> => {
    const buffer = Buffer.allocUnsafeSlow(Math.max(0, Math.min(chunkBytes, end - position)))
    const { bytesRead } = await handle.read(buffer, 0, buffer.length, position)
    return buffer.subarray(0, bytesRead)
  }
  let position = start
  let next = readAt(position)
  for (;;) {
    signal?.throwIfAborted()
    const chunk = await next
    if (chunk.length === 0) return
    position += chunk.length
    next = readAt(position)
    // Awaited later, or never when the reader stops.
    next.catch(() => {})
    yield lend(chunk)
  }
}

async function openArchive(file: string): Promise<{ handle: FileHandle; compression: Compression }> {
  let handle: FileHandle
  try {
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0))
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException
    if (code === 'ENOENT') throw new RegistryError('not-found', `${quote(file)} does not exist`, { cause })
    throw new RegistryError('unreachable', `${quote(file)} cannot be read: ${code}`, { cause })
  }
  const found = await handle.stat()
  const magic = Buffer.alloc(4)
  if (found.isFile()) {
    await handle.read(magic, 0, 4, 0)
    return { handle, compression: compressionOfMagic(magic) }
  }
  await handle.close()
  throw new RegistryError('malformed', `${quote(file)} is not a file`)
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
