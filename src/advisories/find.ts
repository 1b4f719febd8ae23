/** From an inventory to its vulnerabilities: asks the sources, matches versions, joins aliases, rates. */
import type { Distribution, Package, Problem } from '../findings.ts'
import { quote } from '../findings.ts'
import { queriesFor } from './ecosystems.ts'
import { AdvisoryError } from './errors.ts'
import { joinAliases } from './join.ts'
import { matchPackages } from './match-packages.ts'
import { type Advisory, readAdvisory } from './osv.ts'
import { toProblems } from './problem.ts'
import type { AdvisoryQuery, AdvisorySource, QueriedPackage } from './source.ts'
import { compareText } from './versions/order.ts'

export interface Inventory {
  readonly packages: readonly Package[]
  readonly distribution?: Distribution
}

/** What could not be asked or matched, with the file that proves the package where it is about one. */
export interface AdvisoryGap {
  readonly path?: string
  readonly message: string
}

export interface FoundVulnerabilities {
  /** One for each package and vulnerability, in the order of the packages, then by rule. */
  readonly problems: readonly Problem[]
  readonly gaps: readonly AdvisoryGap[]
}

/** Rejects only when the signal aborts: a source that fails is a gap. */
export async function findVulnerabilities(
  input: Inventory,
  sources: readonly AdvisorySource[],
  signal: AbortSignal,
): Promise<FoundVulnerabilities> {
  const gaps = new Gaps()
  const queried = queryAll(input, gaps)
  const queries = distinct(queried.flatMap((item) => item.queries))
  const advisories = await collect(queries, sources, gaps, signal)
  await checkCoverage(queried, sources, gaps, signal)
  const matches = matchPackages(queried, advisories.values(), (message, path) => gaps.add(message, path))
  if (matches.length === 0) return { problems: [], gaps: gaps.list() }
  const vulnerabilities = [...Map.groupBy(matches, (match) => match.package).values()].flatMap(joinAliases)
  // CVSS takes as long to load as to match an image that has nothing.
  const { completeRatings } = await import('./ratings.ts')
  const rated = await completeRatings(vulnerabilities, sources, (message) => gaps.add(message), signal)
  const byPackage = Map.groupBy(rated, ({ matches }) => matches[0]?.package)
  return { problems: [...byPackage.values()].flatMap(toProblems), gaps: gaps.list() }
}

/** Each message once, in an order that does not depend on which source answered first. */
class Gaps {
  private readonly messages = new Map<string, AdvisoryGap>()
  add(message: string, path?: string): void {
    const key = `${path ?? ''}\0${message}`
    if (!this.messages.has(key)) this.messages.set(key, { ...(path === undefined ? {} : { path }), message })
  }
  list(): readonly AdvisoryGap[] {
    return [...this.messages].sort(([a], [b]) => compareText(a, b)).map(([, gap]) => gap)
  }
}

function queryAll({ packages, distribution }: Inventory, gaps: Gaps): readonly QueriedPackage[] {
  const unasked = new Map<string, number>()
  const queried = packages.map((item) => {
    const { queries, gap } = queriesFor(item, distribution)
    if (gap !== undefined) unasked.set(gap, (unasked.get(gap) ?? 0) + 1)
    return { package: item, queries }
  })
  for (const [message, count] of unasked) gaps.add(`${message}: ${countOf(count)} not matched`)
  return queried
}

function distinct(queries: readonly AdvisoryQuery[]): readonly AdvisoryQuery[] {
  return [...new Map(queries.map((query) => [[query.ecosystem, query.name, query.version].join('\0'), query])).values()]
}

/** By identifier. Where several sources have a record, the one that was modified last. */
async function collect(
  queries: readonly AdvisoryQuery[],
  sources: readonly AdvisorySource[],
  gaps: Gaps,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Advisory>> {
  const advisories = new Map<string, Advisory>()
  if (queries.length === 0) return advisories
  await Promise.all(
    sources.map((source) =>
      guard(source, gaps, signal, async () => {
        for await (const value of source.records(queries, (message) => gaps.add(message), signal)) {
          const advisory = readRecord(value, source, gaps)
          if (advisory === undefined) continue
          const known = advisories.get(advisory.id)
          if (known === undefined || Date.parse(known.modified) < Date.parse(advisory.modified)) advisories.set(advisory.id, advisory)
        }
      }),
    ),
  )
  return advisories
}

function readRecord(value: unknown, source: AdvisorySource, gaps: Gaps): Advisory | undefined {
  try {
    return readAdvisory(value)
  } catch (cause) {
    if (!(cause instanceof AdvisoryError)) throw cause
    gaps.add(`advisories of ${source.name}: ${cause.message}`)
    return undefined
  }
}

/** A package is matched where any of its ecosystems is covered by any source: a release can be several of them. */
async function checkCoverage(
  queried: readonly QueriedPackage[],
  sources: readonly AdvisorySource[],
  gaps: Gaps,
  signal: AbortSignal,
): Promise<void> {
  const ecosystems = [...new Set(queried.flatMap(({ queries }) => queries.map(({ ecosystem }) => ecosystem)))]
  if (ecosystems.length === 0) return
  const covered = new Set<string>()
  await Promise.all(
    sources.map((source) =>
      guard(source, gaps, signal, async () => {
        for (const ecosystem of await source.covered(ecosystems, signal)) covered.add(ecosystem)
      }),
    ),
  )
  const uncovered = queried.filter(({ queries }) => queries.length > 0 && !queries.some(({ ecosystem }) => covered.has(ecosystem)))
  for (const [ecosystem, group] of Map.groupBy(uncovered, ({ queries }) => queries[0]?.ecosystem ?? '')) {
    gaps.add(`no advisory source has data for ${quote(ecosystem, 80)}: ${countOf(group.length)} not matched`)
  }
}

async function guard(source: AdvisorySource, gaps: Gaps, signal: AbortSignal, action: () => Promise<void>): Promise<void> {
  try {
    await action()
  } catch (cause) {
    signal.throwIfAborted()
    gaps.add(`advisories of ${source.name}: ${cause instanceof Error ? cause.message : String(cause)}`)
  }
}

const countOf = (count: number): string => (count === 1 ? '1 package' : `${count} packages`)
