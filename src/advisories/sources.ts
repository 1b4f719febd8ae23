/** Where advisories come from, by the form of what the user wrote. */
import { stat } from 'node:fs/promises'
import { quote, UsageError } from '../findings.ts'
import type { HttpClient } from '../http.ts'
import type { AdvisorySource } from './source.ts'

export interface SourceSettings {
  readonly http: HttpClient
}

/** An address is an OSV-compatible API; a folder or a `.zip` holds OSV records; any other file is a local database. Throws UsageError for what is not there. */
export async function openAdvisories(text: string, _settings: SourceSettings): Promise<AdvisorySource> {
  if (/^https?:\/\//i.test(text)) {
    throw new UsageError(`advisory source ${quote(text)} is an address, which cannot be asked yet`)
  }
  const state = await stat(text).catch((cause: unknown) => {
    throw new UsageError(`advisory source ${quote(text)} is not there: expected an address, a database, a folder or a zip of OSV records`, {
      cause,
    })
  })
  if (state.isDirectory()) return (await import('./files-source.ts')).directory(text)
  if (/\.zip$/i.test(text)) return (await import('./files-source.ts')).zip(text)
  throw new UsageError(`advisory source ${quote(text)} is neither a folder nor a zip of OSV records`)
}
