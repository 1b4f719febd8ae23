/** The evidence of one layer: a function of its bytes alone, in plain values that can be kept by the layer's digest and handed from thread to thread. */
import { type Distribution, quote } from '../findings.ts'
import { type EntrySink, type EntryVisitor, type LayerEntry, readLayer } from '../oci/layer.ts'
import type { EvidenceGap } from './evidence.ts'
import { examiners } from './examiners.ts'
import { type FactsRun, FileFacts } from './integrity/file-facts.ts'
import { OwnedDigests } from './integrity/owned-digests.ts'
import {
  type FoundDiversion,
  type FoundGap,
  type FoundPackage,
  maxPathLength,
  type OwnedFile,
  type PackageFormat,
} from './inventory/format.ts'
import { formatFinder, formats } from './inventory/formats.ts'
import { encodeEntry } from './layer-entries.ts'
import { defaultBounds, type LayerInput } from './layer-input.ts'
import { type FileRemarks, LayerRemarks } from './layer-remarks.ts'

export interface LayerEvidence {
  /** Every entry in the order of the layer, in the form of `layer-entries.ts`. */
  readonly entries: string
  readonly entryCount: number
  /** Of the files that a format read. */
  readonly files: readonly FileEvidence[]
  /** Of the files that an examiner had something to say of. */
  readonly remarks: readonly FileRemarks[]
  readonly gaps: readonly EvidenceGap[]
}

export interface FileEvidence {
  readonly path: string
  readonly format: string
  readonly packages: readonly FoundPackage[]
  readonly distribution?: Distribution
  /** Paths that the operating system's package manager owns and has no digests of, each ended by NUL. */
  readonly owns: string
  /** Those that it has digests of, in the form of `integrity/owned-digests.ts`. */
  readonly digests?: string
  /** Paths of configuration, which people change, each ended by NUL. */
  readonly configuration?: string
  readonly diversions?: readonly FoundDiversion[]
  readonly gaps: readonly FoundGap[]
}

/** What one file may say, in packages and owned paths: the largest real databases have some hundred thousand. */
const foundLimit = 2_000_000
/** Of all owned paths of one file, in characters. */
const ownedLimit = 100_000_000

/** Throws what the reading of the layer throws; a file that its format or an examiner cannot read is a gap of that file. */
export async function readLayerEvidence(input: LayerInput): Promise<LayerEvidence> {
  const { open, mediaType, signal, watcher, packagesAlone = false } = input
  const formatOf = formatFinder(input.formats ?? formats)
  const bounds = { ...defaultBounds, ...input.bounds }
  const { maxEntries, maxNames } = bounds
  const entries: string[] = []
  let names = 0
  const files = new Map<string, FileEvidence>()
  const links = new Map<string, LayerEntry>()
  const gaps: EvidenceGap[] = []
  /** Few files have any. */
  const capabilities = new Map<string, string>()
  const facts = new FileFacts()
  const remarks = new LayerRemarks(packagesAlone ? [] : (input.examiners ?? examiners), bounds, (gap) => gaps.push(gap))
  const visit: EntryVisitor = (entry) => {
    signal.throwIfAborted()
    const { type, path, linkPath } = entry
    names += path.length + (linkPath?.length ?? 0)
    if (names > maxNames) throw new RangeError(`layer has names of more than ${maxNames} characters`)
    const isExamined = type === 'file' && !packagesAlone
    const index = entries.push(isExamined ? '' : encodeEntry(entry)) - 1
    facts.see(path)
    // A path that comes twice has what came last.
    files.delete(path)
    links.delete(path)
    remarks.replace(path)
    if (entry.capability !== undefined) {
      capabilities.set(path, entry.capability)
      // A runtime gives them to the file itself, of which no examiner heard so.
      if (type === 'hardlink' && capabilities.get(linkPath ?? '') !== entry.capability)
        gaps.push({ path, message: 'is a hard link with capabilities that its file has not' })
    } else if (capabilities.size > 0) capabilities.delete(path)
    const format = type === 'file' || type === 'hardlink' ? formatOf(entry) : undefined
    if (format && type === 'hardlink' && !format.anyName) links.set(path, entry)
    if (!isExamined)
      return format && type === 'file' ? async (body) => void files.set(path, await readFile(format, entry, body, signal)) : undefined
    const sink = new ReadFile(entry, facts.open(entry), remarks.open(entry, watcher), (encoded, message) => {
      entries[index] = encoded
      if (message !== undefined) gaps.push({ path, message })
    })
    if (!format) return sink
    return async (body) => {
      const shared = sharedBody(body, sink)
      files.set(path, await readFile(format, entry, shared.body, signal))
      await shared.finish()
    }
  }
  const onGap = (path: string, message: string) => void gaps.push({ path, message })
  await readLayer(open(), mediaType, visit, { maxEntries, onGap, ...(input.onSpent && { onSpent: input.onSpent }) })
  const missing = [...links.values()].filter(({ linkPath }) => linkPath !== undefined && !files.has(linkPath))
  if (missing.length > 0) for (const file of await readTargets(input, formatOf, missing)) files.set(file.path, file)
  return { entries: entries.join(''), entryCount: entries.length, files: [...files.values()], remarks: remarks.all(), gaps }
}

/** One regular file on its way through all that look at its bytes. `done` is given its entry in the form of `layer-entries.ts`, and what went wrong. */
class ReadFile implements EntrySink {
  readonly #entry: LayerEntry
  readonly #facts: FactsRun
  readonly #others: EntrySink | undefined
  readonly #done: (encoded: string, message?: string) => void

  constructor(entry: LayerEntry, facts: FactsRun, others: EntrySink | undefined, done: (encoded: string, message?: string) => void) {
    this.#entry = entry
    this.#facts = facts
    this.#others = others
    this.#done = done
  }

  write(piece: Uint8Array): void | Promise<void> {
    this.#facts.write(piece)
    return this.#others?.write(piece)
  }

  end(): void | Promise<void> {
    this.#done(encodeEntry(this.#entry, this.#facts.end()))
    return this.#others?.end()
  }

  tooLarge(message: string): void {
    this.#done(encodeEntry(this.#entry), message)
  }
}

/** One body for a format, which may stop early, and a sink, which sees it to its end. */
function sharedBody(body: AsyncIterable<Uint8Array>, sink: EntrySink): { body: AsyncIterable<Uint8Array>; finish: () => Promise<void> } {
  const iterator = body[Symbol.asyncIterator]()
  const next = async (): Promise<IteratorResult<Uint8Array>> => {
    const result = await iterator.next()
    if (!result.done) await sink.write(result.value)
    return result
  }
  return {
    body: { [Symbol.asyncIterator]: () => ({ next }) },
    async finish() {
      while (!(await next()).done);
      await sink.end()
    },
  }
}

/** A hard link has no bytes of its own: the file that it leads to had another name, which no format reads (a store of packages), so it is read now. */
async function readTargets(
  input: LayerInput,
  formatOf: ReturnType<typeof formatFinder>,
  links: readonly LayerEntry[],
): Promise<FileEvidence[]> {
  const { open, mediaType, signal } = input
  const byTarget = Map.groupBy(links, ({ linkPath }) => linkPath)
  const files = new Map<string, FileEvidence>()
  const visit: EntryVisitor = (entry) => {
    signal.throwIfAborted()
    const [first, ...others] = entry.type === 'file' ? (byTarget.get(entry.path) ?? []) : []
    const format = first && formatOf(first)
    if (!first || !format) return undefined
    return async (body) => {
      const evidence = await readFile(format, { ...first, sizeBytes: entry.sizeBytes }, body, signal)
      for (const { path } of [first, ...others]) files.set(path, { ...evidence, path })
    }
  }
  // Entries that are left out were told of in the first reading.
  await readLayer(open(), mediaType, visit, { onGap: () => {} })
  for (const { path, linkPath } of links) if (!files.has(path)) files.set(path, deadLink(path, linkPath ?? ''))
  return [...files.values()]
}

function deadLink(path: string, target: string): FileEvidence {
  const message = `hard link leads to ${quote(target)}, which is not a file of its layer`
  return { path, format: 'link', packages: [], owns: '', gaps: [{ kind: 'gap', message }] }
}

async function readFile(
  format: PackageFormat,
  entry: LayerEntry,
  body: AsyncIterable<Uint8Array>,
  signal: AbortSignal,
): Promise<FileEvidence> {
  const packages: FoundPackage[] = []
  const owns: string[] = []
  const configuration: string[] = []
  const digests = new OwnedDigests()
  const diversions: FoundDiversion[] = []
  const gaps: FoundGap[] = []
  let distribution: Distribution | undefined
  let count = 0
  let pathLength = 0
  // Looked at before it is made one text of: a long folder's name before every file would fill the memory.
  const bounded = (path: string): string => {
    pathLength += path.length
    if (path.length > maxPathLength || pathLength > ownedLimit) throw new RangeError('file names paths that are too long')
    return path
  }
  const counted = () => {
    if (++count > foundLimit) throw new RangeError(`file names more than ${foundLimit} packages and paths`)
  }
  const own = ({ path, digest, owner }: OwnedFile) => {
    if (digest === undefined) owns.push(bounded(path), '\0')
    else digests.add(bounded(path), digest, owner)
  }
  try {
    for await (const found of format.read({ path: entry.path, sizeBytes: entry.sizeBytes, body }, { signal })) {
      if (found.kind === 'owns-all') {
        for (const file of found.files) {
          counted()
          own(file)
        }
        continue
      }
      counted()
      if (found.kind === 'package') packages.push(found)
      else if (found.kind === 'distribution') distribution = found.distribution
      else if (found.kind === 'configures') configuration.push(bounded(found.path), '\0')
      else if (found.kind === 'diverts') {
        bounded(found.path)
        bounded(found.to)
        diversions.push(found)
      } else if (found.kind === 'gap') gaps.push(found)
      else own(found)
    }
  } catch (error) {
    signal.throwIfAborted()
    gaps.push({ kind: 'gap', message: `${format.name}: ${error instanceof Error ? error.message : String(error)}` })
  }
  return {
    path: entry.path,
    format: format.name,
    packages,
    ...(distribution ? { distribution } : {}),
    owns: owns.join(''),
    ...(digests.isEmpty ? {} : { digests: digests.text() }),
    ...(configuration.length > 0 ? { configuration: configuration.join('') } : {}),
    ...(diversions.length > 0 ? { diversions } : {}),
    gaps,
  }
}
