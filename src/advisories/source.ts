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
}

/** A package with the queries that speak of it. */
export interface QueriedPackage {
  readonly package: Package
  readonly queries: readonly AdvisoryQuery[]
}
