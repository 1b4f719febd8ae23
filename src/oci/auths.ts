/** `auths` of a credentials file: which entry is meant for a repository. https://kubernetes.io/docs/concepts/containers/images/#config-json */
import { quote } from '../findings.ts'
import type { Credential } from './credentials.ts'
import { isObject } from './descriptor.ts'
import { RegistryError } from './errors.ts'

/** The entry with the longest path that the repository is below; an exact host goes before a pattern (`*.example.com`). */
export function findInAuths(auths: unknown, registry: string, repository: string, file: string): Credential | undefined {
  if (!isObject(auths)) return undefined
  let best: { readonly rank: number; readonly entry: unknown; readonly key: string } | undefined
  for (const [key, entry] of Object.entries(auths)) {
    const rank = rankOf(key, registry, repository)
    if (rank !== undefined && (best === undefined || rank > best.rank)) best = { rank, entry, key }
  }
  return best && isObject(best.entry) ? credentialOf(best.entry, `${quote(best.key)} in ${quote(file)}`) : undefined
}

function rankOf(key: string, registry: string, repository: string): number | undefined {
  const isAddress = /^https?:\/\//.test(key)
  const [host = '', ...segments] = key.replace(/^https?:\/\//, '').split('/')
  // Docker writes addresses, whose path is the API's.
  const path = (isAddress || /^v[12]$/.test(segments[0] ?? '') ? [] : segments).filter((segment) => segment !== '').join('/')
  const canonical = host === 'index.docker.io' || host === 'registry-1.docker.io' ? 'docker.io' : host
  const isExact = canonical.toLowerCase() === registry.toLowerCase()
  if (!isExact && !matchesHost(canonical, registry)) return undefined
  if (path !== '' && repository !== path && !repository.startsWith(`${path}/`)) return undefined
  return path.length * 2 + (isExact ? 1 : 0)
}

/** `*` stands for one label or a part of one; the port has to be the same. */
function matchesHost(pattern: string, host: string): boolean {
  if (!pattern.includes('*')) return false
  const [left, right] = [pattern.split(/[.:]/), host.split(/[.:]/)]
  return left.length === right.length && left.every((label, index) => matchesLabel(label, right[index] ?? ''))
}

function matchesLabel(pattern: string, label: string): boolean {
  const parts = pattern.split('*')
  const [first = ''] = parts
  const last = parts.at(-1) ?? ''
  if (parts.length === 1) return pattern === label
  if (!label.startsWith(first) || !label.endsWith(last) || label.length < first.length + last.length) return false
  let position = first.length
  for (const part of parts.slice(1, -1)) {
    const found = label.indexOf(part, position)
    if (found === -1) return false
    position = found + part.length
  }
  return position <= label.length - last.length
}

function credentialOf(entry: Readonly<Record<string, unknown>>, place: string): Credential | undefined {
  const { auth, identitytoken, registrytoken, username, password } = entry
  if (typeof registrytoken === 'string' && registrytoken !== '') return { kind: 'registry-token', token: registrytoken }
  if (typeof identitytoken === 'string' && identitytoken !== '') return { kind: 'identity-token', token: identitytoken }
  if (typeof auth === 'string' && auth !== '') {
    const decoded = Buffer.from(auth, 'base64').toString('utf8')
    const colon = decoded.indexOf(':')
    if (colon < 1) throw new RegistryError('unauthorized', `the credentials of ${place} are not a user and a password`)
    return { kind: 'password', username: decoded.slice(0, colon), password: decoded.slice(colon + 1).replace(/\0+$/, '') }
  }
  if (typeof username === 'string' && username !== '' && typeof password === 'string') return { kind: 'password', username, password }
  return undefined
}
