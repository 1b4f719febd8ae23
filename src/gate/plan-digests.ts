/** What all shards must have in common, each as one digest: the policy, the advisories, the judged files. */
import { createHash, type Hash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { AdvisorySource } from '../advisories/source.ts'
import type { Tree } from '../repo/tree.ts'
import type { GateRequest } from './request.ts'

/** With what the call puts in the policy's place: threshold, checks, platform. */
export function policyDigest({ policy, policyRevision, failOn, checks, platform, baseUpdates, history }: GateRequest): string {
  const asked = { baseUpdates: baseUpdates ?? false, history: history?.from === 'registry' ? history.images : 0 }
  const call = { failOn: failOn ?? policy.failOn, checks: [...checks].sort(), platform, ...asked }
  return digestOf({ policy, policyRevision, call })
}

/** Of any plain value: maps, sets, bytes, expressions and fields of a document have a form of their own. */
export function digestOf(value: unknown): string {
  return `sha256:${createHash('sha256')
    .update(JSON.stringify(plain(value)))
    .digest('hex')}`
}

function plain(value: unknown): unknown {
  if (typeof value === 'bigint') return { bigint: String(value) }
  if (typeof value !== 'object' || value === null) return value
  if (Array.isArray(value)) return value.map(plain)
  if (value instanceof Uint8Array) return { bytes: Buffer.from(value).toString('base64') }
  if (value instanceof RegExp) return { expression: String(value) }
  if (value instanceof Map) return { map: [...value].map(plain) }
  if (value instanceof Set) return { set: [...value].map(plain) }
  if ('toJson' in value && typeof value.toJson === 'function') return { field: plain(value.toJson()) }
  return Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([key, member]) => [key, plain(member)])
}

/** Of local sources the bytes count, wherever they lie. An address has no snapshot: it is named, and may answer otherwise tomorrow. */
export async function advisoriesDigest(sources: readonly AdvisorySource[]): Promise<string> {
  return digestOf(await Promise.all(sources.map(({ name }) => (/^https?:\/\//iu.test(name) ? name : filesDigest(name)))))
}

async function filesDigest(path: string): Promise<string> {
  const hash = createHash('sha256')
  if ((await stat(path)).isDirectory()) {
    const entries = await readdir(path, { recursive: true, withFileTypes: true })
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
    for (const file of files.sort()) {
      hash.update(`${file.slice(path.length)}\0`)
      await addFile(hash, file)
    }
  } else await addFile(hash, path)
  return hash.digest('hex')
}

async function addFile(hash: Hash, file: string): Promise<void> {
  let sizeBytes = 0
  for await (const chunk of createReadStream(file, { highWaterMark: 1024 * 1024 })) {
    sizeBytes += chunk.length
    hash.update(chunk)
  }
  hash.update(`\0${sizeBytes}\0`)
}

const fileLimitBytes = 32 * 1024 * 1024

/** Of the files that were judged, by their bytes. */
export async function treeDigest(tree: Tree, judged: (path: string) => boolean): Promise<string> {
  const hash = createHash('sha256')
  for (const { path, sizeBytes, unreadable } of await tree.files()) {
    if (!judged(path)) continue
    hash.update(`${path}\0${sizeBytes}\0`)
    if (unreadable !== undefined) continue
    const bytes = sizeBytes <= fileLimitBytes ? await tree.read(path, fileLimitBytes) : undefined
    if (bytes) hash.update(bytes)
  }
  return `sha256:${hash.digest('hex')}`
}
