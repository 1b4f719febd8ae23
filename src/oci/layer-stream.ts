/** A layer's bytes, unpacked: gzip (RFC 1952, several members too) and zstd (RFC 8878, several frames too), in chunks of 4 MiB. */
import type { Transform } from 'node:stream'
import zlib from 'node:zlib'
import { giveBack, givenBack, lend, type SpentChunks } from '../formats/lent-bytes.ts'
import { RegistryError } from './errors.ts'
import type { Compression } from './media-types.ts'
import { unpackZstdFrames } from './zstd-frames.ts'

/** Of what is stored. */
export const chunkBytes = 1024 * 1024
/**
 * node:zlib's 16 KiB cost more in calls than in inflating. It goes on with the next chunk only when this thread is done with what it was given: the
 * larger they are, the less the one waits where small files take the other long.
 */
const unpackedChunkBytes = 4 * chunkBytes

export interface UnpackBounds {
  /** Bytes after unpacking. */
  readonly maxUnpackedBytes?: number
  /** Unpacked to packed. Runs of zeros are legitimate and reach a thousand, so that it is looked at after the first GiB only. */
  readonly maxRatio?: number
  readonly ratioFromBytes?: number
}

export interface UnpackOptions extends UnpackBounds {
  /** Shown the unpacked chunks after they were read. */
  readonly onSpent?: SpentChunks
}

const defaultMaxUnpackedBytes = 64 * 1024 ** 3
const defaultMaxRatio = 250
const defaultRatioFromBytes = 1024 ** 3

/**
 * Chunks are good until the next one is asked for. Throws RegistryError `malformed` for damaged or cut streams, `too-large` past the bounds; errors of
 * `bytes` pass.
 */
export async function* unpack(
  bytes: AsyncIterable<Uint8Array>,
  compression: Compression,
  options: UnpackOptions = {},
): AsyncGenerator<Uint8Array> {
  const { maxUnpackedBytes = defaultMaxUnpackedBytes, maxRatio = defaultMaxRatio, ratioFromBytes = defaultRatioFromBytes } = options
  let packedBytes = 0
  let unpackedBytes = 0
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const chunk of bytes) {
      packedBytes += chunk.length
      yield chunk
    }
  }
  for await (const chunk of givenBack(decompressed(counted(), compression), options.onSpent)) {
    unpackedBytes += chunk.length
    if (unpackedBytes > maxUnpackedBytes) throw new RegistryError('too-large', `the layer unpacks to more than ${maxUnpackedBytes} bytes`)
    if (unpackedBytes > ratioFromBytes && unpackedBytes > packedBytes * maxRatio)
      throw new RegistryError('too-large', `the layer unpacks to more than ${maxRatio} times its ${packedBytes} bytes`)
    yield chunk
  }
}

async function* decompressed(bytes: AsyncIterable<Uint8Array>, compression: Compression): AsyncGenerator<Uint8Array> {
  // One chunk waits, so that the thread pool unpacks while this thread hashes and reads; they are objects, lest they are joined.
  const options = { chunkSize: unpackedChunkBytes, readableObjectMode: true, readableHighWaterMark: 1, writableHighWaterMark: chunkBytes }
  if (compression === 'none') yield* bytes
  else if (compression === 'gzip') yield* through(bytes, zlib.createGunzip(options), compression)
  else yield* unpackZstdFrames(givenBack(bytes), (frame) => through(frame, zlib.createZstdDecompress(options), compression))
}

async function* through(bytes: AsyncIterable<Uint8Array>, stream: Unpacker, compression: Compression): AsyncGenerator<Uint8Array> {
  let failure: unknown
  // Where the stream is at its end already, nobody else hears of what is told it here.
  stream.on('error', () => {})
  const fed = feed(bytes, stream).catch((error) => {
    failure ??= error
    stream.destroy(error)
  })
  try {
    // A stream of zlib cuts its chunks from memory of its own.
    for await (const chunk of stream as AsyncIterable<Uint8Array>) yield lend(chunk)
    // Whether the stored bytes are the right ones is known at their end, which may come after that of what is packed.
    await fed
    if (failure) throw failure
  } catch (error) {
    const cause = failure ?? error
    if (!isZlibError(cause)) throw cause
    throw new RegistryError('malformed', `the layer's ${compression} stream is damaged or cut short: ${cause.message}`, { cause })
  } finally {
    stream.destroy()
  }
}

type Unpacker = Transform & { readonly bytesWritten: number }

/** Rejects with what `bytes` throws, with what went wrong in the stream, and for bytes behind its end that are more than filling. */
async function feed(bytes: AsyncIterable<Uint8Array>, stream: Unpacker): Promise<void> {
  // It does not always say of what it takes no more that it is done with it.
  const over = new Promise<void>((resolve) => stream.once('end', resolve))
  let given = 0
  for await (const chunk of bytes) {
    // Of what came before, it took everything: it is not at its end.
    if (stream.bytesWritten === given) {
      const taken = new Promise<void>((resolve, reject) => stream.write(chunk, (error) => (error ? reject(error) : resolve())))
      await Promise.race([taken, over])
    }
    given += chunk.length
    const left = Math.min(given - stream.bytesWritten, chunk.length)
    if (chunk.subarray(chunk.length - left).some((byte) => byte !== 0))
      throw new RegistryError('malformed', `the layer goes on behind the end of what is packed, at byte ${stream.bytesWritten}`)
    giveBack(chunk)
  }
  stream.end()
}

function isZlibError(error: unknown): error is Error {
  return error instanceof Error && /^(?:Z_|ZSTD_|ERR_ZSTD|ERR_ZLIB)/.test((error as NodeJS.ErrnoException).code ?? '')
}
