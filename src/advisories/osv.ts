/** An OSV record, read from JSON that nobody has looked at. OSV schema 1.7: https://ossf.github.io/osv-schema/ */
import { AdvisoryError } from './errors.ts'
import {
  describe,
  isObject,
  type JsonObject,
  readList,
  readMap,
  readObject,
  readText,
  readTexts,
  WrongField,
  within,
} from './record-fields.ts'

export interface Advisory {
  readonly id: string
  /** RFC 3339, as the record has it. */
  readonly modified: string
  /** RFC 3339; absent where the record has none. */
  readonly published?: string
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

const maxIdCharacters = 256

/** Throws AdvisoryError `unreadable-record`, whose message names the record and the field. */
export function readAdvisory(value: unknown): Advisory {
  if (!isObject(value)) throw new AdvisoryError('unreadable-record', `record is ${describe(value)}, expected an object`)
  const { id } = value
  try {
    if (typeof id !== 'string' || id.length > maxIdCharacters || !/^[\w.:+-]+$/.test(id)) throw new WrongField('id', 'an identifier', id)
    return readRecord(value, id)
  } catch (cause) {
    if (!(cause instanceof WrongField)) throw cause
    const record = cause.path === 'id' ? 'record' : `record ${id}`
    throw new AdvisoryError('unreadable-record', `${record}: ${cause.path} is ${describe(cause.found)}, expected ${cause.expected}`)
  }
}

function readRecord(record: JsonObject, id: string): Advisory {
  const { published, withdrawn } = record
  const version = readText(record, 'schema_version', '1.0.0')
  if (!version.startsWith('1.')) throw new WrongField('schema_version', '1.x', version)
  return {
    id,
    modified: readText(record, 'modified'),
    ...(published === undefined || published === null ? {} : { published: readText(record, 'published') }),
    ...(withdrawn === undefined || withdrawn === null ? {} : { withdrawn: readText(record, 'withdrawn') }),
    aliases: readTexts(record, 'aliases'),
    upstream: readTexts(record, 'upstream'),
    related: readTexts(record, 'related'),
    summary: readText(record, 'summary', ''),
    details: readText(record, 'details', ''),
    severity: readList(record, 'severity', readSeverity),
    affected: readList(record, 'affected', readAffected).flat(),
    references: readList(record, 'references', (reference) => readText(readObject(reference), 'url')),
    databaseSpecific: readMap(record, 'database_specific'),
  }
}

/** An entry without a package speaks of a git repository alone. */
function readAffected(value: unknown): readonly Affected[] {
  const entry = readObject(value)
  const ranges = readList(entry, 'ranges', readRange)
  if (entry.package === undefined || entry.package === null) return []
  const named = within('package', () => readObject(entry.package))
  return [
    {
      ecosystem: within('package', () => readText(named, 'ecosystem')),
      name: within('package', () => readText(named, 'name')),
      ranges,
      versions: readTexts(entry, 'versions'),
      severity: readList(entry, 'severity', readSeverity),
      ecosystemSpecific: readMap(entry, 'ecosystem_specific'),
      databaseSpecific: readMap(entry, 'database_specific'),
    },
  ]
}

function readRange(value: unknown): Range {
  const range = readObject(value)
  const { type } = range
  if (type !== 'ECOSYSTEM' && type !== 'GIT' && type !== 'SEMVER') throw new WrongField('type', 'SEMVER, ECOSYSTEM or GIT', type)
  const events = readList(range, 'events', readEvent)
  if (!events.some((event) => event.kind === 'introduced')) throw new WrongField('events', 'an introduced event', range.events)
  return { type, events }
}

const eventKinds = ['introduced', 'fixed', 'last_affected', 'limit'] as const

function readEvent(value: unknown): RangeEvent {
  const event = readObject(value)
  const [kind, second] = eventKinds.filter((known) => event[known] !== undefined)
  if (kind === undefined || second !== undefined) {
    throw new WrongField('', 'one of introduced, fixed, last_affected and limit', Object.keys(event).join(', '))
  }
  return { kind, version: readText(event, kind) }
}

function readSeverity(value: unknown): SeverityEntry {
  const severity = readObject(value)
  return { type: readText(severity, 'type'), score: readText(severity, 'score') }
}
