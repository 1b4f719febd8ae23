/** The evidence of a layer as bytes: what a thread hands over, what is held while a run lasts, and what a cache keeps. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { itemsOf, membersOf } from '../formats/json-object.ts'
import type { LayerEvidence } from './layer-evidence.ts'

/** Changes whenever a format finds something else in the same bytes, or evidence has another shape: what an older version kept is then read anew. */
export const evidenceVersion = 'portcullis.layer-evidence/1'

const unpackedLimitBytes = 1024 * 1024 * 1024

/** Mostly paths, which a fast compression makes a tenth of. */
export function encodeEvidence(evidence: LayerEvidence): Uint8Array {
  const text = JSON.stringify({ version: evidenceVersion, ...evidence })
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
}

/** Undefined for anything but the evidence of this version. */
export function decodeEvidence(bytes: Uint8Array): LayerEvidence | undefined {
  try {
    const document: unknown = JSON.parse(zstdDecompressSync(bytes, { maxOutputLength: unpackedLimitBytes }).toString('utf8'))
    return isEvidence(document) ? document : undefined
  } catch {
    // Not ours, or damaged: it is read anew.
    return undefined
  }
}

function isEvidence(document: unknown): document is LayerEvidence {
  const members = membersOf(document)
  if (
    members?.get('version') !== evidenceVersion ||
    typeof members.get('entries') !== 'string' ||
    typeof members.get('entryCount') !== 'number' ||
    !Array.isArray(members.get('gaps'))
  )
    return false
  return itemsOf(members.get('files')).every((one) => {
    const file = membersOf(one)
    return (
      typeof file?.get('path') === 'string' &&
      typeof file.get('owns') === 'string' &&
      [file.get('packages'), file.get('gaps')].every(Array.isArray)
    )
  })
}
