/** What a local database says of itself. */
import { openReadOnly } from './database-format.ts'
import { AdvisoryError } from './errors.ts'

export interface DatabaseDescription {
  readonly format: number
  /** RFC 3339. */
  readonly built: string
  /** The newest modification time of its records, RFC 3339; empty without records. */
  readonly newest: string
  readonly records: number
  /** Documents that could not be read; each is a gap of every image that is matched with the database. */
  readonly unread: number
  readonly packages: number
  readonly exploited: number
  readonly scores: number
  readonly sources: readonly DatabaseSourceDescription[]
  /** With their releases, by name. A record can be in several. */
  readonly ecosystems: readonly { readonly name: string; readonly records: number }[]
}

export interface DatabaseSourceDescription {
  readonly name: string
  readonly records: number
  /** When it was modified, as the file system or the server says; RFC 3339. */
  readonly modified?: string
}

/** Throws AdvisoryError `wrong-format` for what is no database of this format. */
export async function describeDatabase(path: string): Promise<DatabaseDescription> {
  const database = await openReadOnly(path)
  try {
    const meta = new Map(
      database
        .prepare('SELECT key, value FROM meta')
        .all()
        .map(({ key, value }) => [String(key), String(value)]),
    )
    const count = (table: string): number => Number(database.prepare(`SELECT count(*) AS count FROM ${table}`).get()?.count)
    return {
      format: Number(meta.get('format')),
      built: meta.get('built') ?? '',
      newest: meta.get('newest') ?? '',
      records: count('records'),
      unread: count('unread'),
      packages: count('packages'),
      exploited: count('exploited'),
      scores: count('scores'),
      sources: readSources(meta.get('sources') ?? '[]', path),
      ecosystems: database
        .prepare('SELECT name, records FROM ecosystems ORDER BY name')
        .all()
        .map(({ name, records }) => ({ name: String(name), records: Number(records) })),
    }
  } finally {
    database.close()
  }
}

function readSources(text: string, path: string): readonly DatabaseSourceDescription[] {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (cause) {
    throw new AdvisoryError('unreadable-source', `database ${path} is damaged: its list of sources is no JSON`, { cause })
  }
  if (!Array.isArray(value)) throw new AdvisoryError('unreadable-source', `database ${path} is damaged: its sources are no list`)
  return value.map((source) => ({
    name: String(source?.name),
    records: Number(source?.records),
    ...(typeof source?.modified === 'string' ? { modified: source.modified } : {}),
  }))
}
