/** When a database may take the place of another. */
import { open, stat } from 'node:fs/promises'
import { openReadOnly } from './database-format.ts'
import { type DatabaseDescription, describeDatabase } from './describe-database.ts'
import { AdvisoryError } from './errors.ts'

/** A database with fewer than this share of the records before it has lost some. */
const leastShare = 0.9

/** Throws AdvisoryError where the file is damaged, and writes it through to the disk. */
export async function checkDatabase(path: string): Promise<void> {
  const database = await openReadOnly(path)
  try {
    const found = database.prepare('PRAGMA quick_check(1)').get()?.quick_check
    if (found !== 'ok') throw new AdvisoryError('unreadable-source', `database ${path} is damaged: ${String(found)}`)
  } finally {
    database.close()
  }
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Throws AdvisoryError `worse-database`. A file in its place that is no database of this format is worth nothing. */
export async function refuseWorse(next: DatabaseDescription, output: string): Promise<void> {
  if (next.records === 0) throw new AdvisoryError('worse-database', `no database was written to ${output}: the sources have no OSV records`)
  const exists = await stat(output).then(
    () => true,
    () => false,
  )
  const known = exists ? await describeKnown(output) : undefined
  if (known === undefined) return
  const reason = worseThan(next, known)
  if (reason !== undefined)
    throw new AdvisoryError(
      'worse-database',
      `database ${output} stays as it is: ${reason}; remove the file to build it without regard to it`,
    )
}

async function describeKnown(path: string): Promise<DatabaseDescription | undefined> {
  try {
    return await describeDatabase(path)
  } catch (cause) {
    if (cause instanceof AdvisoryError) return undefined
    throw cause
  }
}

/** Why the next one is worse; undefined where it is not. */
export function worseThan(next: DatabaseDescription, known: DatabaseDescription): string | undefined {
  if (next.records < known.records * leastShare) return `the new one has ${next.records} records, it has ${known.records}`
  const names = new Set(next.ecosystems.map(({ name }) => name))
  const lost = known.ecosystems.filter(({ name }) => !names.has(name)).map(({ name }) => name)
  if (lost.length > 0)
    return `the new one has nothing for ${lost.slice(0, 5).join(', ')}${lost.length > 5 ? ` and ${lost.length - 5} more` : ''}`
  if (next.unread > known.unread) return `the new one lacks ${next.unread} documents that could not be read, it lacks ${known.unread}`
  if (Date.parse(next.newest) < Date.parse(known.newest))
    return `the new one's newest record is of ${next.newest}, its own is of ${known.newest}`
  if (next.exploited === 0 && known.exploited > 0) return 'the new one has no catalogue of exploited vulnerabilities'
  if (next.scores === 0 && known.scores > 0) return 'the new one has no EPSS scores'
  return undefined
}
