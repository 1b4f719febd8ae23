/**
 * Unpacks all frames of a zstd stream: node:zlib stops after the first without a word, and zstd:chunked has one for each file.
 * RFC 8878 3.1 (frames), 3.1.1.2 (blocks), 3.1.2 (skippable frames)
 */
import zlib from 'node:zlib'
import { ByteReader, byteSource } from '../formats/byte-reader.ts'
import { RegistryError } from './errors.ts'

const frameMagic = 0xfd2fb528
const skippableMagic = 0x184d2a50
/** Frames up to here are unpacked in one call, larger ones as a stream. */
const smallFrameBytes = 1024 * 1024
const smallOutputBytes = 16 * 1024 * 1024

/** `unpackStream` unpacks one frame that comes in pieces. Throws RegistryError `malformed`. */
export async function* unpackZstdFrames(
  bytes: AsyncIterable<Uint8Array>,
  unpackStream: (frame: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const source = byteSource(bytes)
  const reader = new ByteReader(source)
  try {
    for (let frames = 0; ; frames++) {
      const magicBytes = Buffer.from(await reader.take(4))
      if (magicBytes.length === 0 && frames > 0) return
      if (magicBytes.length < 4) throw cutShort()
      const magic = magicBytes.readUInt32LE()
      if ((magic & 0xfffffff0) >>> 0 === skippableMagic) {
        const length = (await exactly(reader, 4)).readUInt32LE()
        if ((await reader.skip(length)) < length) throw cutShort()
      } else if (magic === frameMagic) yield* unpackFrame(frameChunks(magicBytes, reader), unpackStream)
      else throw new RegistryError('malformed', `the layer's zstd stream has something that is no frame at byte ${reader.position - 4}`)
    }
  } finally {
    await source.close()
  }
}

async function* unpackFrame(
  chunks: AsyncGenerator<Buffer>,
  unpackStream: (frame: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const first = await chunks.next()
  if (first.done) return
  const second = await chunks.next()
  if (second.done) {
    const whole = unpackSmall(first.value)
    if (whole) yield whole
    if (whole) return
  }
  yield* unpackStream(
    (async function* () {
      yield first.value
      if (!second.done) yield second.value
      yield* chunks
    })(),
  )
}

/** Undefined where the output is not small. */
function unpackSmall(frame: Buffer): Buffer | undefined {
  try {
    return zlib.zstdDecompressSync(frame, { maxOutputLength: smallOutputBytes })
  } catch (cause) {
    if ((cause as NodeJS.ErrnoException).code === 'ERR_BUFFER_TOO_LARGE') return undefined
    throw new RegistryError('malformed', 'the layer has a damaged zstd frame', { cause })
  }
}

/** The bytes of one frame, in chunks of at least `smallFrameBytes` except for the last. */
async function* frameChunks(magic: Buffer, reader: ByteReader): AsyncGenerator<Buffer> {
  let parts: Buffer[] = [magic]
  let sizeBytes = 0
  const take = async (bytes: number): Promise<Buffer> => {
    // A copy: it is good until more is read.
    const part = Buffer.from(await exactly(reader, bytes))
    parts.push(part)
    sizeBytes += bytes
    return part
  }
  const descriptor = (await take(1))[0] ?? 0
  const isSingleSegment = (descriptor & 0x20) !== 0
  const contentSizeBytes = [isSingleSegment ? 1 : 0, 2, 4, 8][descriptor >> 6] ?? 0
  await take((isSingleSegment ? 0 : 1) + ([0, 1, 2, 4][descriptor & 3] ?? 0) + contentSizeBytes)
  for (;;) {
    const header = (await take(3)).readUIntLE(0, 3)
    const type = (header >> 1) & 3
    if (type === 3) throw new RegistryError('malformed', 'the layer has a zstd block of the reserved type')
    await take(type === 1 ? 1 : header >> 3)
    if ((header & 1) !== 0) break
    if (sizeBytes < smallFrameBytes) continue
    yield Buffer.concat(parts)
    parts = []
    sizeBytes = 0
  }
  if ((descriptor & 4) !== 0) await take(4)
  yield Buffer.concat(parts)
}

async function exactly(reader: ByteReader, bytes: number): Promise<Buffer> {
  const taken = await reader.take(bytes)
  if (taken.length < bytes) throw cutShort()
  return taken
}

function cutShort(): RegistryError {
  return new RegistryError('malformed', "the layer's zstd stream is cut short")
}
