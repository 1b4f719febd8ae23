/** A record's entry for one package as the local database keeps it: short, since every package that is asked for has its entries read. */
import type { Affected, RangeEvent, SeverityEntry } from './osv.ts'

/** `[ecosystem, ranges, versions, rating]`; what is empty at the end is left out. A range is its type and events, `['E', 'i0', 'f1.2.3']`. */
export function encodeEntry(entry: Affected): string {
  const ranges = entry.ranges
    .filter(({ type }) => type !== 'GIT')
    .map(({ type, events }) => [type === 'SEMVER' ? 'S' : 'E', ...events.map(encodeEvent)])
  const rating = ratingOf(entry)
  const parts = [entry.ecosystem, ranges, entry.versions, ...(rating === undefined ? [] : [rating])]
  while (Array.isArray(parts.at(-1)) && (parts.at(-1) as readonly unknown[]).length === 0) parts.pop()
  return JSON.stringify(parts)
}

/** Undefined for what is no such entry. */
export function decodeEntry(value: unknown, name: string): Affected | undefined {
  if (!Array.isArray(value)) return undefined
  const [ecosystem, ranges = [], versions = [], rating = {}] = value as readonly unknown[]
  if (typeof ecosystem !== 'string' || !Array.isArray(ranges) || !isTexts(versions) || typeof rating !== 'object' || rating === null)
    return undefined
  const decoded: Affected['ranges'][number][] = []
  for (const range of ranges) {
    const events = isTexts(range) ? range.slice(1).map(decodeEvent) : [undefined]
    if (!events.every((event) => event !== undefined)) return undefined
    decoded.push({ type: range[0] === 'S' ? 'SEMVER' : 'ECOSYSTEM', events })
  }
  return { ecosystem, name, ranges: decoded, versions, ...decodeRating(rating) }
}

/** The entry as it stands in a record's `affected`. */
export function osvEntry({ ecosystem, name, ranges, versions, ...entry }: Affected): unknown {
  return {
    package: { ecosystem, name },
    ranges: ranges.map(({ type, events }) => ({ type, events: events.map((event) => ({ [event.kind]: event.version })) })),
    versions,
    ...ratingOf(entry),
  }
}

const letters = { introduced: 'i', fixed: 'f', last_affected: 'l', limit: 'm' } as const
const kinds: ReadonlyMap<string, RangeEvent['kind']> = new Map([
  ['i', 'introduced'],
  ['f', 'fixed'],
  ['l', 'last_affected'],
  ['m', 'limit'],
])

const encodeEvent = ({ kind, version }: RangeEvent): string => `${letters[kind]}${version}`

function decodeEvent(text: string): RangeEvent | undefined {
  const kind = kinds.get(text.charAt(0))
  return kind === undefined ? undefined : { kind, version: text.slice(1) }
}

const isTexts = (value: unknown): value is readonly string[] => Array.isArray(value) && value.every((entry) => typeof entry === 'string')

/** As in a record's `affected`. */
export interface StoredRating {
  readonly severity?: readonly SeverityEntry[]
  readonly ecosystem_specific?: Readonly<Record<string, string>>
  readonly database_specific?: Readonly<Record<string, string>>
}

type Rated = Pick<Affected, 'databaseSpecific' | 'ecosystemSpecific' | 'severity'>

/** What `severity.ts` reads of an entry; undefined where it has none of it. */
export function ratingOf(entry: Rated): StoredRating | undefined {
  const ecosystemSpecific = textsOf(entry.ecosystemSpecific, ['severity', 'urgency'])
  const databaseSpecific = textsOf(entry.databaseSpecific, ['severity'])
  if (entry.severity.length === 0 && ecosystemSpecific === undefined && databaseSpecific === undefined) return undefined
  return {
    ...(entry.severity.length === 0 ? {} : { severity: entry.severity }),
    ...(ecosystemSpecific === undefined ? {} : { ecosystem_specific: ecosystemSpecific }),
    ...(databaseSpecific === undefined ? {} : { database_specific: databaseSpecific }),
  }
}

function textsOf(values: ReadonlyMap<string, unknown>, keys: readonly string[]): Readonly<Record<string, string>> | undefined {
  if (values.size === 0) return undefined
  const found = keys.flatMap((key): [string, string][] => {
    const value = values.get(key)
    return typeof value === 'string' ? [[key, value]] : []
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

const nothing: ReadonlyMap<string, unknown> = new Map()

/** What is wrong in it counts as no rating, which is shown. */
function decodeRating(rating: object): Rated {
  const { severity, ecosystem_specific, database_specific } = rating as Readonly<Record<string, unknown>>
  const entries = Array.isArray(severity)
    ? severity.filter((entry): entry is SeverityEntry => typeof entry?.type === 'string' && typeof entry.score === 'string')
    : []
  const mapOf = (value: unknown): ReadonlyMap<string, unknown> =>
    typeof value === 'object' && value !== null ? new Map(Object.entries(value)) : nothing
  return { severity: entries, ecosystemSpecific: mapOf(ecosystem_specific), databaseSpecific: mapOf(database_specific) }
}
