/** The header blobs of an RPM database in any of its three forms. https://rpm.org/docs/latest/manual/ (`_db_backend`: sqlite, ndb, bdb) */
import { isBerkeleyHash, readBerkeleyHash } from './berkeley-hash.ts'
import { isNdb, readNdb } from './ndb.ts'
import { isSqlite, readSqliteTable } from './sqlite-table.ts'

/** What a database holds: a header, or a clause that says which part of it could not be read. */
export type RpmRecord = { readonly header: Uint8Array } | { readonly fault: string }

/** Throws RangeError or Error for bytes that are no database; a damaged record is a fault, and the next is still read. */
export function* readRpmdb(bytes: Buffer): Generator<RpmRecord> {
  if (isSqlite(bytes)) {
    for (const row of readSqliteTable(bytes, 'Packages')) {
      if ('fault' in row) yield row
      else if (row.values[1] instanceof Uint8Array) yield { header: row.values[1] }
      else yield { fault: `row ${row.id} of table Packages has no blob` }
    }
  } else if (isNdb(bytes)) yield* readNdb(bytes)
  else if (isBerkeleyHash(bytes)) yield* readBerkeleyHash(bytes)
  else throw new Error('file is no RPM database (neither SQLite, NDB nor Berkeley DB hash)')
}
