/** An image reference in its parts, as the containers tools read it: https://github.com/distribution/reference */

export interface ReferenceParts {
  /** `docker.io` where none is written. */
  readonly registry: string
  /** `library/nginx` for `nginx`. */
  readonly repository: string
  readonly tag?: string
  readonly digest?: string
}

export function splitReference(reference: string): ReferenceParts {
  const at = reference.indexOf('@')
  const digest = at < 0 ? undefined : reference.slice(at + 1)
  const named = at < 0 ? reference : reference.slice(0, at)
  const colon = named.indexOf(':', named.lastIndexOf('/') + 1)
  const tag = colon < 0 ? undefined : named.slice(colon + 1)
  const path = colon < 0 ? named : named.slice(0, colon)
  const slash = path.indexOf('/')
  const host = path.slice(0, Math.max(slash, 0))
  // What could be a host is one: it has a dot or a port, or is localhost, or has a capital.
  const hasHost = slash > 0 && (/[.:A-Z]/.test(host) || host === 'localhost')
  const registry = hasHost ? host.toLowerCase().replace(/^(index|registry-1)\.docker\.io$/, 'docker.io') : 'docker.io'
  const below = hasHost ? path.slice(slash + 1) : path
  const repository = registry === 'docker.io' && !below.includes('/') ? `library/${below}` : below
  return { registry, repository, ...(tag !== undefined && { tag }), ...(digest !== undefined && { digest }) }
}
