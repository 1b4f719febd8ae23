/** The evidence of one layer: a function of its bytes alone, in plain values that can be kept by the layer's digest and handed from thread to thread. */
import type { Distribution } from '../findings.ts'
import { type EntryType, type EntryVisitor, type LayerEntry, readLayer } from '../oci/layer.ts'
import type { EvidenceGap } from './evidence.ts'
import type { FoundGap, FoundPackage, PackageFormat } from './inventory/format.ts'
import { formatOf, formats } from './inventory/formats.ts'

export interface LayerEvidence {
  /** Every entry in the order of the layer: its type's letter and its path, ended by NUL; of links the target too, ended by NUL. */
  readonly entries: string
  /** Of the files that a format read. */
  readonly files: readonly FileEvidence[]
  readonly gaps: readonly EvidenceGap[]
}

export interface FileEvidence {
  readonly path: string
  readonly format: string
  readonly packages: readonly FoundPackage[]
  readonly distribution?: Distribution
  /** Paths that the operating system's package manager owns, each ended by NUL. */
  readonly owns: string
  readonly gaps: readonly FoundGap[]
}

export interface LayerInput {
  /** The layer as it is stored. Its end must have been reached without an error for the evidence to be trusted. */
  readonly bytes: AsyncIterable<Uint8Array>
  readonly mediaType: string
  readonly signal: AbortSignal
  readonly formats?: readonly PackageFormat[]
}

/** What one file may say, in packages and owned paths: the largest real databases have some hundred thousand. */
const foundLimit = 2_000_000

export const entryLetters: Readonly<Record<EntryType, string>> = {
  file: 'f',
  directory: 'd',
  symlink: 'l',
  hardlink: 'h',
  'character-device': 'c',
  'block-device': 'b',
  fifo: 'p',
}

/** Throws what the reading of the layer throws; a file that its format cannot read is a gap of that file. */
export async function readLayerEvidence(input: LayerInput): Promise<LayerEvidence> {
  const { bytes, mediaType, signal } = input
  const list = input.formats ?? formats
  const entries: string[] = []
  const files = new Map<string, FileEvidence>()
  const gaps: EvidenceGap[] = []
  const visit: EntryVisitor = (entry) => {
    signal.throwIfAborted()
    const { type, path, linkPath } = entry
    entries.push(linkPath === undefined ? `${entryLetters[type]}${path}\0` : `${entryLetters[type]}${path}\0${linkPath}\0`)
    // A path that comes twice has what came last.
    files.delete(path)
    if (type !== 'file') return undefined
    const format = formatOf(list, entry)
    return format && (async (body) => void files.set(path, await readFile(format, entry, body, signal)))
  }
  await readLayer(bytes, mediaType, visit, { onGap: (path, message) => gaps.push({ path, message }) })
  return { entries: entries.join(''), files: [...files.values()], gaps }
}

async function readFile(
  format: PackageFormat,
  entry: LayerEntry,
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<FileEvidence> {
  const packages: FoundPackage[] = []
  const owns: string[] = []
  const gaps: FoundGap[] = []
  let distribution: Distribution | undefined
  let count = 0
  try {
    for await (const found of format.read({ path: entry.path, sizeBytes: entry.sizeBytes, body }, { signal })) {
      if (++count > foundLimit) throw new RangeError(`file names more than ${foundLimit} packages and paths`)
      if (found.kind === 'package') packages.push(found)
      else if (found.kind === 'distribution') distribution = found.distribution
      else if (found.kind === 'owns') owns.push(found.path, '\0')
      else gaps.push(found)
    }
  } catch (error) {
    signal.throwIfAborted()
    gaps.push({ kind: 'gap', message: `${format.name}: ${error instanceof Error ? error.message : String(error)}` })
  }
  return { path: entry.path, format: format.name, packages, ...(distribution ? { distribution } : {}), owns: owns.join(''), gaps }
}
