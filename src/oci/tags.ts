/** The tags of a repository. https://github.com/opencontainers/distribution-spec/blob/v1.1.0/spec.md#listing-tags */
import { quote } from '../findings.ts'
import type { HttpResponse } from '../http.ts'
import { listOf, parseJsonObject } from './descriptor.ts'
import { RegistryError } from './errors.ts'
import { nextPage } from './next-page.ts'
import { maxManifestBytes } from './platform-manifests.ts'
import { isTag } from './reference.ts'
import { asRegistryError, statusError } from './registry-errors.ts'
import type { ImageSource } from './source.ts'

/** The largest repositories of Docker Hub have some ten thousand. */
export const maxTags = 50_000
export const maxTagPages = 100
const tagsOnPage = 1000

/** `base` is the repository's address, `…/v2/<name>/`. Throws RegistryError; `too-large` past a bound. */
export async function* registryTags(send: (url: URL) => Promise<HttpResponse>, base: URL, name: string): AsyncGenerator<string> {
  const what = `the tags of ${name}`
  const failed = (error: unknown): never => {
    throw asRegistryError(error, what)
  }
  let url: URL | undefined = new URL(`tags/list?n=${tagsOnPage}`, base)
  let found = 0
  for (let page = 0; url; page++) {
    if (page >= maxTagPages) throw new RegistryError('too-large', `${what} have more than ${maxTagPages} pages`)
    const response: HttpResponse = await send(url).catch(failed)
    if (response.status !== 200) throw await statusError(response, what)
    const bytes = await response.bytes(maxManifestBytes).catch(failed)
    for (const tag of listOf(parseJsonObject(bytes, what), 'tags', maxTags, what)) {
      if (++found > maxTags) throw new RegistryError('too-large', `${what} are more than ${maxTags}`)
      yield checkTag(tag, what)
    }
    url = nextPage(response, what)
  }
}

/** Each once, sorted by code points. Undefined where the place lists none at all. Throws RegistryError. */
export async function listTags(source: ImageSource, signal: AbortSignal): Promise<readonly string[] | undefined> {
  if (!source.tags) return undefined
  const tags = new Set<string>()
  for await (const tag of source.tags(signal)) tags.add(tag)
  return [...tags].sort()
}

function checkTag(tag: unknown, what: string): string {
  if (typeof tag === 'string' && isTag(tag)) return tag
  throw new RegistryError('malformed', `${what} have ${quote(String(tag))} among them, which is no tag`)
}
