/** Reads an open local database. Matches inside, so that a record is read only where it affects what was asked for. */
import type { DatabaseSync, StatementSync } from 'node:sqlite'
import { inflateRawSync } from 'node:zlib'
import { maxTextBytes, scoreUnit } from './database-format.ts'
import { AdvisoryError, UnreadableVersion } from './errors.ts'
import { cveNumber } from './exploitation.ts'
import { parseJson } from './json.ts'
import { isAffected } from './match.ts'
import { baseEcosystem, isSameEcosystem, normalizeName } from './names.ts'
import type { Affected } from './osv.ts'
import type { AdvisoryQuery, Exploitation } from './source.ts'
import { decodeEntry, osvEntry } from './stored-entry.ts'
import { compareText } from './versions/order.ts'
import { orderOf, semanticOrder } from './versions/orders.ts'

const keptBlocks = 16

export class DatabaseReader {
  private readonly database: DatabaseSync
  private readonly path: string
  private readonly statements = new Map<string, StatementSync>()
  /** Blocks that were read last, the oldest first. */
  private readonly blocks = new Map<number, Buffer>()
  constructor(database: DatabaseSync, path: string) {
    this.database = database
    this.path = path
  }

  close(): void {
    this.database.close()
  }

  built(): Date {
    return new Date(String(this.prepare("SELECT value FROM meta WHERE key = 'built'").get()?.value))
  }

  unread(): readonly string[] {
    return this.prepare('SELECT message FROM unread')
      .all()
      .map(({ message }) => `${this.path} was built without what could not be read: ${message}`)
  }

  /** By record number: entries that affect a version that was asked for, or that cannot be told, and null for a record that is kept raw. */
  candidates(queries: readonly AdvisoryQuery[], signal: AbortSignal): ReadonlyMap<number, Affected[] | null> {
    const found = new Map<number, Affected[] | null>()
    const byPackage = Map.groupBy(queries, ({ ecosystem, name }) => `${baseEcosystem(ecosystem)}\0${normalizeName(ecosystem, name)}`)
    // Neighbours in the alphabet are neighbours in the file.
    for (const [key, group] of [...byPackage].sort(([a], [b]) => compareText(a, b))) {
      signal.throwIfAborted()
      const [base = '', name = ''] = key.split('\0')
      for (const [number, entries] of this.entries(base, name)) {
        if (entries === null) found.set(number, null)
        else if (found.get(number) !== null && group.some((query) => mayAffect(query, entries))) {
          found.set(number, [...(found.get(number) ?? []), ...entries])
        }
      }
    }
    return found
  }

  record(number: number, entries: readonly Affected[] | null): unknown {
    const row = this.prepare('SELECT block, start, length FROM records WHERE number = ?').get(number)
    if (row === undefined) throw this.damaged(`record number ${number} is missing`)
    const body = this.read(row)
    return entries === null ? body : { ...(body as object), affected: entries.map(osvEntry) }
  }

  *byId(ids: readonly string[]): Iterable<unknown> {
    for (const id of ids) {
      const row = this.prepare('SELECT block, start, length FROM records WHERE id = ?').get(id)
      if (row !== undefined) yield this.read(row)
    }
  }

  covered(ecosystems: readonly string[]): ReadonlySet<string> {
    const statement = this.prepare('SELECT 1 FROM ecosystems WHERE name IN (?, ?)')
    return new Set(ecosystems.filter((asked) => statement.get(asked, baseEcosystem(asked)) !== undefined))
  }

  exploitation(cves: readonly string[]): ReadonlyMap<string, Exploitation> {
    const exploited = this.prepare('SELECT 1 FROM exploited WHERE cve = ?')
    const scores = this.prepare('SELECT epss FROM scores WHERE cve = ?')
    // Without a catalogue, what is not in it says nothing.
    const hasCatalogue = this.prepare('SELECT 1 FROM exploited LIMIT 1').get() !== undefined
    return new Map(
      cves.flatMap((cve) => {
        const number = cveNumber(cve)
        if (number === undefined) return []
        const epss = scores.get(number)?.epss
        const isExploited = exploited.get(number) !== undefined
        if (!hasCatalogue && typeof epss !== 'number') return []
        return [
          [
            cve,
            { ...(hasCatalogue ? { knownExploited: isExploited } : {}), ...(typeof epss === 'number' ? { epss: epss / scoreUnit } : {}) },
          ] as const,
        ]
      }),
    )
  }

  private entries(base: string, name: string): readonly (readonly [number: number, entries: readonly Affected[] | null])[] {
    const row = this.prepare('SELECT deflated, entries FROM packages WHERE base = ? AND name = ?').get(base, name)
    if (row === undefined) return []
    const { deflated, entries } = row
    if (!(entries instanceof Uint8Array)) throw this.damaged('a row has values of other types')
    const lists = parseJson(deflated === 0 ? entries : this.inflate(entries))
    if (!Array.isArray(lists)) throw this.damaged(`entries of ${base} ${name} are no JSON`)
    return lists.map((list: unknown) => {
      const [number, stored] = Array.isArray(list) ? list : []
      const decoded = Array.isArray(stored) ? stored.map((entry) => decodeEntry(entry, name)) : null
      if (typeof number !== 'number' || (decoded === null && stored !== null) || !(decoded ?? []).every((entry) => entry !== undefined)) {
        throw this.damaged(`entries of ${base} ${name} are in another form`)
      }
      return [number, decoded as Affected[] | null] as const
    })
  }

  private read({ block, start, length }: Readonly<Record<string, unknown>>): unknown {
    if (typeof block !== 'number' || typeof start !== 'number' || typeof length !== 'number')
      throw this.damaged('a row has values of other types')
    const value = parseJson(this.block(block).subarray(start, start + length))
    if (typeof value !== 'object' || value === null) throw this.damaged('a row is no JSON')
    return value
  }

  private block(number: number): Buffer {
    const known = this.blocks.get(number)
    if (known !== undefined) return known
    const bytes = this.prepare('SELECT bytes FROM blocks WHERE number = ?').get(number)?.bytes
    if (!(bytes instanceof Uint8Array)) throw this.damaged(`block ${number} is missing`)
    const inflated = this.inflate(bytes)
    this.blocks.set(number, inflated)
    const [oldest] = this.blocks.keys()
    if (this.blocks.size > keptBlocks && oldest !== undefined) this.blocks.delete(oldest)
    return inflated
  }

  private inflate(bytes: Uint8Array): Buffer {
    try {
      return inflateRawSync(bytes, { maxOutputLength: maxTextBytes })
    } catch (cause) {
      throw this.damaged(cause instanceof Error ? cause.message : String(cause))
    }
  }

  private prepare(sql: string): StatementSync {
    const statement = this.statements.get(sql) ?? this.database.prepare(sql)
    this.statements.set(sql, statement)
    return statement
  }

  private damaged(reason: string): AdvisoryError {
    return new AdvisoryError('unreadable-source', `database ${this.path} is damaged: ${reason}`)
  }
}

/** False only where the matcher would say so too: what it could not tell is left to it. */
function mayAffect(query: AdvisoryQuery, entries: readonly Affected[]): boolean {
  const relevant = entries.filter((entry) => isSameEcosystem(entry.ecosystem, query.ecosystem))
  const ecosystem = orderOf(query.ecosystem)
  if (relevant.length === 0 || ecosystem === undefined) return relevant.length > 0
  try {
    return relevant.some((entry) => isAffected(query.version, entry, { ecosystem, semver: semanticOrder }))
  } catch (cause) {
    if (cause instanceof UnreadableVersion) return true
    throw cause
  }
}
