/** What `advisories build` was told to read, as files: addresses are fetched into a folder, one after the other. */
import { createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { quote } from '../findings.ts'
import type { HttpClient, HttpResponse } from '../http.ts'
import { AdvisoryError } from './errors.ts'

export interface FetchSettings {
  /** Where fetched files lie until they are removed. */
  readonly folder: string
  readonly http: HttpClient
  readonly ecosystems?: readonly string[]
}

export interface SourcePart {
  /** As it is named in the database. */
  readonly name: string
  readonly path: string
  /** As the server says; undefined where it does not, and for files. */
  readonly modified?: Date
  /** Removes what was fetched; a file of the user's stays. */
  remove(): Promise<void>
}

const maxFetchedBytes = 8 * 1024 * 1024 * 1024
const maxListBytes = 1024 * 1024

/** Rejects with AdvisoryError `unreadable-source` where an address does not answer with a file. */
export async function* fetchSource(source: string, settings: FetchSettings, signal: AbortSignal): AsyncIterable<SourcePart> {
  if (!/^https?:\/\//i.test(source)) {
    yield { name: source, path: source, remove: () => Promise.resolve() }
    return
  }
  const address = new URL(source)
  if (/\.(zip|json|csv|csv\.gz)$/.test(address.pathname)) {
    yield await fetchFile(address, settings, signal)
    return
  }
  const base = new URL(address.href.endsWith('/') ? address.href : `${address.href}/`)
  for (const ecosystem of settings.ecosystems ?? (await listEcosystems(base, settings.http, signal))) {
    yield await fetchFile(new URL(`${encodeURIComponent(ecosystem)}/all.zip`, base), settings, signal)
  }
}

/** https://google.github.io/osv.dev/data/#data-dumps: names with and without releases, one a line; there is a zip for those without. */
async function listEcosystems(base: URL, http: HttpClient, signal: AbortSignal): Promise<readonly string[]> {
  const url = new URL('ecosystems.txt', base)
  const response = await get(url, http, signal)
  const lines = new TextDecoder().decode(await response.bytes(maxListBytes)).split(/\r?\n/)
  const names = lines.filter((line) => line !== '' && !line.includes(':'))
  if (names.length === 0) throw new AdvisoryError('unreadable-source', `${url.href} lists no ecosystems`)
  return names
}

async function fetchFile(url: URL, { folder, http }: FetchSettings, signal: AbortSignal): Promise<SourcePart> {
  const response = await get(url, http, signal)
  const path = join(folder, `fetched${/\.(zip|json|csv|csv\.gz)$/.exec(url.pathname)?.[0] ?? ''}`)
  await pipeline(bounded(response.body, url), createWriteStream(path), { signal })
  const modified = new Date(response.headers.get('last-modified') ?? '')
  return { name: url.href, path, ...(Number.isNaN(modified.getTime()) ? {} : { modified }), remove: () => rm(path, { force: true }) }
}

async function get(url: URL, http: HttpClient, signal: AbortSignal): Promise<HttpResponse> {
  const response = await http.send({ url, signal })
  if (response.status === 200) return response
  await response.discard()
  throw new AdvisoryError('unreadable-source', `${quote(url.href)} answered ${response.status}`)
}

async function* bounded(body: AsyncIterable<Uint8Array>, url: URL): AsyncIterable<Uint8Array> {
  let size = 0
  for await (const chunk of body) {
    size += chunk.length
    if (size > maxFetchedBytes) throw new AdvisoryError('unreadable-source', `${quote(url.href)} has more than ${maxFetchedBytes} bytes`)
    yield chunk
  }
}
