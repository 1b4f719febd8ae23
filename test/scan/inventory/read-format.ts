/** Runs one format over one file in memory; files that it tells of at once are told of one by one. */
import type { Found, PackageFormat } from '../../../src/scan/inventory/format.ts'

export async function readFormat(format: PackageFormat, path: string, content: string | Uint8Array, chunkBytes = 7): Promise<Found[]> {
  const bytes = Buffer.from(content)
  const entry = { path, sizeBytes: bytes.length, mode: 0o644 }
  if (!format.reads(path, entry)) throw new Error(`${format.name} does not read ${path}`)
  const found: Found[] = []
  for await (const one of format.read({ ...entry, body: inChunks(bytes, chunkBytes) }, { signal: new AbortController().signal }))
    if (one.kind === 'owns-all') for (const file of one.files) found.push({ kind: 'owns', ...file })
    else found.push(one)
  return found
}

/** `name version` of the packages, and the messages of the gaps. */
export function summary(found: readonly Found[]): { packages: string[]; gaps: string[] } {
  return {
    packages: found.flatMap((one) => (one.kind === 'package' ? [`${one.name} ${one.version}`] : [])),
    gaps: found.flatMap((one) => (one.kind === 'gap' ? [one.line === undefined ? one.message : `line ${one.line}: ${one.message}`] : [])),
  }
}

export async function* inChunks(bytes: Uint8Array, chunkBytes: number): AsyncGenerator<Uint8Array> {
  for (let start = 0; start < bytes.length; start += chunkBytes) yield bytes.subarray(start, start + chunkBytes)
}

/** The same chunk without an end. */
export async function* endless(text: string): AsyncGenerator<Uint8Array> {
  const chunk = Buffer.from(text)
  for (;;) yield chunk
}
