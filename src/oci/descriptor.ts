/** Descriptors as they come from outside. https://github.com/opencontainers/image-spec/blob/main/descriptor.md */
import { quote } from '../findings.ts'
import { RegistryError } from './errors.ts'
import { isDigest } from './reference.ts'
import type { Descriptor, Platform } from './source.ts'

export type JsonObject = Readonly<Record<string, unknown>>

/** Throws RegistryError `malformed`; `what` names the document in its message. */
export function parseJsonObject(bytes: Uint8Array, what: string): JsonObject {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch (cause) {
    throw new RegistryError('malformed', `${what} is not JSON`, { cause })
  }
  if (!isObject(value)) throw new RegistryError('malformed', `${what} is not a JSON object`)
  return value
}

/** Throws RegistryError `malformed`. */
export function parseDescriptor(value: unknown, what: string): Descriptor {
  if (!isObject(value)) throw new RegistryError('malformed', `${what} is not a descriptor`)
  const { mediaType, digest, size, annotations, artifactType, urls, platform } = value
  if (typeof digest !== 'string' || !isDigest(digest)) throw new RegistryError('malformed', `${what} has no digest that can be checked`)
  if (typeof size !== 'number' || !Number.isSafeInteger(size) || size < 0)
    throw new RegistryError('malformed', `${what} ${digest} has no size that can be checked`)
  return {
    mediaType: typeof mediaType === 'string' ? mediaType : '',
    digest,
    size,
    ...(isObject(platform) ? { platform: parsePlatform(platform) } : {}),
    ...(isObject(annotations) ? { annotations: stringMap(annotations) } : {}),
    ...(typeof artifactType === 'string' ? { artifactType } : {}),
    ...(Array.isArray(urls) && urls.length > 0 ? { urls: strings(urls) } : {}),
  }
}

export function parsePlatform(value: JsonObject): Platform {
  const { os, architecture, variant } = value
  return {
    os: typeof os === 'string' ? os : 'unknown',
    architecture: typeof architecture === 'string' ? architecture : 'unknown',
    ...(typeof variant === 'string' && variant !== '' ? { variant } : {}),
  }
}

/** A list below `key`, of at most `limit` elements; none where it is absent or null. Throws RegistryError `malformed` or `too-large`. */
export function listOf(value: JsonObject, key: string, limit: number, what: string): readonly unknown[] {
  const list = value[key] ?? []
  if (!Array.isArray(list)) throw new RegistryError('malformed', `${what} has ${quote(key)}, which is not a list`)
  if (list.length > limit) throw new RegistryError('too-large', `${what} has ${list.length} ${key}, more than ${limit}`)
  return list
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

export function strings(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((element) => typeof element === 'string') : []
}

/** What is not text is left out. */
export function stringMap(value: unknown): ReadonlyMap<string, string> {
  if (!isObject(value)) return new Map()
  return new Map(Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === 'string'))
}
