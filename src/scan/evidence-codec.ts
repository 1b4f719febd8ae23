/** The evidence of a layer as bytes: what a thread hands over, what is held while a run lasts, and what a cache keeps. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import { itemsOf, membersOf } from '../formats/json-object.ts'
import { examiners } from './examiners.ts'
import { formats } from './inventory/formats.ts'
import type { FileEvidence, LayerEvidence } from './layer-evidence.ts'

/** The number changes whenever a format finds something else in the same bytes, or evidence has another shape: what was kept before is then read anew. */
const packagesVersion = ['portcullis.layer-evidence/5', formats.map(({ name }) => name).join(',')].join(' ')

export const evidenceVersion = [packagesVersion, examiners.map(({ name, version }) => `${name}:${version}`).join(',')].join(' ')

/** Of evidence that has packages alone. */
export const packageEvidenceVersion = `${packagesVersion} packages alone`

const unpackedLimitBytes = 1024 * 1024 * 1024

/** Texts that are long stand behind the document, which has their lengths in their places. */
const longTexts = ['owns', 'digests', 'configuration'] as const

/**
 * Four bytes (little-endian) with the length of a JSON document, the document, and the long texts in its order, compressed. Mostly paths, which a
 * fast compression makes a tenth of.
 */
export function encodeEvidence({ entries, files, ...rest }: LayerEvidence, version = evidenceVersion): Uint8Array {
  const texts: Buffer[] = []
  const put = (text: string): number => {
    const bytes = Buffer.from(text)
    texts.push(bytes)
    return bytes.length
  }
  const document = {
    version,
    ...rest,
    entries: put(entries),
    files: files.map((file) => ({ ...file, ...Object.fromEntries(longTexts.flatMap((key) => lengthOf(file, key, put))) })),
  }
  const head = Buffer.from(JSON.stringify(document))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(head.length)
  return zstdCompressSync(Buffer.concat([length, head, ...texts]), { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
}

function lengthOf(file: FileEvidence, key: (typeof longTexts)[number], put: (text: string) => number): [string, number][] {
  const text = file[key]
  return text === undefined ? [] : [[key, put(text)]]
}

/** Undefined for anything but evidence of these versions. */
export function decodeEvidence(bytes: Uint8Array, versions: readonly string[] = [evidenceVersion]): LayerEvidence | undefined {
  try {
    const document = unpackDocument(zstdDecompressSync(bytes, { maxOutputLength: unpackedLimitBytes }))
    return isEvidence(document, versions) ? document : undefined
  } catch {
    // Not ours, or damaged: it is read anew.
    return undefined
  }
}

/** Throws for what is cut short, too long, or no such document. */
function unpackDocument(bytes: Buffer): unknown {
  const headEnd = 4 + bytes.readUInt32LE(0)
  const members = membersOf(JSON.parse(bytes.toString('utf8', 4, headEnd)))
  let position = headEnd
  const take = (length: unknown): string => {
    const end = position + (Number.isSafeInteger(length) ? Number(length) : Number.NaN)
    if (!(end >= position && end <= bytes.length)) throw new RangeError('text of the evidence is not where it should be')
    const text = bytes.toString('utf8', position, end)
    position = end
    return text
  }
  const entries = take(members?.get('entries'))
  const files = itemsOf(members?.get('files')).map((document) => {
    const file = membersOf(document) ?? new Map<string, unknown>()
    return Object.fromEntries([...file].map(([key, value]) => [key, longTexts.some((one) => one === key) ? take(value) : value]))
  })
  if (position !== bytes.length) throw new RangeError('evidence goes on behind its end')
  return { ...Object.fromEntries(members ?? []), entries, files }
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
