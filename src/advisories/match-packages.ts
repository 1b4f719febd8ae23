/** Packages held against records: which record affects which package, and what would fix it. */
import { type Package, quote } from '../findings.ts'
import { UnreadableVersion } from './errors.ts'
import { isAffected, type RangeOrders } from './match.ts'
import { baseEcosystem, isSameEcosystem, normalizeName } from './names.ts'
import type { Advisory, Affected } from './osv.ts'
import type { AdvisoryQuery, QueriedPackage } from './source.ts'
import { orderOf, semanticOrder } from './versions/orders.ts'

/** One record that affects one package. */
export interface Match {
  readonly package: Package
  readonly advisory: Advisory
  readonly query: AdvisoryQuery
  /** The record's entries for the package, in all releases that were asked for. */
  readonly entries: readonly Affected[]
  readonly orders: RangeOrders
}

interface Outcome {
  readonly matches: readonly Omit<Match, 'package'>[]
  readonly gaps: readonly string[]
}

/** In the order of the packages. Withdrawn records match nothing. */
export function matchPackages(
  packages: readonly QueriedPackage[],
  advisories: Iterable<Advisory>,
  gap: (message: string, path?: string) => void,
): readonly Match[] {
  const index = indexByPackage(advisories)
  // Binary packages of one source are asked for alike.
  const outcomes = new Map<string, Outcome>()
  return packages.flatMap(({ package: item, queries }) => {
    const matches = queries.flatMap((query) => {
      const key = [query.ecosystem, query.name, query.version].join('\0')
      const outcome = outcomes.get(key) ?? matchQuery(query, index.get(indexKey(query.ecosystem, query.name)) ?? [])
      outcomes.set(key, outcome)
      for (const message of outcome.gaps) gap(`${quote(item.name)}: ${message}`, item.path)
      return outcome.matches.map((match) => ({ package: item, ...match }))
    })
    // Several releases that were asked for may be in one record.
    return [...new Map(matches.map((match) => [match.advisory.id, match])).values()]
  })
}

interface Candidate {
  readonly advisory: Advisory
  readonly affected: Affected
}

const indexKey = (ecosystem: string, name: string): string => `${baseEcosystem(ecosystem)}\0${normalizeName(ecosystem, name)}`

function indexByPackage(advisories: Iterable<Advisory>): ReadonlyMap<string, readonly Candidate[]> {
  const index = new Map<string, Candidate[]>()
  for (const advisory of advisories) {
    if (advisory.withdrawn !== undefined) continue
    for (const affected of advisory.affected) {
      const key = indexKey(affected.ecosystem, affected.name)
      const candidates = index.get(key)
      if (candidates === undefined) index.set(key, [{ advisory, affected }])
      else candidates.push({ advisory, affected })
    }
  }
  return index
}

function matchQuery(query: AdvisoryQuery, candidates: readonly Candidate[]): Outcome {
  const relevant = candidates.filter(({ affected }) => isSameEcosystem(affected.ecosystem, query.ecosystem))
  if (relevant.length === 0) return { matches: [], gaps: [] }
  const ecosystem = orderOf(query.ecosystem)
  if (ecosystem === undefined) return { matches: [], gaps: [`the order of versions in ${quote(query.ecosystem)} is not known`] }
  const orders = { ecosystem, semver: semanticOrder }
  const matches: Omit<Match, 'package'>[] = []
  const gaps: string[] = []
  for (const [advisory, group] of Map.groupBy(relevant, (candidate) => candidate.advisory)) {
    const entries = group.map(({ affected }) => affected)
    try {
      if (entries.some((entry) => isAffected(query.version, entry, orders))) matches.push({ advisory, query, entries, orders })
    } catch (cause) {
      if (!(cause instanceof UnreadableVersion)) throw cause
      gaps.push(`whether ${advisory.id} affects ${quote(query.version)} is not known: ${cause.message}`)
    }
  }
  return { matches, gaps }
}
