/** Advisories from a folder or a zip of OSV records, as they are. The first question reads all of them once and keeps where each lies. */
import { AdvisoryError } from './errors.ts'
import { isExploitedCatalogue, readScores } from './exploitation.ts'
import { parseJson } from './json.ts'
import { baseEcosystem, normalizeName } from './names.ts'
import { hasScores, placeName, type RecordPlace, readPlaces, readRecordFiles } from './record-files.ts'
import { readHead } from './record-head.ts'
import type { AdvisoryQuery, AdvisorySource, Exploitation } from './source.ts'

interface FilesIndex {
  /** By base ecosystem and normalized name. */
  readonly byName: ReadonlyMap<string, readonly RecordPlace[]>
  readonly byId: ReadonlyMap<string, RecordPlace>
  readonly ecosystems: ReadonlySet<string>
  readonly exploited: ReadonlySet<string>
  readonly scores: ReadonlyMap<string, number>
  readonly gaps: readonly string[]
}

/** A folder of OSV records: JSON files and zips, such as `<Ecosystem>/all.zip`, at any depth; CISA's catalogue may lie among them. */
export function directory(path: string): AdvisorySource {
  return files(path)
}

/** A zip of OSV records, such as those of OSV's public bucket. */
export function zip(path: string): AdvisorySource {
  return files(path)
}

function files(path: string): AdvisorySource {
  let pending: Promise<FilesIndex> | undefined
  const index = (signal: AbortSignal): Promise<FilesIndex> => {
    pending ??= buildIndex(path, signal).catch((cause) => {
      pending = undefined
      throw cause
    })
    return pending
  }
  return {
    name: path,
    async *records(queries, gap, signal) {
      const known = await index(signal)
      for (const message of known.gaps) gap(message)
      yield* parseAll(findPlaces(known, queries), gap, signal)
    },
    async covered(ecosystems, signal) {
      const known = await index(signal)
      return new Set(ecosystems.filter((asked) => known.ecosystems.has(asked) || known.ecosystems.has(baseEcosystem(asked))))
    },
    async *byId(ids, gap, signal) {
      const known = await index(signal)
      const places = ids.flatMap((id) => known.byId.get(id) ?? [])
      yield* parseAll(places, gap, signal)
    },
    async exploitation(cves, signal) {
      const known = await index(signal)
      return new Map(
        cves.filter((cve) => known.exploited.size > 0 || known.scores.has(cve)).map((cve) => [cve, exploitationOf(known, cve)]),
      )
    },
  }
}

function exploitationOf({ exploited, scores }: FilesIndex, cve: string): Exploitation {
  const epss = scores.get(cve)
  return { ...(exploited.size > 0 ? { knownExploited: exploited.has(cve) } : {}), ...(epss === undefined ? {} : { epss }) }
}

function findPlaces(index: FilesIndex, queries: readonly AdvisoryQuery[]): ReadonlySet<RecordPlace> {
  const keys = new Set(queries.map((query) => keyOf(query.ecosystem, query.name)))
  return new Set([...keys].flatMap((key) => index.byName.get(key) ?? []))
}

async function* parseAll(places: Iterable<RecordPlace>, gap: (message: string) => void, signal: AbortSignal): AsyncIterable<unknown> {
  for await (const { place, bytes } of readPlaces(places, gap, signal)) {
    const value = parseJson(bytes)
    if (value === undefined) gap(`${placeName(place)} changed while it was read`)
    else yield value
  }
}

async function buildIndex(path: string, signal: AbortSignal): Promise<FilesIndex> {
  const gaps: string[] = []
  const byName = new Map<string, RecordPlace[]>()
  const byId = new Map<string, RecordPlace>()
  const ecosystems = new Set<string>()
  const exploited = new Set<string>()
  const scores = new Map<string, number>()
  let documents = 0
  for await (const { place, bytes } of readRecordFiles(path, (message) => gaps.push(message), signal)) {
    if (hasScores(place)) {
      try {
        for (const { cve, epss } of readScores(bytes, placeName(place))) scores.set(cve, epss)
      } catch (cause) {
        if (!(cause instanceof AdvisoryError)) throw cause
        gaps.push(cause.message)
      }
      continue
    }
    const value = parseJson(bytes)
    if (isExploitedCatalogue(value)) {
      for (const entry of value.vulnerabilities) exploited.add(entry.cveID)
      continue
    }
    const head = readHead(value)
    if (head === undefined) {
      gaps.push(`${placeName(place)} is no OSV record: expected an object with an id and a list of affected packages`)
      continue
    }
    documents++
    byId.set(head.id, place)
    for (const { ecosystem, name } of head.packages) {
      ecosystems.add(ecosystem)
      const key = keyOf(ecosystem, name)
      const places = byName.get(key)
      if (places === undefined) byName.set(key, [place])
      else if (places.at(-1) !== place) places.push(place)
    }
  }
  const isEmpty = documents === 0 && exploited.size === 0 && scores.size === 0
  if (isEmpty && gaps.length === 0) throw new AdvisoryError('unreadable-source', `${path} has no OSV records`)
  return { byName, byId, ecosystems, exploited, scores, gaps }
}

const keyOf = (ecosystem: string, name: string): string => `${baseEcosystem(ecosystem)}\0${normalizeName(ecosystem, name)}`
