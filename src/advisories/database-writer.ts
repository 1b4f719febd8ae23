/** Writes a local database: records go to a staging file first, so that those of one package end up side by side, whatever their number. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { deflateRawSync } from 'node:zlib'
import { BlockWriter } from './block-writer.ts'
import { applicationId, formatVersion, leastDeflatedBytes, maxTextBytes, schema, scoreUnit } from './database-format.ts'
import type { DatabaseSourceDescription } from './describe-database.ts'
import { AdvisoryError } from './errors.ts'
import { cveNumber, isExploitedCatalogue, readScores } from './exploitation.ts'
import { parseJson } from './json.ts'
import { baseEcosystem, normalizeName } from './names.ts'
import { hasScores, placeName, type RecordFile } from './record-files.ts'
import { readHead } from './record-head.ts'
import { type StagedRecord, stagingSchema, toStaged } from './staged-record.ts'

const maxUnread = 10_000

interface KnownRecord {
  readonly number: number
  readonly modified: string
  readonly ecosystems: readonly string[]
}

export class DatabaseWriter {
  private readonly database: DatabaseSync
  private readonly addBody: StatementSync
  private readonly addEntry: StatementSync
  private readonly known = new Map<string, KnownRecord>()
  private readonly replaced = new Set<number>()
  private readonly sources: DatabaseSourceDescription[] = []
  private readonly exploited = new Set<number>()
  private readonly scores = new Map<number, number>()
  private readonly unread: string[] = []
  private next = 1

  static async create(path: string, staging: string): Promise<DatabaseWriter> {
    const { DatabaseSync } = await import('node:sqlite')
    return new DatabaseWriter(new DatabaseSync(path), staging)
  }

  private constructor(database: DatabaseSync, staging: string) {
    this.database = database
    // The file is thrown away unless it is finished, so nothing has to survive a crash.
    database.exec('PRAGMA page_size = 4096; PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA temp_store = FILE')
    database.prepare('ATTACH ? AS staging').run(staging)
    database.exec('PRAGMA staging.journal_mode = OFF; PRAGMA staging.synchronous = OFF')
    for (const statement of stagingSchema) database.exec(statement.replace('CREATE TABLE ', 'CREATE TABLE staging.'))
    database.exec(schema.join(';'))
    database.exec('BEGIN')
    this.addBody = database.prepare('INSERT INTO staging.bodies VALUES (?, ?, ?, ?, ?)')
    this.addEntry = database.prepare('INSERT INTO staging.entries VALUES (?, ?, ?, ?)')
  }

  get records(): number {
    return this.known.size
  }

  addSource(source: DatabaseSourceDescription): void {
    this.sources.push(source)
  }

  addUnread(message: string): void {
    if (this.unread.length < maxUnread) this.unread.push(message)
  }

  /** A record, CISA's catalogue, or a list of scores. What is none of these is counted as unread. */
  add({ place, bytes }: RecordFile): void {
    if (hasScores(place)) {
      this.addScores(bytes, placeName(place))
      return
    }
    const value = parseJson(bytes)
    const head = readHead(value)
    if (isExploitedCatalogue(value)) for (const { cveID } of value.vulnerabilities) this.exploited.add(cveNumber(cveID) ?? 0)
    else if (head === undefined) this.addUnread(`${placeName(place)} is no OSV record`)
    else this.stage(toStaged(value, head))
  }

  private addScores(bytes: Uint8Array, name: string): void {
    try {
      for (const { cve, epss } of readScores(bytes, name)) this.scores.set(cveNumber(cve) ?? 0, Math.round(epss * scoreUnit))
    } catch (cause) {
      if (!(cause instanceof AdvisoryError)) throw cause
      this.addUnread(cause.message)
    }
  }

  /** Of records with one identifier, the one that was modified last stays. */
  private stage(record: StagedRecord): void {
    const known = this.known.get(record.id)
    if (known !== undefined) {
      if (Date.parse(known.modified) >= Date.parse(record.modified)) return
      this.replaced.add(known.number)
    }
    const number = this.next++
    this.known.set(record.id, {
      number,
      modified: record.modified,
      ecosystems: [...new Set(record.entries.map(({ ecosystem }) => ecosystem))],
    })
    if (record.body === '') return
    const { ecosystem: first = '', name: firstName = '' } = record.entries[0] ?? {}
    this.addBody.run(number, record.id, baseEcosystem(first), normalizeName(first, firstName), record.body)
    for (const { ecosystem, name, affected } of record.entries)
      this.addEntry.run(baseEcosystem(ecosystem), normalizeName(ecosystem, name), number, affected)
  }

  finish(now: Date, signal: AbortSignal): void {
    this.writeRecords(signal)
    this.writePackages(signal)
    const insert = (sql: string, rows: Iterable<readonly (string | number)[]>): void => {
      const statement = this.database.prepare(sql)
      for (const row of rows) statement.run(...row)
    }
    const counts = new Map<string, number>()
    for (const { ecosystems } of this.known.values())
      for (const ecosystem of ecosystems) counts.set(ecosystem, (counts.get(ecosystem) ?? 0) + 1)
    insert('INSERT INTO ecosystems VALUES (?, ?)', counts)
    insert(
      'INSERT INTO exploited VALUES (?)',
      [...this.exploited].filter((cve) => cve > 0).map((cve) => [cve]),
    )
    insert(
      'INSERT INTO scores VALUES (?, ?)',
      [...this.scores].filter(([cve]) => cve > 0),
    )
    insert(
      'INSERT INTO unread VALUES (?)',
      this.unread.map((message) => [message]),
    )
    insert('INSERT INTO meta VALUES (?, ?)', [
      ['built', now.toISOString()],
      ['format', String(formatVersion)],
      ['newest', newestOf([...this.known.values()].map(({ modified }) => modified))],
      ['sources', JSON.stringify(this.sources)],
    ])
    this.database.exec(`COMMIT; PRAGMA application_id = ${applicationId}; PRAGMA user_version = ${formatVersion}; DETACH staging`)
  }

  close(): void {
    this.database.close()
  }

  private writeRecords(signal: AbortSignal): void {
    const insert = this.database.prepare('INSERT INTO records VALUES (?, ?, ?, ?, ?)')
    const blocks = new BlockWriter(this.database)
    // Records of one package look alike, and are read together.
    for (const row of this.database.prepare('SELECT number, id, body FROM staging.bodies ORDER BY base, name, number').iterate()) {
      signal.throwIfAborted()
      const { number, id, body } = row as { number: number; id: string; body: string }
      if (!this.replaced.has(number)) blocks.add(body, (block, start, length) => insert.run(number, id, block, start, length))
    }
    blocks.flush()
  }

  private writePackages(signal: AbortSignal): void {
    const insert = this.database.prepare('INSERT INTO packages (base, name, deflated, entries) VALUES (?, ?, ?, ?)')
    const write = (base: string, name: string, records: ReadonlyMap<number, readonly string[] | null>): void => {
      if (records.size === 0) return
      const lists = [...records].map(([number, entries]) => `[${number},${entries === null ? 'null' : `[${entries.join(',')}]`}]`)
      const text = Buffer.from(`[${lists.join(',')}]`, 'utf8')
      if (text.length > maxTextBytes)
        throw new AdvisoryError(
          'unreadable-source',
          `${base} ${name} has ${text.length} bytes of advisories, at most ${maxTextBytes} are kept`,
        )
      const isLong = text.length >= leastDeflatedBytes
      insert.run(base, name, isLong ? 1 : 0, isLong ? deflateRawSync(text) : text)
    }
    let current = { base: '', name: '', records: new Map<number, string[] | null>() }
    const sorted = this.database.prepare('SELECT base, name, number, affected FROM staging.entries ORDER BY base, name, number, rowid')
    for (const row of sorted.iterate()) {
      signal.throwIfAborted()
      const { base, name, number, affected } = row as { base: string; name: string; number: number; affected: string | null }
      if (this.replaced.has(number)) continue
      if (base !== current.base || name !== current.name) {
        write(current.base, current.name, current.records)
        current = { base, name, records: new Map() }
      }
      const entries = current.records.get(number)
      if (affected === null) current.records.set(number, null)
      else if (entries === undefined) current.records.set(number, [affected])
      else entries?.push(affected)
    }
    write(current.base, current.name, current.records)
  }
}

/** Times as records have them; some write no time at all. */
function newestOf(times: readonly string[]): string {
  let newest = Number.NEGATIVE_INFINITY
  for (const time of times) newest = Math.max(newest, Date.parse(time) || Number.NEGATIVE_INFINITY)
  return Number.isFinite(newest) ? new Date(newest).toISOString() : ''
}
