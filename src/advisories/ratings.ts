/** Severities of vulnerabilities: the records' own, else those of the records that they are aliases of. */
import type { Severity } from '../findings.ts'
import { severities } from '../findings.ts'
import { cvesOf, type Vulnerability } from './join.ts'
import { type Advisory, readAdvisory } from './osv.ts'
import { baseScore, type Rating, rate } from './severity.ts'
import type { AdvisorySource, Exploitation } from './source.ts'

export interface RatedVulnerability extends Vulnerability, Rating {
  readonly exploitation: Exploitation
}

/** In the given order. Asks for aliases in one go, and only for those of vulnerabilities that their own records leave unrated. */
export async function completeRatings(
  vulnerabilities: readonly Vulnerability[],
  sources: readonly AdvisorySource[],
  gap: (message: string) => void,
  signal: AbortSignal,
): Promise<readonly RatedVulnerability[]> {
  const scoreOf = rememberScores()
  const own = vulnerabilities.map((vulnerability) => rateOwn(vulnerability, scoreOf))
  const unrated = vulnerabilities.filter((_, index) => own[index]?.severity === 'unknown')
  const [aliases, exploitation] = await Promise.all([
    readAliases([...new Set(unrated.flatMap(aliasesOf))], sources, gap, signal),
    readExploitation([...new Set(vulnerabilities.flatMap(allCves))], sources, gap, signal),
  ])
  return vulnerabilities.map((vulnerability, index) => {
    const known = own[index] ?? { severity: 'unknown' }
    const rating =
      known.severity === 'unknown'
        ? worst(
            aliasesOf(vulnerability).flatMap((id) => aliases.get(id) ?? []),
            known,
          )
        : known
    return { ...vulnerability, ...rating, exploitation: join(allCves(vulnerability).map((cve) => exploitation.get(cve))) }
  })
}

/** The first record that gives a rating: the ecosystem's own are first. */
function rateOwn({ matches }: Vulnerability, scoreOf: (vector: string) => number | undefined): Rating {
  const ratings = matches.map(({ advisory, entries }) => rate(advisory, entries, scoreOf))
  const first = ratings.find(({ severity }) => severity !== 'unknown')
  const score = first?.score ?? ratings.find((rating) => rating.score !== undefined)?.score
  return { severity: first?.severity ?? 'unknown', ...(score === undefined ? {} : { score }) }
}

function rememberScores(): (vector: string) => number | undefined {
  const scores = new Map<string, number | undefined>()
  return (vector) => {
    if (!scores.has(vector)) scores.set(vector, baseScore(vector))
    return scores.get(vector)
  }
}

const allCves = ({ matches }: Vulnerability): readonly string[] => matches.flatMap(({ advisory }) => cvesOf(advisory))

/** Identifiers of the databases that rate what others restate. */
function aliasesOf({ rule, aliases, matches }: Vulnerability): readonly string[] {
  const matched = new Set(matches.map(({ advisory }) => advisory.id))
  return [rule, ...aliases].filter((id) => /^(CVE|GHSA)-/.test(id) && !matched.has(id))
}

async function readAliases(
  ids: readonly string[],
  sources: readonly AdvisorySource[],
  gap: (message: string) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Rating>> {
  const ratings = new Map<string, Rating>()
  if (ids.length === 0) return ratings
  await Promise.all(
    sources.map(async (source) => {
      try {
        for await (const value of source.byId(ids, gap, signal)) {
          const advisory: Advisory = readAdvisory(value)
          if (advisory.withdrawn === undefined) ratings.set(advisory.id, rate(advisory, advisory.affected))
        }
      } catch (cause) {
        signal.throwIfAborted()
        gap(`ratings of ${source.name}: ${cause instanceof Error ? cause.message : String(cause)}`)
      }
    }),
  )
  return ratings
}

async function readExploitation(
  cves: readonly string[],
  sources: readonly AdvisorySource[],
  gap: (message: string) => void,
  signal: AbortSignal,
): Promise<ReadonlyMap<string, Exploitation>> {
  const all = new Map<string, Exploitation>()
  if (cves.length === 0) return all
  await Promise.all(
    sources.map(async (source) => {
      try {
        for (const [cve, known] of (await source.exploitation?.(cves, signal)) ?? []) all.set(cve, join([all.get(cve), known]))
      } catch (cause) {
        signal.throwIfAborted()
        gap(`exploitation data of ${source.name}: ${cause instanceof Error ? cause.message : String(cause)}`)
      }
    }),
  )
  return all
}

/** What is known of any of them; of several probabilities, the highest. */
function join(parts: readonly (Exploitation | undefined)[]): Exploitation {
  const scores = parts.flatMap((part) => part?.epss ?? [])
  const answers = parts.flatMap((part) => part?.knownExploited ?? [])
  return {
    // Without a catalogue nobody knows.
    ...(answers.length === 0 ? {} : { knownExploited: answers.includes(true) }),
    ...(scores.length === 0 ? {} : { epss: Math.max(...scores) }),
  }
}

/** Of the vulnerabilities that one advisory restates, the worst counts. */
function worst(ratings: readonly Rating[], otherwise: Rating): Rating {
  const byRank = ratings.toSorted((a, b) => rankOf(a.severity) - rankOf(b.severity) || (b.score ?? 0) - (a.score ?? 0))
  return byRank[0] ?? otherwise
}

const rankOf = (severity: Severity): number => severities.indexOf(severity)
