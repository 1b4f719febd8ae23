/** How bad an advisory says it is: the database's own rating first, else the CVSS base score, else `unknown`. */
import cvss, { type Cvss2, type Cvss3P0, type Cvss3P1, type Cvss4P0 } from 'ae-cvss-calculator'
import type { Severity } from '../findings.ts'
import type { Advisory, Affected, SeverityEntry } from './osv.ts'

export interface Rating {
  readonly severity: Severity
  /** CVSS base score, 0 to 10, when there is one. */
  readonly score?: number
}

/** Rates one record as it concerns one of its packages. `scoreOf` may remember: many packages have one record. */
export function rate(
  advisory: Advisory,
  affected: readonly Affected[],
  scoreOf: (vector: string) => number | undefined = baseScore,
): Rating {
  const score = bestScore([...affected.flatMap((entry) => entry.severity), ...advisory.severity], scoreOf)
  const own = ownRating(advisory, affected)
  const severity = own !== 'unknown' ? own : score === undefined ? 'unknown' : bandOf(score)
  return { severity, ...(score === undefined ? {} : { score }) }
}

/** CVSS 3.1 section 5 and CVSS 4.0 section 6, "Qualitative Severity Rating Scale"; a score of nothing is `low`, so that it is still seen. */
export function bandOf(score: number): Severity {
  if (score >= 9) return 'critical'
  if (score >= 7) return 'high'
  if (score >= 4) return 'medium'
  return 'low'
}

/** The base score of a vector of CVSS 2.0, 3.0, 3.1 or 4.0; undefined where it is none, or lacks a base metric. */
export function baseScore(vector: string): number | undefined {
  try {
    const parsed = parseVector(vector.trim())
    if (!parsed?.isBaseFullyDefined()) return undefined
    const scores = parsed.calculateScores()
    // What 4.0 calls base takes the threat metrics in.
    return 'baseMetricsOnly' in scores ? scores.baseMetricsOnly : scores.base
  } catch {
    // The library throws on what is no vector; an advisory with such a one counts as not rated, which is shown.
    return undefined
  }
}

function parseVector(vector: string): Cvss2 | Cvss3P0 | Cvss3P1 | Cvss4P0 | undefined {
  if (vector.length > 400) return undefined
  if (vector.startsWith('CVSS:4.0/')) return new cvss.Cvss4P0(vector)
  if (vector.startsWith('CVSS:3.1/')) return new cvss.Cvss3P1(vector)
  if (vector.startsWith('CVSS:3.0/')) return new cvss.Cvss3P0(vector)
  return /^\(?AV:[LAN]\//.test(vector) ? new cvss.Cvss2(vector.replace(/^\(|\)$/g, '')) : undefined
}

/** The newest version of CVSS that there is a score of; of several of one version, the highest. */
function bestScore(entries: readonly SeverityEntry[], scoreOf: (vector: string) => number | undefined): number | undefined {
  for (const type of ['CVSS_V4', 'CVSS_V3', 'CVSS_V2']) {
    const scores = entries.filter((entry) => entry.type === type).flatMap((entry) => scoreOf(entry.score) ?? [])
    if (scores.length > 0) return Math.max(...scores)
  }
  return undefined
}

/** Words that databases rate with. */
const words: ReadonlyMap<string, Severity> = new Map([
  ['critical', 'critical'],
  ['important', 'high'],
  ['high', 'high'],
  ['moderate', 'medium'],
  ['medium', 'medium'],
  ['low', 'low'],
  ['negligible', 'low'],
  ['unimportant', 'low'],
  ['minor', 'low'],
  ['none', 'low'],
])

function wordOf(value: unknown): Severity {
  return (typeof value === 'string' ? words.get(value.trim().toLowerCase().replace(/\*+$/, '')) : undefined) ?? 'unknown'
}

/** Where the databases keep it: a severity type of their own (Ubuntu), fields of their own, or the summary's first word (AlmaLinux, Rocky Linux, Red Hat). */
function ownRating(advisory: Advisory, affected: readonly Affected[]): Severity {
  const candidates: unknown[] = [
    ...[...affected.flatMap((entry) => entry.severity), ...advisory.severity]
      .filter((entry) => !entry.type.startsWith('CVSS_'))
      .map((entry) => entry.score),
    ...affected.flatMap((entry) => [
      entry.ecosystemSpecific.get('severity'),
      entry.ecosystemSpecific.get('urgency'),
      entry.databaseSpecific.get('severity'),
    ]),
    advisory.databaseSpecific.get('severity'),
    /^(Critical|Important|Moderate|Low): /.exec(advisory.summary)?.[1],
  ]
  return candidates.map(wordOf).find((severity) => severity !== 'unknown') ?? 'unknown'
}
