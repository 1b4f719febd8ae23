/** A record as the local database keeps it: all that matching, rating and reporting read, and no more. */
import type { Advisory } from './osv.ts'
import { encodeEntry, ratingOf } from './stored-entry.ts'

/** JSON of an OSV record whose entries for packages lie apart, so that they can be matched without it. */
export interface StoredRecord {
  /** With entries only where they carry a rating, and without versions. */
  readonly body: string
  readonly entries: readonly StoredEntry[]
}

export interface StoredEntry {
  readonly ecosystem: string
  readonly name: string
  /** `encodeEntry` of it. */
  readonly affected: string
}

/** The report shows no more, whichever source a record came from. */
export const keptReferences = 10
export const keptDetailCharacters = 800

export function storeRecord(advisory: Advisory): StoredRecord {
  const rated = advisory.affected.filter((entry) => ratingOf(entry) !== undefined)
  const distinct = new Map(rated.map((entry) => [JSON.stringify(ratingOf(entry)), entry]))
  const references = advisory.references.filter((address) => /^https?:\/\//i.test(address)).slice(0, keptReferences)
  const severity = advisory.databaseSpecific.get('severity')
  return {
    body: JSON.stringify({
      id: advisory.id,
      modified: advisory.modified,
      ...(advisory.published === undefined ? {} : { published: advisory.published }),
      ...unlessEmpty('aliases', advisory.aliases),
      ...unlessEmpty('upstream', advisory.upstream),
      ...unlessEmpty('related', advisory.related),
      // Details are shown where there is no summary.
      ...(advisory.summary.trim() === '' ? { details: advisory.details.slice(0, keptDetailCharacters) } : { summary: advisory.summary }),
      ...unlessEmpty('severity', advisory.severity),
      ...unlessEmpty(
        'affected',
        [...distinct.values()].map((entry) => ({ package: { ecosystem: entry.ecosystem, name: entry.name }, ...ratingOf(entry) })),
      ),
      ...unlessEmpty(
        'references',
        references.map((url) => ({ type: 'WEB', url })),
      ),
      ...(typeof severity === 'string' ? { database_specific: { severity } } : {}),
    }),
    entries: advisory.affected.map((entry) => ({
      ecosystem: entry.ecosystem,
      name: entry.name,
      affected: encodeEntry(entry),
    })),
  }
}

function unlessEmpty<K extends string, V>(key: K, values: readonly V[]): { readonly [P in K]?: readonly V[] } {
  return values.length === 0 ? {} : ({ [key]: values } as { readonly [P in K]: readonly V[] })
}
