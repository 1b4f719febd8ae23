/** A database that comes as bytes: written beside, checked, then renamed. */
import { mkdtemp, open, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { replaceDatabase } from './build-database.ts'
import type { DatabaseDescription } from './describe-database.ts'
import { AdvisoryError } from './errors.ts'

export const maxDatabaseBytes = 4 * 1024 * 1024 * 1024

/** Rejects, and leaves what is there, where the bytes are no sound database, or one that is worse. Whether they are the right ones, the caller has checked when the stream ends. */
export async function receiveDatabase(
  chunks: AsyncIterable<Uint8Array>,
  output: string,
  signal: AbortSignal,
): Promise<DatabaseDescription> {
  const target = resolve(output)
  const folder = await mkdtemp(join(dirname(target), `.${basename(target)}-`))
  try {
    const received = join(folder, 'database')
    const file = await open(received, 'wx')
    try {
      let size = 0
      for await (const chunk of chunks) {
        signal.throwIfAborted()
        size += chunk.length
        if (size > maxDatabaseBytes) throw new AdvisoryError('unreadable-source', `the database has more than ${maxDatabaseBytes} bytes`)
        await file.write(chunk)
      }
    } finally {
      await file.close()
    }
    return await replaceDatabase(received, target)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
