/** Small blobs of a source, whole: manifests, payloads and bundles. */
import { quote } from '../findings.ts'
import type { Descriptor, ImageSource } from '../oci/source.ts'
import { VerificationError } from './errors.ts'

/** Throws VerificationError `too-large` past `maxBytes`, by the descriptor's word or by the bytes that come. */
export async function readBounded(source: ImageSource, descriptor: Descriptor, maxBytes: number, signal: AbortSignal): Promise<Uint8Array> {
  const tooLarge = (size: number) =>
    new VerificationError(
      'too-large',
      `${quote(descriptor.digest)} has ${size} bytes, the limit for ${quote(descriptor.mediaType)} is ${maxBytes}`,
    )
  if (descriptor.size > maxBytes) throw tooLarge(descriptor.size)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of source.read(descriptor, signal)) {
    size += chunk.length
    if (size > maxBytes) throw tooLarge(size)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, size)
}
