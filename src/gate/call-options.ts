/** What a call asks for and what the world around it gives, and the reading of its words. */
import { quote, severities, UsageError } from '../findings.ts'
import type { HttpClient } from '../http.ts'
import type { FailOn, KeylessIdentity, PublicKeySource } from '../policy/policy.ts'
import type { Tree } from '../repo/tree.ts'
import type { BaseFiles } from './open-policy.ts'
import { type CheckName, checkNames } from './request.ts'

/** The contract's options, as they were written. */
export interface CallOptions {
  readonly base?: string
  readonly policy?: readonly string[]
  readonly checks?: string
  /** Of images, nothing but the inventory. */
  readonly packagesAlone?: boolean
  readonly failOn?: string
  readonly advisories?: readonly string[]
  readonly images?: readonly string[]
  readonly offline?: boolean
  readonly platform?: string
  /** The folder, or `oci://REGISTRY/REPOSITORY`, that evidence of layers, and what is known of documents, is kept in from run to run. */
  readonly cache?: string
  /** Of a cache in a registry: a file that has its key, or the key's PEM text. */
  readonly cacheKey?: string
  /** Where clamd listens, instead of the policy's: `unix:PATH`, `tcp:HOST:PORT`, or `none`. */
  readonly clamd?: string
  /** Asks registries for newer base images. */
  readonly baseUpdates?: boolean
  /** Asks registries for earlier images, to tell whether an image is unlike them. */
  readonly anomaly?: boolean
  /** Signers that are trusted for every image, instead of the policy's. */
  readonly signers?: { readonly keys: readonly PublicKeySource[]; readonly identities: readonly KeylessIdentity[] }
  readonly trustedRoot?: { readonly name: string; readonly bytes: Uint8Array }
}

/** What comes from the world around the call. */
export interface Host {
  readonly http: HttpClient
  /** One that may ask these link-local and metadata addresses as well. */
  readonly allow?: (addresses: readonly string[]) => HttpClient
  /** Where credentials and the Docker daemon are looked for. */
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly now: Date
  /** Tells this program from others, on this version of Node: what it knows of documents is kept for it alone. Absent: none is kept. */
  readonly code?: string
  readonly signal: AbortSignal
  /** Told of the bytes of each layer that have come in so far. */
  readonly progress?: (layer: { readonly digest: string; readonly size: number }, readBytes: number) => void
  /** Told what the run does without, and that decides nothing: a cache that cannot be used. */
  readonly note?: (message: string) => void
  /** Instead of asking git for `base`: the base as an API shows it. */
  readonly baseTree?: Tree
  /** Where a policy that the call names is read from, if it lies in the checkout. */
  readonly baseFiles?: BaseFiles
  /** When it was committed, in milliseconds since 1970, where that is known. */
  readonly baseTime?: number
}

/** Throws UsageError. */
export function parseChecks(text: string | undefined): ReadonlySet<CheckName> {
  if (text === undefined || text === '') return new Set(checkNames)
  const names = text.split(',').map((name) => name.trim())
  const unknown = names.find((name) => !checkNames.includes(name as CheckName))
  if (unknown !== undefined) throw new UsageError(`--checks: unknown check ${quote(unknown)}, expected some of ${checkNames.join(', ')}`)
  return new Set(names as CheckName[])
}

/** Throws UsageError. */
export function parseFailOn(text: string): FailOn {
  const levels = [...severities.filter((severity) => severity !== 'unknown'), 'never']
  if (!levels.includes(text)) throw new UsageError(`--fail-on: ${quote(text)}, expected one of ${levels.join(', ')}`)
  return text as FailOn
}

/** Throws UsageError. */
export function parsePlatform(text: string): string {
  if (text === 'all' || /^[a-z0-9]+\/[a-z0-9_]+(\/[a-z0-9.]+)?$/u.test(text)) return text
  throw new UsageError(`--platform: ${quote(text)}, expected os/architecture[/variant] or "all"`)
}
