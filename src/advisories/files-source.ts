/** Advisories from a folder or a zip of OSV records, as they are. The first question reads all of them once and keeps where each lies. */
import { AdvisoryError } from './errors.ts'
import { isExploitedCatalogue } from './exploitation.ts'
import { parseJson } from './json.ts'
import { baseEcosystem, normalizeName } from './names.ts'
import { type RecordPlace, readPlaces, readRecordFiles } from './record-files.ts'
import type { AdvisoryQuery, AdvisorySource } from './source.ts'

interface FilesIndex {
  /** By base ecosystem and normalized name. */
  readonly byName: ReadonlyMap<string, readonly RecordPlace[]>
  readonly byId: ReadonlyMap<string, RecordPlace>
  readonly ecosystems: ReadonlySet<string>
  readonly exploited: ReadonlySet<string>
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
      const { exploited } = await index(signal)
      return new Map(cves.filter((cve) => exploited.has(cve)).map((cve) => [cve, { knownExploited: true }]))
    },
  }
}

function findPlaces(index: FilesIndex, queries: readonly AdvisoryQuery[]): ReadonlySet<RecordPlace> {
  const keys = new Set(queries.map((query) => keyOf(query.ecosystem, query.name)))
  return new Set([...keys].flatMap((key) => index.byName.get(key) ?? []))
}

async function* parseAll(places: Iterable<RecordPlace>, gap: (message: string) => void, signal: AbortSignal): AsyncIterable<unknown> {
  for await (const { place, bytes } of readPlaces(places, gap, signal)) {
    const value = parseJson(bytes)
    if (value === undefined) gap(`${nameOf(place)} changed while it was read`)
    else yield value
  }
}

async function buildIndex(path: string, signal: AbortSignal): Promise<FilesIndex> {
  const gaps: string[] = []
  const byName = new Map<string, RecordPlace[]>()
  const byId = new Map<string, RecordPlace>()
  const ecosystems = new Set<string>()
  const exploited = new Set<string>()
  let documents = 0
  for await (const { place, bytes } of readRecordFiles(path, (message) => gaps.push(message), signal)) {
    const value = parseJson(bytes)
    if (isExploitedCatalogue(value)) {
      for (const entry of value.vulnerabilities) exploited.add(entry.cveID)
      continue
    }
    const head = readHead(value)
    if (head === undefined) {
      gaps.push(`${nameOf(place)} is no OSV record: expected an object with an id and a list of affected packages`)
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
  if (documents === 0 && gaps.length === 0) throw new AdvisoryError('unreadable-source', `${path} has no OSV records`)
  return { byName, byId, ecosystems, exploited, gaps }
}

const keyOf = (ecosystem: string, name: string): string => `${baseEcosystem(ecosystem)}\0${normalizeName(ecosystem, name)}`

const nameOf = (place: RecordPlace): string => (place.entry === undefined ? place.path : `${place.path}: ${place.entry.name}`)

export interface RecordHead {
  readonly id: string
  readonly packages: readonly { readonly ecosystem: string; readonly name: string }[]
}

/** The id and the packages of a record, and no more: whatever else is wrong with it is told when it is asked for. Undefined for what is no record. */
export function readHead(value: unknown): RecordHead | undefined {
  if (typeof value !== 'object' || value === null) return undefined
  const { id, affected } = value as { id?: unknown; affected?: unknown }
  if (typeof id !== 'string') return undefined
  if (affected === undefined || affected === null) return { id, packages: [] }
  if (!Array.isArray(affected)) return undefined
  const packages = []
  for (const entry of affected) {
    const named: unknown = entry?.package
    if (named === undefined || named === null) continue
    const { ecosystem, name } = named as { ecosystem?: unknown; name?: unknown }
    if (typeof ecosystem !== 'string' || typeof name !== 'string') return undefined
    packages.push({ ecosystem, name })
  }
  return { id, packages }
}
