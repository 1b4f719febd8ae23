/** What a signature is about: bytes, or only their digest. */
import { createHash } from 'node:crypto'
import { UsageError } from '../findings.ts'
import type { Digest } from '../oci/source.ts'

export type HashName = 'sha256' | 'sha384' | 'sha512'

export interface Artifact {
  /** Hex, lower case. Where only a digest is known, it is the only one. */
  readonly digests: ReadonlyMap<HashName, string>
  /** Absent where only a digest is known, or where they were too many to keep. */
  readonly bytes?: Uint8Array
}

const hashNames: readonly HashName[] = ['sha256', 'sha384', 'sha512']
/** Ed25519 signs the message itself and needs all of it; every other scheme is content with the digest. */
const maxKeptBytes = 32 * 1024 * 1024

export function artifactOf(bytes: Uint8Array): Artifact {
  return { digests: new Map(hashNames.map((name) => [name, createHash(name).update(bytes).digest('hex')])), bytes }
}

/** Throws UsageError for anything but `sha256:<64 hex digits>` (sha384, sha512 likewise). */
export function artifactOfDigest(digest: Digest): Artifact {
  const [, name, hex] = /^(sha256|sha384|sha512):([0-9a-f]+)$/.exec(digest) ?? []
  if (!name || !hex || hex.length * 4 !== Number(name.slice(3))) throw new UsageError(`expected a digest such as sha256:<64 hex digits>`)
  return { digests: new Map([[name as HashName, hex]]) }
}

/** Reads the stream once; past 32 MiB only the digests are kept. */
export async function artifactOfStream(stream: AsyncIterable<Uint8Array>): Promise<Artifact> {
  const hashes = hashNames.map((name) => [name, createHash(name)] as const)
  const kept: Uint8Array[] = []
  let size = 0
  for await (const chunk of stream) {
    for (const [, hash] of hashes) hash.update(chunk)
    size += chunk.length
    if (size <= maxKeptBytes) kept.push(chunk)
    else kept.length = 0
  }
  const digests = new Map(hashes.map(([name, hash]) => [name, hash.digest('hex')]))
  return size <= maxKeptBytes ? { digests, bytes: Buffer.concat(kept, size) } : { digests }
}
