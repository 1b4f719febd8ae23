/**
 * Evidence kept on disk by key, from run to run. An entry names its format and carries a digest of its content: one that is damaged, cut short,
 * of another format or of another key is as one that is not there. Entries are written beside and renamed, so that no reader sees half of one.
 */
import { createHash, randomBytes } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { makeFolder } from '../write-file.ts'

export interface Cache {
  /** Undefined where there is no entry that can be trusted; never throws. */
  read(key: string): Promise<Uint8Array | undefined>
  /** What is larger than an eighth of the cache is not kept; never throws, since a cache that cannot be written costs time alone. */
  write(key: string, bytes: Uint8Array): Promise<void>
}

export interface CacheOptions {
  /** Of all entries together; those that were used longest ago go first. */
  readonly maxBytes?: number
  /** Milliseconds since 1970. */
  readonly clock?: () => number
}

const formatLine = 'portcullis.cache/v1'
const defaultMaxBytes = 512 * 1024 * 1024
/** After eviction this much of the bound is in use, so that not every entry evicts. */
const keptShare = 0.8
const suffix = '.entry'
/** What a run that was killed left behind goes after a day. */
const staleMilliseconds = 86_400_000

export function createCache(directory: string, options: CacheOptions = {}): Cache {
  const { maxBytes = defaultMaxBytes, clock = Date.now } = options
  let sizeBytes: number | undefined
  const fileOf = (key: string): string => path.join(directory, `${sha256(Buffer.from(key))}${suffix}`)
  return {
    async read(key) {
      const file = fileOf(key)
      try {
        const found = await stat(file)
        if (!found.isFile() || found.size > maxBytes) return undefined
        const content = contentOf(await readFile(file), key)
        if (content) await utimes(file, clock() / 1000, clock() / 1000)
        else await rm(file, { force: true })
        return content
      } catch {
        // Not there, or not ours to read: read anew.
        return undefined
      }
    },
    async write(key, bytes) {
      if (bytes.length > maxBytes / 8) return
      const entry = Buffer.concat([Buffer.from(`${formatLine} ${sha256(bytes)} ${sha256(Buffer.from(key))}\n`), bytes])
      const beside = path.join(directory, `${randomBytes(12).toString('hex')}.part`)
      try {
        await makeFolder(path.resolve(directory), 0o700)
        await writeFile(beside, entry, { flag: 'wx', mode: 0o600 })
        await utimes(beside, clock() / 1000, clock() / 1000)
        await rename(beside, fileOf(key))
        // The first write counts what is there, this entry among it.
        const total = sizeBytes === undefined ? Number.POSITIVE_INFINITY : sizeBytes + entry.length
        sizeBytes = total > maxBytes ? await evict(directory, maxBytes, clock()) : total
      } catch {
        // The next run reads this entry anew.
        await rm(beside, { force: true }).catch(() => {})
      }
    },
  }
}

function contentOf(entry: Buffer, key: string): Uint8Array | undefined {
  const end = entry.indexOf(0x0a)
  if (end < 0 || end > 256) return undefined
  const content = entry.subarray(end + 1)
  const head = entry.toString('latin1', 0, end)
  return head === `${formatLine} ${sha256(content)} ${sha256(Buffer.from(key))}` ? content : undefined
}

/** Removes what was used longest ago until the bound holds; returns the size of what is left. */
async function evict(directory: string, maxBytes: number, now: number): Promise<number> {
  const entries: { file: string; size: number; used: number }[] = []
  for (const name of await readdir(directory)) {
    const file = path.join(directory, name)
    const found = await stat(file).catch(() => undefined)
    if (!found?.isFile()) continue
    if (name.endsWith('.part') && now - found.mtimeMs > staleMilliseconds) await rm(file, { force: true })
    else if (name.endsWith(suffix)) entries.push({ file, size: found.size, used: found.mtimeMs })
  }
  let total = entries.reduce((sum, { size }) => sum + size, 0)
  if (total <= maxBytes) return total
  entries.sort((left, right) => left.used - right.used)
  for (const { file, size } of entries) {
    if (total <= maxBytes * keptShare) break
    await rm(file, { force: true })
    total -= size
  }
  return total
}

function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}
