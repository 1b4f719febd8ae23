/** Record files on disk: JSON documents, zips of them, lists of EPSS scores, and folders of all these at any depth. */
import { readdir, readFile, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { AdvisoryError } from './errors.ts'
import { maxRecordBytes, openZip, type ZipEntry } from './zip.ts'

/** Where the bytes of one document lie. */
export interface RecordPlace {
  readonly path: string
  /** Absent for a file of its own. */
  readonly entry?: ZipEntry
}

/** What `place` says it is, to a reader. */
export const placeName = (place: RecordPlace): string => (place.entry === undefined ? place.path : `${place.path}: ${place.entry.name}`)

/** Whether it is a list of EPSS scores by its name. */
export const hasScores = (place: RecordPlace): boolean => place.entry === undefined && /\.csv(\.gz)?$/.test(place.path)

export interface RecordFile {
  readonly place: RecordPlace
  readonly bytes: Buffer
}

const maxDepth = 16

/** Every document below the path, a folder in the order of its names. What cannot be read is told, and the rest goes on. */
export async function* readRecordFiles(path: string, gap: (message: string) => void, signal: AbortSignal): AsyncIterable<RecordFile> {
  for await (const file of listFiles(path, gap, 0)) {
    signal.throwIfAborted()
    if (file.endsWith('.zip')) yield* readZip(file, gap, signal)
    else {
      const bytes = await attempt(() => readWhole(file), gap)
      if (bytes !== undefined) yield { place: { path: file }, bytes }
    }
  }
}

/** Reads what `readRecordFiles` found again. Places of one zip that follow each other share its opening. */
export async function* readPlaces(
  places: Iterable<RecordPlace>,
  gap: (message: string) => void,
  signal: AbortSignal,
): AsyncIterable<RecordFile> {
  const byFile = Map.groupBy(places, (place) => place.path)
  for (const [path, group] of byFile) {
    signal.throwIfAborted()
    const zip = group.some((place) => place.entry !== undefined) ? await attempt(() => openZip(path), gap) : undefined
    try {
      for (const place of group) {
        const { entry } = place
        const bytes = entry === undefined ? await attempt(() => readWhole(path), gap) : await attempt(async () => zip?.read(entry), gap)
        if (bytes !== undefined) yield { place, bytes }
      }
    } finally {
      await zip?.close()
    }
  }
}

/** Links are followed for the path itself alone. */
async function* listFiles(path: string, gap: (message: string) => void, depth: number): AsyncIterable<string> {
  const state = await stat(path)
  if (!state.isDirectory()) {
    yield path
    return
  }
  const entries = await readdir(path, { withFileTypes: true })
  for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
    const inside = join(path, entry.name)
    if (entry.isDirectory()) {
      if (depth >= maxDepth) gap(`folder ${inside} lies more than ${maxDepth} folders deep and is not read`)
      else yield* listFiles(inside, gap, depth + 1)
    } else if (/\.(json|zip|csv|csv\.gz)$/.test(entry.name)) {
      if (entry.isFile()) yield inside
      else gap(`${inside} is a link or no file, and is not read`)
    }
  }
}

async function* readZip(path: string, gap: (message: string) => void, signal: AbortSignal): AsyncIterable<RecordFile> {
  const zip = await attempt(() => openZip(path), gap)
  if (zip === undefined) return
  try {
    for await (const entry of zip.entries()) {
      signal.throwIfAborted()
      if (!entry.name.endsWith('.json')) continue
      const bytes = await attempt(() => zip.read(entry), gap)
      if (bytes !== undefined) yield { place: { path, entry }, bytes }
    }
  } catch (cause) {
    if (!(cause instanceof AdvisoryError)) throw cause
    gap(cause.message)
  } finally {
    await zip.close()
  }
}

async function readWhole(path: string): Promise<Buffer> {
  const { size } = await stat(path)
  if (size > maxRecordBytes)
    throw new AdvisoryError('unreadable-source', `${path} has ${size} bytes, at most ${maxRecordBytes} are read as one record`)
  return await readFile(path)
}

async function attempt<T>(action: () => Promise<T>, gap: (message: string) => void): Promise<T | undefined> {
  try {
    return await action()
  } catch (cause) {
    gap(cause instanceof Error ? cause.message : String(cause))
    return undefined
  }
}
