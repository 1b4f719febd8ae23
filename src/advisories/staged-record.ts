/** A record on its way into a local database: in a staging file first, so that those of one package end up side by side, whatever their number. */
import { AdvisoryError } from './errors.ts'
import { readAdvisory } from './osv.ts'
import type { RecordHead } from './record-head.ts'
import { storeRecord } from './stored-record.ts'

export const stagingSchema = [
  'CREATE TABLE bodies (number INTEGER PRIMARY KEY, id TEXT NOT NULL, base TEXT NOT NULL, name TEXT NOT NULL, body TEXT NOT NULL)',
  'CREATE TABLE entries (base TEXT NOT NULL, name TEXT NOT NULL, number INTEGER NOT NULL, affected TEXT)',
]

export interface StagedRecord {
  readonly id: string
  readonly modified: string
  /** Empty for a withdrawn record, which only takes the place of older ones. */
  readonly body: string
  readonly entries: readonly { readonly ecosystem: string; readonly name: string; readonly affected: string | null }[]
}

/** A record that breaks the schema is kept as it is: whoever asks for one of its packages is told what is wrong with it. */
export function toStaged(value: unknown, head: RecordHead): StagedRecord {
  try {
    const advisory = readAdvisory(value)
    const { id, modified } = advisory
    return advisory.withdrawn === undefined ? { id, modified, ...storeRecord(advisory) } : { id, modified, body: '', entries: [] }
  } catch (cause) {
    if (!(cause instanceof AdvisoryError)) throw cause
    return { id: head.id, modified: '', body: JSON.stringify(value), entries: head.packages.map((named) => ({ ...named, affected: null })) }
  }
}
