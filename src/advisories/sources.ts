/** Where advisories come from, by the form of what the user wrote. */
import { stat } from 'node:fs/promises'
import { quote, UsageError } from '../findings.ts'
import type { HttpClient } from '../http.ts'
import type { AdvisorySource } from './source.ts'

export interface SourceSettings {
  readonly http: HttpClient
  /** A folder where records of an API are kept between runs. */
  readonly cache?: string
}

/** An address is an OSV-compatible API; a folder, a `.zip` or a `.json` holds OSV records, or CISA's catalogue, and a `.csv` EPSS scores; any other file is a local database, whose form is looked at when it is first asked. Throws UsageError for what is not there. */
export async function openAdvisories(text: string, { http, cache }: SourceSettings): Promise<AdvisorySource> {
  if (/^https?:\/\//i.test(text)) {
    const { api } = await import('./api.ts')
    if (cache === undefined) return api(addressOf(text), { http })
    const { recordCache } = await import('./record-cache.ts')
    return api(addressOf(text), { http, cache: recordCache(cache) })
  }
  const state = await stat(text).catch((cause: unknown) => {
    throw new UsageError(`advisory source ${quote(text)} is not there: expected an address, a database, a folder or a zip of OSV records`, {
      cause,
    })
  })
  if (state.isDirectory()) return (await import('./files-source.ts')).directory(text)
  if (/\.(json|zip|csv|csv\.gz)$/i.test(text)) return (await import('./files-source.ts')).zip(text)
  return (await import('./database.ts')).database(text)
}

function addressOf(text: string): URL {
  if (!URL.canParse(text)) throw new UsageError(`advisory source ${quote(text)} is no address`)
  return new URL(text)
}
