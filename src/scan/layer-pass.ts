/** Each distinct layer read once a run, however many images and platforms share it, and not at all where a cache has its evidence. */
import { givenBack, type SpentChunks } from '../formats/lent-bytes.ts'
import type { ImageLayer } from '../oci/image.ts'
import { ociLayer } from '../oci/media-types.ts'
import type { Descriptor, ImageSource } from '../oci/source.ts'
import { decodeEvidence, encodeEvidence, evidenceVersion, packageEvidenceVersion } from './evidence-codec.ts'
import { examineLayer, watchLayer } from './examine-layer.ts'
import type { FileWatcher } from './examiner.ts'
import { createEvidenceKeeper, type KeptEvidence } from './kept-evidence.ts'
import { type LayerEvidence, readLayerEvidence } from './layer-evidence.ts'
import type { LayerInput } from './layer-input.ts'
import { createLayerThreads, type LayerThreads, ThreadError } from './layer-threads.ts'
import { holdYoungGeneration } from './young-generation.ts'

/** Bytes by key, from run to run; what it gives back is looked at before it is used. */
export interface EvidenceCache {
  read(key: string): Promise<Uint8Array | undefined>
  write(key: string, bytes: Uint8Array): Promise<void>
}

export interface LayerPassOptions {
  /** Layers that are read at the same time. */
  readonly concurrency: number
  readonly cache?: EvidenceCache
  /** Told of every chunk of a layer that comes in, for whoever shows it: the bytes so far, of `descriptor.size`. */
  readonly progress?: (descriptor: Descriptor, readBytes: number) => void
  /** Reads large layers, where there are processors to spare. */
  readonly threads?: LayerThreads
  /** Where examiners work on large layers, beside what reads the packages. */
  readonly examiningThreads?: LayerThreads
  /** Packages are all that is wanted of layers: files have no digests, and nobody examines or watches them. */
  readonly packagesAlone?: boolean
  /**
   * Asked once a run for each distinct layer that evidence is asked of, before it is read. A layer that is watched is read in this thread, and is
   * read although its evidence is known; its evidence has a gap where that fails.
   */
  readonly watch?: (layer: ImageLayer) => FileWatcher | undefined
}

/** Stored bytes above which a thread is worth its start. */
const threadBytes = 16 * 1024 * 1024

export interface LayerCounts {
  /** Distinct layers whose bytes were read. */
  readonly read: number
  /** Distinct layers whose evidence the cache had. */
  readonly cached: number
  /** Times that a layer was asked for and was known already. */
  readonly shared: number
}

export interface LayerPass {
  /** A layer that cannot be read, or proves wrong, has a gap for evidence. Throws only what `signal` was aborted with. */
  evidence(layer: ImageLayer, source: ImageSource, signal: AbortSignal): Promise<LayerEvidence>
  counts(): LayerCounts
  /** The distinct layers behind the counts, by their digests. */
  seen?(): { readonly read: readonly string[]; readonly cached: readonly string[] }
}

/**
 * As fast as a machine with so many processors is. On two, unpacking (which Node does beside this thread) and reading packages keep one busy and
 * examining the other; on more, each large layer gets two threads of its own.
 */
export function layerPassFor(
  processors: number,
  options: Pick<LayerPassOptions, 'cache' | 'progress' | 'watch' | 'packagesAlone'> = {},
): LayerPass {
  const threads = processors > 1 ? createLayerThreads() : undefined
  return createLayerPass({
    concurrency: processors,
    ...options,
    ...(threads && processors > 2 ? { threads } : {}),
    ...(threads ? { examiningThreads: threads } : {}),
  })
}

export function createLayerPass(options: LayerPassOptions): LayerPass {
  const { cache, concurrency, packagesAlone = false, watch } = options
  const version = packagesAlone ? packageEvidenceVersion : evidenceVersion
  // Evidence of everything has the packages too.
  const versions = packagesAlone ? [evidenceVersion, version] : [version]
  const keeper = createEvidenceKeeper(versions)
  const known = new Map<string, Promise<KeptEvidence>>()
  const slots = createSlots(concurrency)
  // A layer that two threads read has the processors of two.
  const largeSlots = createSlots(concurrency / 2)
  const counts = { read: 0, cached: 0, shared: 0 }
  const seen = { read: new Set<string>(), cached: new Set<string>() }

  const slotsOf = ({ descriptor }: ImageLayer) => (options.examiningThreads && descriptor.size >= threadBytes ? largeSlots : slots)

  async function find(layer: ImageLayer, source: ImageSource, signal: AbortSignal): Promise<KeptEvidence> {
    const { digest, mediaType } = layer.descriptor
    const keyOf = (of: string): string => `${of} ${digest} ${mediaType}`
    let kept: Uint8Array | undefined
    let known: LayerEvidence | undefined
    for (const of of versions) {
      kept = known ? kept : await cache?.read(keyOf(of))
      known ??= kept && decodeEvidence(kept, versions)
    }
    const watcher = packagesAlone ? undefined : watch?.(layer)
    if (kept && known) {
      counts.cached++
      seen.cached.add(digest)
      const failure = watcher && (await slots(() => watchOne(layer, source, signal, watcher, options)))
      if (failure === undefined) return { encoded: kept, plain: known }
      return { plain: { ...known, gaps: [...known.gaps, { message: failure }] } }
    }
    counts.read++
    seen.read.add(digest)
    holdYoungGeneration()
    const isEncoded = (evidence: LayerEvidence) => cache !== undefined || !keeper.hasRoom(evidence)
    const { isWhole, ...read } = await slotsOf(layer)(() => readOne(layer, source, signal, watcher, options, isEncoded))
    if (isWhole && read.encoded) await cache?.write(keyOf(version), read.encoded)
    return read
  }

  return {
    async evidence(layer, source, signal) {
      const { digest, mediaType } = layer.descriptor
      const key = `${digest} ${mediaType}`
      const earlier = known.get(key)
      if (earlier) counts.shared++
      const pending = earlier ?? find(layer, source, signal).then(keeper.keep)
      if (!earlier) {
        known.set(key, pending)
        // What was aborted is not what the layer is.
        pending.catch(() => known.delete(key))
      }
      const kept = await pending
      const evidence = keeper.take(kept)
      if (!evidence) throw new Error(`evidence of layer ${digest} is damaged in memory`)
      return evidence
    },
    counts: () => ({ ...counts }),
    seen: () => ({ read: [...seen.read].sort(), cached: [...seen.cached].sort() }),
  }
}

async function readOne(
  { descriptor }: ImageLayer,
  source: ImageSource,
  signal: AbortSignal,
  watcher: FileWatcher | undefined,
  { threads, examiningThreads, progress, packagesAlone = false }: LayerPassOptions,
  isEncoded: (evidence: LayerEvidence) => boolean,
): Promise<KeptEvidence & { readonly isWhole: boolean }> {
  const { mediaType, size } = descriptor
  const open = () => told(descriptor, source.read(descriptor, signal), progress)
  const input: LayerInput = { open, mediaType, signal, packagesAlone, ...(watcher && { watcher }) }
  const here = async () => ({ plain: await readLayerEvidence(input) })
  const isLarge = size >= threadBytes
  const thread = watcher || !isLarge ? undefined : threads
  const read = async (): Promise<KeptEvidence> => {
    if (isLarge && !packagesAlone && examiningThreads?.examine) return { plain: await readInTwo(input, thread, examiningThreads.examine) }
    return thread ? { encoded: await thread.read(open, mediaType, signal, packagesAlone ? 'packages' : 'read') } : here()
  }
  try {
    const { encoded, plain } = await read().catch((error): Promise<KeptEvidence> => orHere(error, here))
    if (!plain) return { ...(encoded && { encoded }), isWhole: true }
    // Here: what cannot be encoded is a gap of its own layer, not of one that needs its room later.
    const version = packagesAlone ? packageEvidenceVersion : evidenceVersion
    return { plain, ...(isEncoded(plain) && { encoded: encodeEvidence(plain, version) }), isWhole: true }
  } catch (error) {
    signal.throwIfAborted()
    // What was read of a layer that then proved wrong is not used.
    const message = error instanceof Error ? error.message : String(error)
    const gaps = [{ message: `layer could not be read: ${message}` }]
    return { plain: { entries: '', entryCount: 0, files: [], remarks: [], gaps }, isWhole: false }
  }
}

/** Packages here or in one thread, and examiners in another: of the tar where it is unpacked here, of the layer as it is stored where it is not. */
async function readInTwo(
  input: LayerInput,
  thread: LayerThreads | undefined,
  examine: NonNullable<LayerThreads['examine']>,
): Promise<LayerEvidence> {
  const { open, mediaType, signal } = input
  signal.throwIfAborted()
  const examination = examine(thread ? mediaType : ociLayer)
  try {
    const evidence = thread
      ? decodeEvidence(await thread.read(openShown(open, examination.push), mediaType, signal, 'unexamined'))
      : await readLayerEvidence({ ...input, examiners: [], onSpent: examination.push })
    if (!evidence) throw new ThreadError('thread that reads layers gave no evidence')
    // The thread's failure is not the layer's: what was read is kept, and examiners are shown it here.
    const { remarks, gaps } = await examination.end().catch(() => examineLayer({ open, mediaType, signal }))
    return { ...evidence, remarks, gaps: [...evidence.gaps, ...gaps] }
  } catch (error) {
    await examination.stop()
    throw error
  }
}

/** The bytes of the first opening are shown after they were read. */
function openShown(open: LayerInput['open'], show: SpentChunks): LayerInput['open'] {
  let isFirst = true
  return () => {
    const isShown = isFirst
    isFirst = false
    return givenBack(open(), isShown ? show : undefined)
  }
}

/** What went wrong, if anything did. */
async function watchOne(
  { descriptor }: ImageLayer,
  source: ImageSource,
  signal: AbortSignal,
  watcher: FileWatcher,
  { progress }: LayerPassOptions,
): Promise<string | undefined> {
  const open = () => told(descriptor, source.read(descriptor, signal), progress)
  try {
    await watchLayer({ open, mediaType: descriptor.mediaType, signal, watcher })
    return undefined
  } catch (error) {
    signal.throwIfAborted()
    return `layer could not be read again: ${error instanceof Error ? error.message : String(error)}`
  }
}

async function* told(
  descriptor: Descriptor,
  bytes: AsyncIterable<Uint8Array>,
  progress: LayerPassOptions['progress'],
): AsyncGenerator<Uint8Array> {
  let readBytes = 0
  for await (const chunk of bytes) {
    readBytes += chunk.length
    progress?.(descriptor, readBytes)
    yield chunk
  }
}

/** A thread that does not start, or ran out of memory, is not the layer's fault. */
async function orHere<T>(error: unknown, here: () => Promise<T>): Promise<T> {
  if (error instanceof ThreadError) return here()
  throw error
}

/** Runs at most `count` at a time, in the order of asking. */
function createSlots(count: number): <T>(work: () => Promise<T>) => Promise<T> {
  const waiting: (() => void)[] = []
  let free = Math.max(Math.floor(count), 1)
  return async (work) => {
    if (free > 0) free--
    else await new Promise<void>((resume) => waiting.push(resume))
    try {
      return await work()
    } finally {
      const next = waiting.shift()
      if (next) next()
      else free++
    }
  }
}
