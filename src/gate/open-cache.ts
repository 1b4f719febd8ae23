/** The place that evidence of layers is kept in from run to run: a folder, or a repository of a registry. */
import { readFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { quote, UsageError } from '../findings.ts'
import type { HttpClient } from '../http.ts'
import type { EvidenceCache } from '../scan/layer-pass.ts'
import type { CallOptions, Host } from './call-options.ts'
import { messageOf } from './errors.ts'

const scheme = 'oci://'

/** The folder of a call that names one; a repository is none. */
export function cacheFolder(named: string | undefined): string | undefined {
  return named === undefined || named.startsWith(scheme) ? undefined : resolve(named)
}

/** One for the run, so that its bound holds. Throws UsageError for a name or a key that is none. */
export async function openCache(
  { cache: named, cacheKey }: Pick<CallOptions, 'cache' | 'cacheKey'>,
  host: Pick<Host, 'environment' | 'note' | 'signal'> & { readonly http: HttpClient },
): Promise<EvidenceCache | undefined> {
  const folder = cacheFolder(named)
  if (folder !== undefined) return (await import('../oci/cache.ts')).createCache(folder)
  if (named === undefined) return undefined
  const place = await placeOf(named)
  const { note = () => undefined } = host
  if (cacheKey === undefined) {
    note(`--cache ${named}: is not used, there is no --cache-key: whoever can write there would be believed`)
    return undefined
  }
  const [{ parseCacheKey }, { registryCache }, { registrySenders }, { environmentCredentials }] = await Promise.all([
    import('../oci/cache-key.ts'),
    import('../oci/registry-cache.ts'),
    import('../oci/registry-auth.ts'),
    import('../oci/credential-helper.ts'),
  ])
  const key = parseCacheKey(await pemOf(cacheKey), '--cache-key')
  const credentials = environmentCredentials(host.environment)
  const sender = () => registrySenders(host.http, credentials).senderFor(place.registry, place.repository)
  return registryCache({ ...place, key, senders: { read: sender(), write: sender() }, signal: host.signal, note })
}

async function placeOf(named: string): Promise<{ readonly registry: string; readonly repository: string }> {
  const { parseReference } = await import('../oci/reference.ts')
  const text = named.slice(scheme.length)
  try {
    const { registry, repository, tag, digest } = parseReference(text)
    if (digest !== undefined || (tag !== undefined && text.endsWith(`:${tag}`))) throw new Error('it has a tag or a digest')
    return { registry, repository }
  } catch (error) {
    throw new UsageError(`--cache ${quote(named)}: expected ${scheme}REGISTRY/REPOSITORY: ${messageOf(error)}`, { cause: error })
  }
}

/** A pipeline has the key as text, whoever is at a desk as a file. */
async function pemOf(key: string): Promise<string> {
  if (key.includes('-----BEGIN ')) return key
  try {
    return await readFile(key, 'utf8')
  } catch (error) {
    throw new UsageError(`--cache-key: ${messageOf(error)}`, { cause: error })
  }
}
