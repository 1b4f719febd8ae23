/** The local database: one SQLite file with everything that matching needs. https://sqlite.org/fileformat.html */
import type { DatabaseSync } from 'node:sqlite'
import { AdvisoryError } from './errors.ts'

/** `application_id` of the file's header: "Port". */
export const applicationId = 0x506f7274
/** `user_version` of the file's header. Another one is not read. */
export const formatVersion = 1

/**
 * A record's text is its JSON, in a block that is deflated with its neighbours; `start` and `length` count bytes of the block, inflated. A
 * package's text is `[[record number, entries or null], …]`, deflated by itself when it is long; null where the record is kept raw, since
 * it could not be read.
 */
export const schema: readonly string[] = [
  'CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
  'CREATE TABLE ecosystems (name TEXT PRIMARY KEY, records INTEGER NOT NULL) WITHOUT ROWID',
  'CREATE TABLE blocks (number INTEGER PRIMARY KEY, bytes BLOB NOT NULL)',
  'CREATE TABLE records (number INTEGER PRIMARY KEY, id TEXT NOT NULL, block INTEGER NOT NULL, start INTEGER NOT NULL, length INTEGER NOT NULL)',
  'CREATE TABLE packages (number INTEGER PRIMARY KEY, base TEXT NOT NULL, name TEXT NOT NULL, deflated INTEGER NOT NULL, entries BLOB NOT NULL)',
  'CREATE TABLE exploited (cve INTEGER PRIMARY KEY)',
  'CREATE TABLE scores (cve INTEGER PRIMARY KEY, epss INTEGER NOT NULL)',
  'CREATE TABLE unread (message TEXT NOT NULL)',
  'CREATE UNIQUE INDEX record_ids ON records (id)',
  'CREATE UNIQUE INDEX package_names ON packages (base, name)',
]

/** Largest text that is read, inflated: that of the package with the most advisories. */
export const maxTextBytes = 64 * 1024 * 1024

/** A text that is shorter is kept as it is: many are read, and inflating takes longer than reading. */
export const leastDeflatedBytes = 2048

/** EPSS is kept as a whole number of these. */
export const scoreUnit = 100_000

/** Opens a file that is not ours to write. Throws AdvisoryError `wrong-format` for another format, and for a schema that could run anything. */
export async function openReadOnly(path: string): Promise<DatabaseSync> {
  const { DatabaseSync } = await import('node:sqlite')
  let database: DatabaseSync | undefined
  try {
    database = new DatabaseSync(path, { readOnly: true, allowExtension: false, enableForeignKeyConstraints: false })
    // https://sqlite.org/security.html
    database.exec('PRAGMA trusted_schema = OFF; PRAGMA cell_size_check = ON; PRAGMA mmap_size = 0; PRAGMA query_only = ON')
    checkFormat(database, path)
    return database
  } catch (cause) {
    database?.close()
    if (cause instanceof AdvisoryError) throw cause
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new AdvisoryError('wrong-format', `${path} is no advisory database: ${reason}`, { cause })
  }
}

function checkFormat(database: DatabaseSync, path: string): void {
  const pragma = (name: string): unknown => Object.values(database.prepare(`PRAGMA ${name}`).get() ?? {})[0]
  if (pragma('application_id') !== applicationId)
    throw new AdvisoryError('wrong-format', `${path} is no advisory database: its application identifier is another one`)
  const version = pragma('user_version')
  if (version !== formatVersion) {
    throw new AdvisoryError(
      'wrong-format',
      `${path} is an advisory database of format ${version}, expected format ${formatVersion}: build it anew`,
    )
  }
  const found = database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL').all()
  const statements = new Set(found.map(({ sql }) => sql))
  if (statements.size !== schema.length || !schema.every((statement) => statements.has(statement))) {
    throw new AdvisoryError('wrong-format', `${path} is no advisory database: its tables are not those of format ${formatVersion}`)
  }
}
