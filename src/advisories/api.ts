/** Advisories from an OSV-compatible API: https://google.github.io/osv.dev/api/. Names, ecosystems and versions of packages are all that is sent. */
import { quote } from '../findings.ts'
import type { HttpClient } from '../http.ts'
import { type ApiClient, apiClient, isClientError, type ListedVulnerability, maxBatch } from './api-client.ts'
import { inParallel } from './in-parallel.ts'
import { baseEcosystem } from './names.ts'
import type { AdvisoryQuery, AdvisorySource } from './source.ts'

export interface ApiSettings {
  readonly http: HttpClient
  /** Keeps records between runs, by identifier and modification time. */
  readonly cache?: RecordCache
  /** Records that are fetched at once. Default 16. */
  readonly parallel?: number
}

/** What it gives is checked like what the network gives: it must be the record that was asked for. */
export interface RecordCache {
  get(id: string, modified: string): Promise<unknown>
  put(id: string, modified: string, record: unknown): Promise<void>
}

/** Ecosystems that the public instance lists, and that have no releases: https://ossf.github.io/osv-schema/#defined-ecosystems */
const languages: ReadonlySet<string> = new Set([
  'Bioconductor',
  'Bitnami',
  'ConanCenter',
  'CRAN',
  'crates.io',
  'GHC',
  'GitHub Actions',
  'Go',
  'Hackage',
  'Hex',
  'Julia',
  'Maven',
  'npm',
  'NuGet',
  'opam',
  'Packagist',
  'Pub',
  'PyPI',
  'RubyGems',
  'SwiftURL',
  'VSCode',
])

/** Packages that every distribution has had advisories on. */
const commonNames = ['openssl', 'openssl-libs', 'libopenssl1_1', 'curl', 'glibc', 'musl', 'busybox', 'linux', 'kernel', 'python3']

/** Nothing is asked twice in the source's life. */
export function api(address: URL, { http, cache, parallel = 16 }: ApiSettings): AdvisorySource {
  const client = apiClient(address, http)
  const answers = new Map<string, Promise<readonly ListedVulnerability[]>>()
  const records = new Map<string, Promise<unknown>>()
  const known = new Map<string, Promise<ReadonlySet<string>>>()

  const fetchRecord = (listed: ListedVulnerability, signal: AbortSignal): Promise<unknown> => {
    const pending = records.get(listed.id) ?? fetchThrough(client, cache, listed, signal)
    records.set(listed.id, pending)
    return pending
  }

  return {
    name: address.href,
    async *records(queries, gap, signal) {
      const listed = await listAll(client, answers, queries, gap, signal)
      yield* inParallel(listed, parallel, async (entry) => {
        try {
          return await fetchRecord(entry, signal)
        } catch (cause) {
          signal.throwIfAborted()
          gap(`record ${entry.id} of ${address.href}: ${messageOf(cause)}`)
          return undefined
        }
      })
    },
    async covered(ecosystems, signal) {
      const told = await coveredByAnswers(answers, ecosystems)
      const asked = ecosystems.filter((ecosystem) => !told.has(ecosystem) && !known.has(ecosystem))
      if (asked.length > 0) {
        const batch = client.ecosystemsOf(probesOf(answers, asked), signal)
        for (const ecosystem of asked) known.set(ecosystem, batch)
        // It is awaited below.
        batch.catch(() => undefined)
      }
      const covered = await Promise.all(ecosystems.map((ecosystem) => known.get(ecosystem)))
      return new Set(ecosystems.filter((ecosystem, index) => told.has(ecosystem) || covered[index]?.has(ecosystem)))
    },
    async *byId(ids, gap, signal) {
      yield* inParallel(ids, parallel, async (id) => {
        try {
          const pending = records.get(id) ?? client.record(id, signal)
          records.set(id, pending)
          return await pending
        } catch (cause) {
          signal.throwIfAborted()
          // The API has no record for many CVEs; that is an answer.
          if (!isClientError(cause, 404)) gap(`record ${id} of ${address.href}: ${messageOf(cause)}`)
          return undefined
        }
      })
    },
  }
}

type Answers = ReadonlyMap<string, Promise<readonly ListedVulnerability[]>>

const queryKey = ({ ecosystem, name, version }: AdvisoryQuery): string => [ecosystem, name, version].join('\0')

/** Each vulnerability once. One list for each query that was not asked before, all of them together. */
async function listAll(
  client: ApiClient,
  answers: Map<string, Promise<readonly ListedVulnerability[]>>,
  queries: readonly AdvisoryQuery[],
  gap: (message: string) => void,
  signal: AbortSignal,
): Promise<readonly ListedVulnerability[]> {
  const fresh = queries.filter((query) => !answers.has(queryKey(query)))
  if (fresh.length > 0) {
    const batch = client.list(fresh, signal)
    for (const [index, query] of fresh.entries()) {
      const answer = batch.then((lists) => {
        const list = lists[index]
        if (list instanceof Error) throw list
        return list ?? []
      })
      // Each caller below awaits it; without a caller, its failure is the batch's.
      answer.catch(() => undefined)
      answers.set(queryKey(query), answer)
    }
  }
  const listed = new Map<string, ListedVulnerability>()
  const failures = new Map<string, number>()
  for (const query of queries) {
    try {
      for (const entry of (await answers.get(queryKey(query))) ?? []) listed.set(entry.id, entry)
    } catch (cause) {
      signal.throwIfAborted()
      const message = messageOf(cause)
      failures.set(message, (failures.get(message) ?? 0) + 1)
    }
  }
  for (const [message, count] of failures) gap(`${message}: ${count === 1 ? '1 package' : `${count} packages`} not matched`)
  return [...listed.values()]
}

/** Languages, and releases that something was found for. What failed was told where it was listed. */
async function coveredByAnswers(answers: Answers, ecosystems: readonly string[]): Promise<ReadonlySet<string>> {
  const covered = new Set(ecosystems.filter((ecosystem) => languages.has(baseEcosystem(ecosystem))))
  for (const [key, answer] of answers) {
    const [ecosystem = ''] = key.split('\0')
    const list = await answer.catch(() => undefined)
    if (list === undefined || list.length > 0) covered.add(ecosystem)
  }
  return covered
}

/**
 * The API answers an ecosystem that it does not have as it answers a package without vulnerabilities. So a release counts as covered only
 * when something was ever known about it: about the packages that were asked for, in any version, or about those that all have. This is
 * one request more, and only where nothing was found.
 */
function probesOf(answers: Answers, ecosystems: readonly string[]): readonly Omit<AdvisoryQuery, 'version'>[] {
  const names = new Map(ecosystems.map((ecosystem) => [ecosystem, new Set(commonNames)]))
  for (const key of answers.keys()) {
    const [ecosystem = '', name = ''] = key.split('\0')
    names.get(ecosystem)?.add(name)
  }
  const share = Math.max(1, Math.floor(maxBatch / ecosystems.length))
  return [...names].flatMap(([ecosystem, asked]) => [...asked].slice(0, share).map((name) => ({ ecosystem, name }))).slice(0, maxBatch)
}

async function fetchThrough(
  client: ApiClient,
  cache: RecordCache | undefined,
  { id, modified }: ListedVulnerability,
  signal: AbortSignal,
): Promise<unknown> {
  const kept = await cache?.get(id, modified)
  if (kept !== undefined) return kept
  const record = await client.record(id, signal)
  await cache?.put(id, modified, record)
  return record
}

function messageOf(cause: unknown): string {
  return cause instanceof Error ? cause.message : quote(String(cause))
}
