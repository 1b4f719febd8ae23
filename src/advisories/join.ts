/** Matches of one package joined into vulnerabilities: records that are aliases of one another are one. */
import type { Match } from './match-packages.ts'
import type { Advisory } from './osv.ts'
import { compareText } from './versions/order.ts'

export interface Vulnerability {
  /** The CVE when there is one, else the first record's identifier. */
  readonly rule: string
  /** Every other identifier, sorted. */
  readonly aliases: readonly string[]
  /** The ecosystem's own records first, those of databases over all ecosystems last, each by identifier. Never empty. */
  readonly matches: readonly Match[]
}

/** Matches of one package. Sorted by rule. */
export function joinAliases(matches: readonly Match[]): readonly Vulnerability[] {
  const sorted = matches.toSorted((a, b) => rank(a.advisory) - rank(b.advisory) || compareText(a.advisory.id, b.advisory.id))
  const [bundles, plain] = partition(sorted, ({ advisory }) => isBundle(advisory))
  const groups = groupByIdentity(plain)
  const owners = new Map(groups.flatMap((group) => identityOf(group).map((id) => [id, group] as const)))
  for (const bundle of bundles) {
    // An advisory on several CVEs adds nothing where each of them is judged on its own.
    const covering = cvesOf(bundle.advisory).map((cve) => owners.get(cve))
    if (covering.every((group) => group !== undefined)) for (const group of new Set(covering)) group?.push(bundle)
    else groups.push([bundle])
  }
  return groups.map(describe).sort((a, b) => compareText(a.rule, b.rule))
}

/** All CVEs that a record is about. AlmaLinux and older records of other distributions name them as related. */
export function cvesOf(advisory: Advisory): readonly string[] {
  const named = [advisory.id, ...advisory.aliases, ...advisory.upstream].filter(isCve)
  const cves = named.length > 0 || !isErratum(advisory) ? named : advisory.related.filter(isCve)
  return [...new Set(cves)]
}

/** One erratum of a distribution often fixes several vulnerabilities, which are no aliases of one another. */
function isBundle(advisory: Advisory): boolean {
  return ![advisory.id, ...advisory.aliases].some(isCve) && cvesOf(advisory).length > 1
}

const isCve = (id: string): boolean => /^CVE-\d{4}-\d{4,}$/.test(id)

/** Errata are named by the distribution: ALSA-2023:0340, RLSA-…, RHSA-…, SUSE-SU-…, DSA-…, USN-…, openSUSE-SU-… */
const isErratum = ({ id }: Advisory): boolean =>
  /^(ALSA|ALBA|ALEA|RLSA|RXSA|RHSA|RHBA|RHEA|SUSE-[A-Z]U|openSUSE-[A-Z]U|DSA|DLA|DTSA|USN|LSN|OESA|MGASA|PHSA)-/.test(id)

function rank({ id }: Advisory): number {
  if (id.startsWith('CVE-')) return 2
  return id.startsWith('GHSA-') ? 1 : 0
}

/** What makes two records one: their identifiers and aliases, and the one CVE that a distribution's record restates. */
const identitiesOf = (advisory: Advisory): readonly string[] => [advisory.id, ...advisory.aliases, ...cvesOf(advisory)]

const identityOf = (group: readonly Match[]): readonly string[] => group.flatMap(({ advisory }) => identitiesOf(advisory))

/** Groups in the order of their first matches, and the matches of each in theirs. A kernel has thousands, so each identifier is looked up once. */
function groupByIdentity(matches: readonly Match[]): Match[][] {
  const groupOf = new Map<string, Match[]>()
  for (const match of matches) {
    const ids = identitiesOf(match.advisory)
    const touching = [...new Set(ids.flatMap((id) => (groupOf.has(id) ? [groupOf.get(id) ?? []] : [])))]
    const joined = touching.length === 1 ? (touching[0] ?? []) : touching.flat()
    joined.push(match)
    for (const id of ids) groupOf.set(id, joined)
    if (touching.length > 1) for (const id of joined.flatMap(({ advisory }) => identitiesOf(advisory))) groupOf.set(id, joined)
  }
  const position = new Map(matches.map((match, index) => [match, index]))
  return [...new Set(groupOf.values())].map((group) => group.toSorted((a, b) => (position.get(a) ?? 0) - (position.get(b) ?? 0)))
}

function describe(matches: readonly Match[]): Vulnerability {
  const [first] = matches
  const single = matches.filter(({ advisory }) => !isBundle(advisory))
  // The other vulnerabilities of an erratum are no names of this one, unless it is all that there is.
  const named = single.length > 0 ? single : matches
  const ids = new Set([...matches.map(({ advisory }) => advisory.id), ...named.flatMap(({ advisory }) => identitiesOf(advisory))])
  const cves = new Set(single.flatMap(({ advisory }) => cvesOf(advisory)))
  const rule = [...cves].sort(compareText)[0] ?? first?.advisory.id ?? ''
  return { rule, aliases: [...ids].filter((id) => id !== rule).sort(compareText), matches }
}

function partition<T>(values: readonly T[], test: (value: T) => boolean): [T[], T[]] {
  const grouped = Map.groupBy(values, test)
  return [grouped.get(true) ?? [], grouped.get(false) ?? []]
}
