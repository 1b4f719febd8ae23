/** Records of an API kept on disk, by identifier and modification time. Whatever is wrong with an entry, the record is fetched anew. */
import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { makeFolder } from '../write-file.ts'
import type { RecordCache } from './api.ts'
import { parseJson } from './json.ts'
import { maxRecordBytes } from './zip.ts'

/** Entries of another version are not found. */
const formatVersion = 1
const maxEntries = 50_000

export function recordCache(folder: string): RecordCache {
  const place = join(folder, `osv-records-v${formatVersion}`)
  let bounded: Promise<void> | undefined
  return {
    async get(id, modified) {
      const entry = await readEntry(join(place, nameOf(id, modified)))
      return isRecord(entry, id) ? entry : undefined
    },
    async put(id, modified, record) {
      bounded ??= makeFolder(resolve(place)).then(() => bound(place))
      // A cache that cannot be written only costs the next run a request.
      await bounded.then(() => writeEntry(join(place, nameOf(id, modified)), record)).catch(() => undefined)
    },
  }
}

/** The first line is the digest of the rest, so that a damaged entry is not taken for the record. */
async function readEntry(path: string): Promise<unknown> {
  try {
    if ((await stat(path)).size > maxRecordBytes + 65) return undefined
    const bytes = await readFile(path)
    const text = bytes.subarray(65)
    return bytes.subarray(0, 65).toString('latin1') === `${digestOf(text)}\n` ? parseJson(text) : undefined
  } catch {
    // Not kept yet, or not readable: both are fetched.
    return undefined
  }
}

async function writeEntry(path: string, record: unknown): Promise<void> {
  const text = Buffer.from(JSON.stringify(record), 'utf8')
  const beside = `${path}.${randomUUID()}`
  await writeFile(beside, Buffer.concat([Buffer.from(`${digestOf(text)}\n`), text]), { flag: 'wx' })
  await rename(beside, path)
}

/** Throws away what was fetched longest ago. */
async function bound(place: string): Promise<void> {
  const names = await readdir(place)
  if (names.length <= maxEntries) return
  const entries = await Promise.all(names.map(async (name) => ({ name, written: (await stat(join(place, name))).mtimeMs })))
  const oldest = entries.sort((a, b) => a.written - b.written).slice(0, entries.length - maxEntries / 2)
  await Promise.all(oldest.map(({ name }) => rm(join(place, name), { force: true })))
}

/** Of characters that every file system has. */
const nameOf = (id: string, modified: string): string => createHash('sha256').update(`${id}\0${modified}`).digest('hex')

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex')

const isRecord = (value: unknown, id: string): boolean => typeof value === 'object' && value !== null && 'id' in value && value.id === id
