/** A place that advisories come from. */
import type { Package } from '../findings.ts'

/** Asked for by ecosystem and name; which versions are affected is the matcher's work. */
export interface AdvisoryQuery {
  /** OSV ecosystem with its release, such as `Alpine:v3.20` or `npm`. */
  readonly ecosystem: string
  readonly name: string
  readonly version: string
}

export interface AdvisorySource {
  readonly name: string
  /** Raw records that may concern the queries (unvalidated JSON), each once. Anything that could not be read is told through `gap`. */
  records(queries: readonly AdvisoryQuery[], gap: (message: string) => void, signal: AbortSignal): AsyncIterable<unknown>
  /** Those of the ecosystems that it has data for; a release that no source has data for is a gap. */
  covered(ecosystems: readonly string[], signal: AbortSignal): Promise<ReadonlySet<string>>
  /** Raw records by their identifier, those that it has. For the rating of an alias where the record itself gives none. */
  byId(ids: readonly string[], gap: (message: string) => void, signal: AbortSignal): AsyncIterable<unknown>
  /** What is known of CVEs' use by attackers, of those that it knows anything about. */
  exploitation?(cves: readonly string[], signal: AbortSignal): Promise<ReadonlyMap<string, Exploitation>>
  /** When its data was put together, for `judgeAge`; absent where it is what it is now. */
  built?(signal: AbortSignal): Promise<Date>
  /** Closes files. Nothing may be asked afterwards. */
  close?(): void
}

export interface Exploitation {
  /** In CISA's catalogue of known exploited vulnerabilities. https://www.cisa.gov/known-exploited-vulnerabilities-catalog */
  readonly knownExploited?: boolean
  /** Probability of exploitation within 30 days, 0 to 1. https://www.first.org/epss/ */
  readonly epss?: number
}

/** A package with the queries that speak of it. */
export interface QueriedPackage {
  readonly package: Package
  readonly queries: readonly AdvisoryQuery[]
}
