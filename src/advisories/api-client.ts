/** The three calls of an OSV-compatible API that are used: https://google.github.io/osv.dev/api/ */
import { quote } from '../findings.ts'
import type { HttpClient, HttpRequest } from '../http.ts'
import { AdvisoryError } from './errors.ts'
import { parseJson } from './json.ts'
import type { AdvisoryQuery } from './source.ts'
import { maxRecordBytes } from './zip.ts'

/** https://google.github.io/osv.dev/post-v1-querybatch/: "maximum number of queries [is] 1000" */
export const maxBatch = 1000
const maxBatchBytes = 64 * 1024 * 1024
/** An API that always has another page would never end. */
const maxPages = 100
/** Batches that are under way at once. */
const parallelBatches = 4

export interface ListedVulnerability {
  readonly id: string
  /** RFC 3339. */
  readonly modified: string
}

export interface ApiClient {
  /** One entry a query, in their order: all its pages, or why there is none. Rejects only when the signal aborts. */
  list(queries: readonly AdvisoryQuery[], signal: AbortSignal): Promise<readonly (readonly ListedVulnerability[] | AdvisoryError)[]>
  /** The ecosystems of those of the packages, at most 1,000, that anything is known of, in any version. */
  ecosystemsOf(packages: readonly Omit<AdvisoryQuery, 'version'>[], signal: AbortSignal): Promise<ReadonlySet<string>>
  /** Rejects with AdvisoryError where the answer is not the record with this identifier. */
  record(id: string, signal: AbortSignal): Promise<unknown>
}

interface BatchQuery {
  readonly package: { readonly ecosystem: string; readonly name: string }
  readonly version?: string
  readonly page_token?: string
}

interface BatchResult {
  readonly vulnerabilities: readonly ListedVulnerability[]
  readonly nextPage?: string
}

/** The status that the API refused a call with. */
class RefusedCall extends AdvisoryError {
  readonly status: number
  constructor(status: number, message: string) {
    super('wrong-answer', message)
    this.status = status
  }
}

export function isClientError(cause: unknown, status?: number): boolean {
  return cause instanceof RefusedCall && cause.status >= 400 && cause.status < 500 && (status === undefined || cause.status === status)
}

export function apiClient(address: URL, http: HttpClient): ApiClient {
  const base = new URL(`${address.origin}${address.pathname.replace(/\/(v1\/?)?$/, '')}/v1/`)

  const call = async (request: Omit<HttpRequest, 'signal' | 'tries'>, maxBytes: number, signal: AbortSignal): Promise<unknown> => {
    const response = await http.send({ ...request, signal, tries: 5 })
    if (response.status !== 200) {
      await response.discard()
      throw new RefusedCall(response.status, `${request.url.href} answered ${response.status}`)
    }
    const value = parseJson(await response.bytes(maxBytes))
    if (value === undefined) throw new AdvisoryError('wrong-answer', `${request.url.href} answered with what is no JSON`)
    return value
  }

  const batch = async (queries: readonly BatchQuery[], signal: AbortSignal): Promise<readonly BatchResult[]> => {
    const url = new URL('querybatch', base)
    const body = JSON.stringify({ queries })
    const value = await call({ method: 'POST', url, headers: { 'content-type': 'application/json' }, body }, maxBatchBytes, signal)
    return readBatch(value, queries.length, url)
  }

  return {
    async list(queries, signal) {
      const chunks: (readonly AdvisoryQuery[])[] = []
      for (let start = 0; start < queries.length; start += maxBatch) chunks.push(queries.slice(start, start + maxBatch))
      const lists: (readonly ListedVulnerability[] | AdvisoryError)[][] = []
      for (let start = 0; start < chunks.length; start += parallelBatches) {
        lists.push(...(await Promise.all(chunks.slice(start, start + parallelBatches).map((chunk) => listChunk(batch, chunk, signal)))))
      }
      return lists.flat()
    },
    ecosystemsOf: (packages, signal) => listEcosystems(batch, packages, signal),
    async record(id, signal) {
      const url = new URL(`vulns/${encodeURIComponent(id)}`, base)
      const value = await call({ url }, maxRecordBytes, signal)
      const found = typeof value === 'object' && value !== null && 'id' in value ? value.id : undefined
      if (found !== id) {
        const what = typeof found === 'string' ? `the record ${quote(found, 60)}` : 'no record'
        throw new AdvisoryError('wrong-answer', `${url.href} answered with ${what}`)
      }
      return value
    },
  }
}

type Batch = (queries: readonly BatchQuery[], signal: AbortSignal) => Promise<readonly BatchResult[]>

/** One unknown ecosystem makes the API refuse the whole batch, so that a refused batch is asked again by ecosystem. */
async function listChunk(
  batch: Batch,
  queries: readonly AdvisoryQuery[],
  signal: AbortSignal,
): Promise<(readonly ListedVulnerability[] | AdvisoryError)[]> {
  try {
    return await listPages(batch, queries, signal)
  } catch (cause) {
    signal.throwIfAborted()
    const ecosystems = Map.groupBy(queries, ({ ecosystem }) => ecosystem)
    if (isClientError(cause, 400) && ecosystems.size > 1) {
      const parts = await Promise.all(
        [...ecosystems].map(async ([ecosystem, part]) => [ecosystem, await listChunk(batch, part, signal)] as const),
      )
      const byEcosystem = new Map(parts.map(([ecosystem, lists]) => [ecosystem, lists.values()]))
      return queries.map(({ ecosystem }) => byEcosystem.get(ecosystem)?.next().value ?? [])
    }
    const asked = isClientError(cause, 400) ? ` for ${quote(queries[0]?.ecosystem ?? '', 80)}` : ''
    const error = new AdvisoryError('wrong-answer', `${cause instanceof Error ? cause.message : String(cause)}${asked}`, { cause })
    return queries.map(() => error)
  }
}

/** The API refuses ecosystems that it does not know, and with them the others. */
async function listEcosystems(
  batch: Batch,
  packages: readonly Omit<AdvisoryQuery, 'version'>[],
  signal: AbortSignal,
): Promise<ReadonlySet<string>> {
  try {
    const results = await batch(
      packages.map(({ ecosystem, name }) => ({ package: { ecosystem, name } })),
      signal,
    )
    return new Set(packages.filter((_, index) => (results[index]?.vulnerabilities.length ?? 0) > 0).map(({ ecosystem }) => ecosystem))
  } catch (cause) {
    if (!isClientError(cause, 400)) throw cause
    const groups = [...Map.groupBy(packages, ({ ecosystem }) => ecosystem).values()]
    if (groups.length < 2) return new Set()
    const parts = await Promise.all(groups.map((group) => listEcosystems(batch, group, signal)))
    return new Set(parts.flatMap((part) => [...part]))
  }
}

async function listPages(
  batch: Batch,
  queries: readonly AdvisoryQuery[],
  signal: AbortSignal,
): Promise<(readonly ListedVulnerability[])[]> {
  const lists: ListedVulnerability[][] = queries.map(() => [])
  let open = queries.map(({ ecosystem, name, version }, index) => ({
    index,
    query: { package: { ecosystem, name }, version } as BatchQuery,
  }))
  for (let page = 0; open.length > 0; page++) {
    if (page === maxPages)
      throw new AdvisoryError('wrong-answer', `the API has more than ${maxPages} pages for ${quote(open[0]?.query.package.name ?? '')}`)
    const results = await batch(
      open.map(({ query }) => query),
      signal,
    )
    open = open.flatMap(({ index, query }, position) => {
      const result = results[position]
      lists[index]?.push(...(result?.vulnerabilities ?? []))
      return result?.nextPage === undefined ? [] : [{ index, query: { ...query, page_token: result.nextPage } }]
    })
  }
  return lists
}

function readBatch(value: unknown, expected: number, url: URL): readonly BatchResult[] {
  const fail = (what: string): AdvisoryError => new AdvisoryError('wrong-answer', `${url.href} answered with ${what}`)
  const results = typeof value === 'object' && value !== null && 'results' in value ? value.results : undefined
  if (!Array.isArray(results)) throw fail('no list of results')
  if (results.length !== expected) throw fail(`${results.length} results for ${expected} queries`)
  return results.map((result: unknown) => {
    if (typeof result !== 'object' || result === null) throw fail('a result that is no object')
    const { vulns = [], next_page_token: nextPage } = result as { vulns?: unknown; next_page_token?: unknown }
    if (!Array.isArray(vulns)) throw fail('vulnerabilities that are no list')
    const vulnerabilities = vulns.map((entry: unknown) => {
      const { id, modified } = (entry ?? {}) as { id?: unknown; modified?: unknown }
      if (typeof id !== 'string' || !/^[\w.:+-]{1,256}$/.test(id)) throw fail('a vulnerability without an identifier')
      return { id, modified: typeof modified === 'string' ? modified : '' }
    })
    return { vulnerabilities, ...(typeof nextPage === 'string' && nextPage !== '' ? { nextPage } : {}) }
  })
}
