/** Where a list of a registry goes on. https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#listing-tags */
import { quote } from '../findings.ts'
import type { HttpResponse } from '../http.ts'
import { RegistryError } from './errors.ts'

/** The next page is at the same registry. RFC 8288 */
export function nextPage(response: HttpResponse, what: string): URL | undefined {
  const link = /<([^>]*)>\s*;[^,]*\brel="?next"?/i.exec(response.headers.get('link') ?? '')?.[1]
  if (link === undefined) return undefined
  if (!URL.canParse(link, response.url.href)) throw new RegistryError('malformed', `${what} go on at an address that is none`)
  const url = new URL(link, response.url)
  if (url.origin !== response.url.origin) throw new RegistryError('malformed', `${what} go on at another host, ${quote(url.host)}`)
  return url
}
