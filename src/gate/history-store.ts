/** Profiles of images and the list of those of a repository, kept in the cache of evidence. What it gives back is looked at before it is believed. */
import { constants, zstdCompressSync, zstdDecompressSync } from 'node:zlib'
import * as z from 'zod'
import type { EvidenceCache } from '../scan/layer-pass.ts'
import { type ImageProfile, profileVersion } from '../scan/profile.ts'

/** One image of a repository, on one platform. */
export interface KnownImage {
  /** Of the platform's manifest. */
  readonly digest: string
  readonly tag?: string
  readonly created?: string
  /** When it was first seen here; milliseconds since 1970. */
  readonly seen: number
}

export interface HistoryStore {
  profile(digest: string): Promise<ImageProfile | undefined>
  keep(profile: ImageProfile): Promise<void>
  /** In the order in which they were seen first. */
  known(series: string): Promise<readonly KnownImage[]>
  /** Once for each digest; the oldest are dropped. */
  remember(series: string, image: KnownImage): Promise<void>
}

const mostKnown = 200
const unpackedLimitBytes = 32 * 1024 * 1024

const text = z.string().max(8192)
const names = z.array(text).max(100_000)
const number = z.number().min(0).max(Number.MAX_SAFE_INTEGER)
const found = { path: text, layer: text }

const profileSchema = z.strictObject({
  digest: text,
  created: text.optional(),
  packages: z.array(z.strictObject({ type: text, name: text, version: text })).max(200_000),
  networkServices: names,
  files: z
    .strictObject({
      setuid: z.array(z.strictObject({ ...found, isOwned: z.boolean() })).max(10_000),
      binaries: z.array(z.strictObject({ ...found, entropy: z.number().min(0).max(8) })).max(10_000),
      worldWritable: number,
      unpackedBytes: number,
      omitted: number,
    })
    .optional(),
  ports: names,
  user: text,
  entrypoint: names,
  command: names,
  environment: z.array(z.strictObject({ name: text })).max(100_000),
  sizeBytes: number,
  layers: names,
  isWhole: z.literal(true),
})

const knownSchema = z.array(z.strictObject({ digest: text, tag: text.optional(), created: text.optional(), seen: number })).max(mostKnown)

export function historyStore(cache: EvidenceCache): HistoryStore {
  // One at a time: two images of one repository are remembered both.
  let writing: Promise<void> = Promise.resolve()
  const known = async (series: string): Promise<readonly KnownImage[]> => {
    const read = knownSchema.safeParse(parsed(await cache.read(seriesKey(series))))
    return read.success ? (read.data as KnownImage[]) : []
  }
  return {
    async profile(digest) {
      const read = profileSchema.safeParse(parsed(await cache.read(profileKey(digest))))
      return read.success && read.data.digest === digest ? (read.data as ImageProfile) : undefined
    },
    async keep(profile) {
      // What was left out would seem to be new, or gone, for as long as the entry lives.
      if (!profile.isWhole) return
      const environment = profile.environment.map(({ name }) => ({ name }))
      // Command lines may hold secrets, and nothing is compared with them once they are kept.
      const kept = { ...profile, environment, entrypoint: [], command: [] }
      if (profileSchema.safeParse(kept).success) await cache.write(profileKey(profile.digest), bytesOf(kept))
    },
    known,
    remember(series, image) {
      writing = writing.then(async () => {
        const images = await known(series)
        if (images.some(({ digest }) => digest === image.digest)) return
        await cache.write(seriesKey(series), bytesOf([...images, image].slice(-mostKnown)))
      })
      return writing
    },
  }
}

function profileKey(digest: string): string {
  return `${profileVersion} ${digest}`
}

function seriesKey(series: string): string {
  return `portcullis.images/1 ${series}`
}

function bytesOf(value: unknown): Uint8Array {
  return zstdCompressSync(JSON.stringify(value), { params: { [constants.ZSTD_c_compressionLevel]: 1 } })
}

/** Undefined for what is not ours, or damaged. */
function parsed(bytes: Uint8Array | undefined): unknown {
  if (!bytes) return undefined
  try {
    return JSON.parse(zstdDecompressSync(bytes, { maxOutputLength: unpackedLimitBytes }).toString('utf8'))
  } catch {
    // It is as if it were not there.
    return undefined
  }
}
