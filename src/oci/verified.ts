/** Checks what any source delivers: every byte's length and digest. https://github.com/opencontainers/image-spec/blob/main/descriptor.md#verification */
import { createHash } from 'node:crypto'
import { RegistryError } from './errors.ts'
import { isDigest } from './reference.ts'
import type { Descriptor, ImageSource } from './source.ts'

/** A stream is checked at its end: what was read from one that then throws must not be used. */
export function verified(source: ImageSource): ImageSource {
  return {
    async resolve(reference, signal) {
      const descriptor = await source.resolve(reference, signal)
      if (reference.digest !== undefined && descriptor.digest !== reference.digest)
        throw new RegistryError('digest-mismatch', `${reference.digest} was asked for, and ${descriptor.digest} came`)
      return descriptor
    },
    read: (descriptor, signal) => verifiedBytes(descriptor, source.read(descriptor, signal)),
    referrers: (digest, signal) => source.referrers(digest, signal),
    ...(source.tags ? { tags: source.tags } : {}),
  }
}

/** The same bytes; throws RegistryError `digest-mismatch` at the first byte too many, or at the end. */
export async function* verifiedBytes(descriptor: Descriptor, bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const { digest, size } = descriptor
  if (!isDigest(digest)) throw new RegistryError('malformed', `${JSON.stringify(digest)} is not a digest that can be checked`)
  const [algorithm = '', expected] = digest.split(':')
  const hash = createHash(algorithm)
  let sizeBytes = 0
  for await (const chunk of bytes) {
    sizeBytes += chunk.length
    if (sizeBytes > size) throw new RegistryError('digest-mismatch', `${digest} goes on after ${size} bytes, where its descriptor ends it`)
    hash.update(chunk)
    yield chunk
  }
  if (sizeBytes !== size) throw new RegistryError('digest-mismatch', `${digest} has ${sizeBytes} bytes, its descriptor says ${size}`)
  const actual = hash.digest('hex')
  if (actual !== expected) throw new RegistryError('digest-mismatch', `${digest} was asked for, and bytes of ${algorithm}:${actual} came`)
}

/** All bytes, in memory. Throws RegistryError `too-large` when the descriptor says more than `maxBytes`, before anything is read. */
export async function readAll(source: ImageSource, descriptor: Descriptor, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  if (descriptor.size > maxBytes)
    throw new RegistryError('too-large', `${descriptor.digest} has ${descriptor.size} bytes, more than the ${maxBytes} that are read`)
  return collectBytes(source.read(descriptor, signal), maxBytes, descriptor.digest)
}

/** Throws RegistryError `too-large` past `maxBytes`; `what` names the bytes. */
export async function collectBytes(bytes: AsyncIterable<Uint8Array>, maxBytes: number, what: string): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  let sizeBytes = 0
  for await (const chunk of bytes) {
    sizeBytes += chunk.length
    if (sizeBytes > maxBytes) throw new RegistryError('too-large', `${what} goes on after ${maxBytes} bytes`)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}
