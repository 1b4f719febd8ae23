/** An OSV record, read from JSON that nobody has looked at. OSV schema 1.7: https://ossf.github.io/osv-schema/ */
import { quote } from '../findings.ts'
import { AdvisoryError } from './errors.ts'

export interface Advisory {
  readonly id: string
  /** RFC 3339, as the record has it. */
  readonly modified: string
  readonly withdrawn?: string
  readonly aliases: readonly string[]
  readonly upstream: readonly string[]
  readonly related: readonly string[]
  readonly summary: string
  readonly details: string
  readonly severity: readonly SeverityEntry[]
  readonly affected: readonly Affected[]
  /** Addresses, in the record's order. */
  readonly references: readonly string[]
  readonly databaseSpecific: ReadonlyMap<string, unknown>
}

export interface SeverityEntry {
  /** `CVSS_V2`, `CVSS_V3`, `CVSS_V4`, or the name of a database with ratings of its own, such as `Ubuntu`. */
  readonly type: string
  readonly score: string
}

export interface Affected {
  /** With its release: `Debian:12`. */
  readonly ecosystem: string
  readonly name: string
  readonly ranges: readonly Range[]
  readonly versions: readonly string[]
  readonly severity: readonly SeverityEntry[]
  readonly ecosystemSpecific: ReadonlyMap<string, unknown>
  readonly databaseSpecific: ReadonlyMap<string, unknown>
}

export type RangeType = 'ECOSYSTEM' | 'GIT' | 'SEMVER'

export interface Range {
  readonly type: RangeType
  readonly events: readonly RangeEvent[]
}

export interface RangeEvent {
  readonly kind: 'introduced' | 'fixed' | 'last_affected' | 'limit'
  readonly version: string
}

/** Most entries that one list of a record may have; the largest public records have some ten thousand versions. */
const maxEntries = 200_000
const maxIdCharacters = 256

/** Throws AdvisoryError `unreadable-record`, whose message names the record and the field. */
export function readAdvisory(value: unknown): Advisory {
  const record = readObject(value, 'record')
  const id = record.id
  if (typeof id !== 'string' || !/^[\w.:+-]+$/.test(id) || id.length > maxIdCharacters) throw broken('record', 'id', 'an identifier', id)
  const reader = new RecordReader(`record ${id}`)
  const version = reader.text(record.schema_version ?? '1.0.0', 'schema_version')
  if (!/^1\./.test(version)) throw broken(`record ${id}`, 'schema_version', '1.x', version)
  const withdrawn = record.withdrawn
  return {
    id,
    modified: reader.text(record.modified, 'modified'),
    ...(withdrawn === undefined || withdrawn === null ? {} : { withdrawn: reader.text(withdrawn, 'withdrawn') }),
    aliases: reader.texts(record.aliases, 'aliases'),
    upstream: reader.texts(record.upstream, 'upstream'),
    related: reader.texts(record.related, 'related'),
    summary: reader.text(record.summary ?? '', 'summary'),
    details: reader.text(record.details ?? '', 'details'),
    severity: reader.severity(record.severity, 'severity'),
    affected: reader.list(record.affected, 'affected').flatMap((entry, index) => reader.affected(entry, `affected[${index}]`)),
    references: reader
      .list(record.references, 'references')
      .map((entry, index) => reader.text(reader.object(entry, `references[${index}]`).url, `references[${index}].url`)),
    databaseSpecific: reader.map(record.database_specific, 'database_specific'),
  }
}

type JsonObject = Readonly<Record<string, unknown>>

class RecordReader {
  private readonly record: string
  constructor(record: string) {
    this.record = record
  }

  text(value: unknown, field: string): string {
    if (typeof value !== 'string') throw broken(this.record, field, 'a text', value)
    return value
  }

  list(value: unknown, field: string): readonly unknown[] {
    if (value === undefined || value === null) return []
    if (!Array.isArray(value)) throw broken(this.record, field, 'a list', value)
    if (value.length > maxEntries) throw broken(this.record, field, `at most ${maxEntries} entries`, value.length)
    return value
  }

  texts(value: unknown, field: string): readonly string[] {
    return this.list(value, field).map((entry, index) => this.text(entry, `${field}[${index}]`))
  }

  object(value: unknown, field: string): JsonObject {
    return readObject(value, this.record, field)
  }

  map(value: unknown, field: string): ReadonlyMap<string, unknown> {
    return value === undefined || value === null ? new Map() : new Map(Object.entries(this.object(value, field)))
  }

  severity(value: unknown, field: string): readonly SeverityEntry[] {
    return this.list(value, field).map((entry, index) => {
      const severity = this.object(entry, `${field}[${index}]`)
      return {
        type: this.text(severity.type, `${field}[${index}].type`),
        score: this.text(severity.score, `${field}[${index}].score`),
      }
    })
  }

  /** An entry without a package speaks of a git repository alone. */
  affected(value: unknown, field: string): readonly Affected[] {
    const entry = this.object(value, field)
    const ranges = this.list(entry.ranges, `${field}.ranges`).map((range, index) => this.range(range, `${field}.ranges[${index}]`))
    if (entry.package === undefined || entry.package === null) return []
    const named = this.object(entry.package, `${field}.package`)
    return [
      {
        ecosystem: this.text(named.ecosystem, `${field}.package.ecosystem`),
        name: this.text(named.name, `${field}.package.name`),
        ranges,
        versions: this.texts(entry.versions, `${field}.versions`),
        severity: this.severity(entry.severity, `${field}.severity`),
        ecosystemSpecific: this.map(entry.ecosystem_specific, `${field}.ecosystem_specific`),
        databaseSpecific: this.map(entry.database_specific, `${field}.database_specific`),
      },
    ]
  }

  range(value: unknown, field: string): Range {
    const range = this.object(value, field)
    const type = range.type
    if (type !== 'ECOSYSTEM' && type !== 'GIT' && type !== 'SEMVER')
      throw broken(this.record, `${field}.type`, 'SEMVER, ECOSYSTEM or GIT', type)
    const events = this.list(range.events, `${field}.events`).map((event, index) => this.event(event, `${field}.events[${index}]`))
    if (!events.some((event) => event.kind === 'introduced'))
      throw broken(this.record, `${field}.events`, 'an introduced event', range.events)
    return { type, events }
  }

  event(value: unknown, field: string): RangeEvent {
    const event = this.object(value, field)
    const kinds = (['introduced', 'fixed', 'last_affected', 'limit'] as const).filter((kind) => event[kind] !== undefined)
    const [kind] = kinds
    if (kind === undefined || kinds.length > 1)
      throw broken(this.record, field, 'one of introduced, fixed, last_affected and limit', Object.keys(event).join(', '))
    return { kind, version: this.text(event[kind], `${field}.${kind}`) }
  }
}

function readObject(value: unknown, record: string, field?: string): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw broken(record, field, 'an object', value)
  return value as JsonObject
}

function broken(record: string, field: string | undefined, expected: string, found: unknown): AdvisoryError {
  const what = field === undefined ? record : `${record}: ${field}`
  return new AdvisoryError('unreadable-record', `${what} is ${describe(found)}, expected ${expected}`)
}

function describe(value: unknown): string {
  if (typeof value === 'string') return quote(value, 60)
  if (typeof value === 'number' || typeof value === 'boolean' || value === null || value === undefined)
    return value === undefined ? 'absent' : String(value)
  return Array.isArray(value) ? `a list of ${value.length}` : 'an object'
}
