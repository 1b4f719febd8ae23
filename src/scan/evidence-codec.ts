/** The evidence of a layer as bytes: what a thread hands over, what is held while a run lasts, and what a cache keeps. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { membersOf } from '../formats/json-object.ts'
import { examiners } from './examiners.ts'
import { formats } from './inventory/formats.ts'
import type { LayerEvidence } from './layer-evidence.ts'

/** The number changes whenever a format finds something else in the same bytes, or evidence has another shape: what was kept before is then read anew. */
const packagesVersion = ['portcullis.layer-evidence/2', formats.map(({ name }) => name).join(',')].join(' ')

export const evidenceVersion = [packagesVersion, examiners.map(({ name, version }) => `${name}:${version}`).join(',')].join(' ')

/** Of evidence that has packages alone. */
export const packageEvidenceVersion = `${packagesVersion} packages alone`

const unpackedLimitBytes = 1024 * 1024 * 1024

/** Mostly paths, which a fast compression makes a tenth of. */
export function encodeEvidence(evidence: LayerEvidence, version = evidenceVersion): Uint8Array {
  const text = JSON.stringify({ version, ...evidence })
  return zstdCompressSync(text, { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
}

/** Undefined for anything but evidence of these versions. */
export function decodeEvidence(bytes: Uint8Array, versions: readonly string[] = [evidenceVersion]): LayerEvidence | undefined {
  try {
    const document: unknown = JSON.parse(zstdDecompressSync(bytes, { maxOutputLength: unpackedLimitBytes }).toString('utf8'))
    return isEvidence(document, versions) ? document : undefined
  } catch {
    // Not ours, or damaged: it is read anew.
    return undefined
  }
}

function isEvidence(document: unknown, versions: readonly string[]): document is LayerEvidence {
  const members = membersOf(document)
  if (!versions.some((version) => members?.get('version') === version)) return false
  if (typeof members?.get('entries') !== 'string' || typeof members.get('entryCount') !== 'number') return false
  const [files, remarks, gaps] = [members.get('files'), members.get('remarks'), members.get('gaps')]
  return Array.isArray(files) && Array.isArray(remarks) && Array.isArray(gaps) && files.every(isFile) && remarks.every(isRemarks)
}

function isRemarks(document: unknown): boolean {
  const members = membersOf(document)
  const remarks = members?.get('remarks')
  return (
    typeof members?.get('path') === 'string' &&
    Array.isArray(remarks) &&
    remarks.every((one) => typeof membersOf(one)?.get('kind') === 'string')
  )
}

function isFile(document: unknown): boolean {
  const file = membersOf(document)
  if (typeof file?.get('path') !== 'string' || typeof file.get('owns') !== 'string') return false
  if (['digests', 'configuration'].some((key) => file.has(key) && typeof file.get(key) !== 'string')) return false
  if (file.has('diversions') && !Array.isArray(file.get('diversions'))) return false
  return Array.isArray(file.get('packages')) && Array.isArray(file.get('gaps'))
}
