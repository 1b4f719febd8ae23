/** An image's configuration. https://github.com/opencontainers/image-spec/blob/main/config.md */
import { isObject, type JsonObject, listOf, parsePlatform, stringMap, strings } from './descriptor.ts'
import { RegistryError } from './errors.ts'
import type { ImageConfig } from './image.ts'
import { isDigest } from './reference.ts'
import type { Digest, Platform } from './source.ts'

const maxHistory = 10_000

export interface ParsedConfig {
  readonly config: ImageConfig
  /** Digests of the unpacked layers, from the base up. */
  readonly diffIds: readonly Digest[]
  readonly platform: Platform
}

/** Throws RegistryError `malformed` or `too-large`; `what` names the document. */
export function parseImageConfig(document: JsonObject, what: string): ParsedConfig {
  const settings = isObject(document.config) ? document.config : {}
  const rootfs = isObject(document.rootfs) ? document.rootfs : {}
  const diffIds = listOf(rootfs, 'diff_ids', maxHistory, what).map((diffId) => {
    if (typeof diffId !== 'string' || !isDigest(diffId)) throw new RegistryError('malformed', `${what} has a diff_id that is not a digest`)
    return diffId
  })
  const health = isObject(settings.Healthcheck) ? strings(settings.Healthcheck.Test) : []
  return {
    diffIds,
    platform: parsePlatform(document),
    config: {
      ...text('created', document.created),
      ...text('user', settings.User),
      env: strings(settings.Env),
      ...list('entrypoint', settings.Entrypoint),
      ...list('cmd', settings.Cmd),
      exposedPorts: isObject(settings.ExposedPorts) ? Object.keys(settings.ExposedPorts) : [],
      labels: stringMap(settings.Labels),
      ...text('workingDir', settings.WorkingDir),
      ...(health.length > 0 ? { healthcheck: health } : {}),
      ...(isObject(settings.Volumes) ? { volumes: Object.keys(settings.Volumes) } : {}),
      history: listOf(document, 'history', maxHistory, what)
        .filter(isObject)
        .map((entry) => ({
          ...text('createdBy', entry.created_by),
          ...text('created', entry.created),
          ...text('comment', entry.comment),
          emptyLayer: entry.empty_layer === true,
        })),
    },
  }
}

function text<K extends string>(key: K, value: unknown): { [P in K]?: string } {
  return (typeof value === 'string' && value !== '' ? { [key]: value } : {}) as { [P in K]?: string }
}

function list<K extends string>(key: K, value: unknown): { [P in K]?: string[] } {
  return (Array.isArray(value) ? { [key]: strings(value) } : {}) as { [P in K]?: string[] }
}
