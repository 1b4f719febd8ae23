/** The newest trusted root of a Sigstore instance, through TUF: rollback, expiry and threshold are the library's. https://theupdateframework.github.io/specification/latest/#detailed-client-workflow */
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join, resolve } from 'node:path'
import { Updater } from 'tuf-js'
import { quote } from '../../findings.ts'
import type { HttpClient } from '../../http.ts'
import { makeFolder } from '../../write-file.ts'
import { VerificationError } from '../errors.ts'
import { publicMirror, readTrustedRoot, type SigstoreRoot } from './trusted-root.ts'
import { tufFetcher } from './tuf-fetcher.ts'

export interface RefreshRequest {
  readonly http: HttpClient
  /** Where metadata is kept between runs, so that an older repository is noticed. Made where it is not there. */
  readonly directory: string
  /** Default: Sigstore's public instance. */
  readonly mirror?: URL
  /** The first `root.json` of another mirror; it must come by a trusted way. */
  readonly initialRoot?: Uint8Array
}

const target = 'trusted_root.json'

/** Throws VerificationError `unreachable` where the repository does not answer, or `malformed` where it may not be trusted. */
export async function refreshTrustedRoot(
  { http, directory, mirror = new URL(publicMirror), initialRoot }: RefreshRequest,
  signal: AbortSignal,
): Promise<SigstoreRoot> {
  const base = mirror.href.replace(/\/$/, '')
  const metadataDir = join(directory, createHash('sha256').update(base).digest('hex').slice(0, 32))
  const targetDir = join(metadataDir, 'targets')
  await makeFolder(resolve(targetDir))
  const first = join(metadataDir, 'root.json')
  if (!existsSync(first)) await writeFile(first, initialRoot ?? (await seedOf(base)))
  const fetcher = tufFetcher(http, targetDir, signal)
  try {
    const updater = new Updater({ metadataDir, metadataBaseUrl: base, targetDir, targetBaseUrl: `${base}/targets`, fetcher })
    await updater.refresh()
    const info = await updater.getTargetInfo(target)
    if (!info) throw new VerificationError('malformed', `the TUF repository ${quote(base)} has no ${target}`)
    const file = (await updater.findCachedTarget(info)) ?? (await updater.downloadTarget(info))
    return readTrustedRoot(await readFile(file), `Sigstore instance of ${base}`)
  } catch (cause) {
    signal.throwIfAborted()
    if (cause instanceof VerificationError) throw cause
    const code = fetcher.hasFailed() ? 'unreachable' : 'malformed'
    throw new VerificationError(
      code,
      `the trusted root of ${quote(base)} was not refreshed: ${cause instanceof Error ? cause.message : String(cause)}`,
      { cause },
    )
  }
}

async function seedOf(base: string): Promise<Uint8Array> {
  const { default: seeds } = await import('@sigstore/tuf/seeds.json', { with: { type: 'json' } })
  if (base !== publicMirror) throw new VerificationError('malformed', `the TUF repository ${quote(base)} needs its first root.json`)
  return Buffer.from(seeds[publicMirror]['root.json'], 'base64')
}
