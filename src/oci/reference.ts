/** Names of images. https://github.com/distribution/reference/blob/main/reference.go, with Docker Hub's short names. */
import { quote } from '../findings.ts'
import { RegistryError } from './errors.ts'
import type { Digest, Reference } from './source.ts'

const host = String.raw`(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)(?:\.[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?)*`
const registryPattern = new RegExp(String.raw`^(?:${host}|\[[0-9a-fA-F:]+\])(?::[0-9]{1,5})?$`)
const repositoryPattern = /^[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/
const tagPattern = /^\w[\w.-]{0,127}$/
const digestPattern = /^(?:sha256:[0-9a-f]{64}|sha512:[0-9a-f]{128})$/
/** The whole name, registry and repository. */
const maxNameLength = 255
const dockerHubNames = new Set(['docker.io', 'index.docker.io', 'registry-1.docker.io'])

/** `latest` where there is neither a tag nor a digest. Throws RegistryError `malformed`. */
export function parseReference(text: string): Reference {
  const fail = (reason: string): never => {
    throw new RegistryError('malformed', `${quote(text)} is not an image reference: ${reason}`)
  }
  if (text.length > 1024) fail('it is longer than 1024 characters')
  if (text.indexOf('@') !== text.lastIndexOf('@')) fail('it has more than one @')
  const { name, registry, repository, tag, digest } = splitReference(text)
  if (digest !== undefined && !isDigest(digest)) fail('its digest is not sha256: and 64 digits in lower-case hexadecimal')
  if (tag !== undefined && !tagPattern.test(tag)) fail(`${quote(tag)} is not a tag`)
  if (!registryPattern.test(registry)) fail(`${quote(registry)} is not the name of a registry`)
  if (name.length > maxNameLength) fail(`its name is longer than ${maxNameLength} characters`)
  if (!repositoryPattern.test(repository))
    fail(/[A-Z]/.test(repository) ? 'a repository is written in lower case' : `${quote(repository)} is not the name of a repository`)
  const named = { registry, repository, text }
  if (digest !== undefined) return tag === undefined ? { ...named, digest } : { ...named, tag, digest }
  return { ...named, tag: tag ?? 'latest' }
}

/** In full: `docker.io/library/nginx:latest`. For an image that no registry names (`oci:`, `docker-archive:`), as it was written. */
export function formatReference(reference: Reference): string {
  const digest = reference.digest === undefined ? '' : `@${reference.digest}`
  if (reference.registry === '') return reference.text.endsWith(digest) ? reference.text : `${reference.text}${digest}`
  const tag = reference.tag === undefined ? '' : `:${reference.tag}`
  return `${reference.registry}/${reference.repository}${tag}${digest}`
}

export function referenceWithDigest(reference: Reference, digest: Digest): Reference {
  return { ...reference, digest }
}

export function isTag(text: string): boolean {
  return tagPattern.test(text)
}

export function isDigest(text: string): boolean {
  return digestPattern.test(text)
}

/** A reference in its parts, whatever they hold: for a text that has to be judged even where it names no image. */
export interface ReferenceParts {
  /** As it is written, without tag and digest. */
  readonly name: string
  /** `docker.io` where none is written. */
  readonly registry: string
  /** `library/nginx` for `nginx`. */
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

export function splitReference(text: string): ReferenceParts {
  const at = text.indexOf('@')
  const beforeDigest = at === -1 ? text : text.slice(0, at)
  const colon = beforeDigest.lastIndexOf(':')
  const hasTag = colon > beforeDigest.lastIndexOf('/') && colon !== -1
  const name = hasTag ? beforeDigest.slice(0, colon) : beforeDigest
  return {
    name,
    ...splitName(name),
    ...(hasTag && { tag: beforeDigest.slice(colon + 1) }),
    ...(at !== -1 && { digest: text.slice(at + 1) }),
  }
}

/** The first part is a registry if it could not be part of a Docker Hub name: it has a dot, a port or capitals, or is `localhost`. */
function splitName(name: string): { registry: string; repository: string } {
  const slash = name.indexOf('/')
  const first = slash === -1 ? '' : name.slice(0, slash)
  const isRegistry = /[.:[A-Z]/.test(first) || first === 'localhost'
  const registry = isRegistry ? first : 'docker.io'
  const repository = isRegistry ? name.slice(slash + 1) : name
  if (!dockerHubNames.has(registry)) return { registry, repository }
  return { registry: 'docker.io', repository: repository.includes('/') ? repository : `library/${repository}` }
}
