/** `advisories build`: a local database from OSV records, built beside, checked, then renamed. */
import { mkdtemp, rename, rm, stat } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import type { HttpClient } from '../http.ts'
import { DatabaseWriter } from './database-writer.ts'
import { type DatabaseDescription, describeDatabase } from './describe-database.ts'
import { fetchSource } from './fetch-source.ts'
import { readRecordFiles } from './record-files.ts'
import { checkDatabase, refuseWorse } from './replace-database.ts'

export interface BuildSettings {
  readonly output: string
  /** Folders, zips and single files; addresses of such files, and of buckets in the layout of OSV's (`<Ecosystem>/all.zip`). */
  readonly sources: readonly string[]
  /** Of a bucket, only these; without a release. Default: all that it lists. */
  readonly ecosystems?: readonly string[]
  readonly http: HttpClient
  /** When it is built. */
  readonly now: Date
  readonly progress?: (message: string) => void
}

/** Rejects, and leaves what is there, where the new database would be worse than the one in its place. */
export async function buildDatabase(settings: BuildSettings, signal: AbortSignal): Promise<DatabaseDescription> {
  const output = resolve(settings.output)
  const folder = await mkdtemp(join(dirname(output), `.${basename(output)}-`))
  try {
    const built = join(folder, 'database')
    await write(built, folder, settings, signal)
    return await replaceDatabase(built, output)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function write(
  built: string,
  folder: string,
  { sources, ecosystems, http, now, progress }: BuildSettings,
  signal: AbortSignal,
): Promise<void> {
  const writer = await DatabaseWriter.create(built, join(folder, 'staging'))
  try {
    for (const source of sources) {
      for await (const part of fetchSource(source, { folder, http, ...(ecosystems === undefined ? {} : { ecosystems }) }, signal)) {
        progress?.(`reading ${part.name}`)
        const before = writer.records
        for await (const file of readRecordFiles(part.path, (message) => writer.addUnread(message.replaceAll(folder, '')), signal))
          writer.add(file)
        const modified = part.modified ?? (await stat(part.path)).mtime
        writer.addSource({ name: part.name, records: writer.records - before, modified: modified.toISOString() })
        await part.remove()
      }
    }
    progress?.(`writing ${writer.records} records`)
    writer.finish(now, signal)
  } finally {
    writer.close()
  }
}

/** Puts a database that lies on the same file system in the place of another, where it is sound and not worse. */
export async function replaceDatabase(built: string, output: string): Promise<DatabaseDescription> {
  await checkDatabase(built)
  const description = await describeDatabase(built)
  await refuseWorse(description, output)
  await rename(built, output)
  return description
}
