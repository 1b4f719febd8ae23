/** A rated vulnerability of a package as the problem that the gate decides on. */
import type { Problem } from '../findings.ts'
import { smallestFix } from './match.ts'
import type { RatedVulnerability } from './ratings.ts'

const maxTitleCharacters = 200
const maxReferences = 10

/** The vulnerabilities of one package. */
export function toProblems(vulnerabilities: readonly RatedVulnerability[]): readonly Problem[] {
  const fixes = vulnerabilities.map(fixOf)
  const fixable = vulnerabilities.filter((_, index) => fixes[index] !== undefined)
  const [first] = fixable[0]?.matches ?? []
  const entries = fixable.flatMap(({ matches }) => matches.flatMap((match) => match.entries))
  const fixedAll =
    first === undefined || fixable.length === 1
      ? fixes.find((fix) => fix !== undefined)
      : smallestFix(first.query.version, entries, first.orders)
  return vulnerabilities.map((vulnerability, index) => toProblem(vulnerability, fixes[index], fixedAll))
}

/** The smallest version that none of the records affects. */
function fixOf({ matches }: RatedVulnerability): string | undefined {
  const [first] = matches
  return first === undefined
    ? undefined
    : smallestFix(
        first.query.version,
        matches.flatMap(({ entries }) => entries),
        first.orders,
      )
}

function toProblem(vulnerability: RatedVulnerability, fixed: string | undefined, fixedAll: string | undefined): Problem {
  const { rule, aliases, matches, severity, score, exploitation } = vulnerability
  const [first] = matches
  if (first === undefined) throw new Error(`vulnerability ${rule} has no match`)
  const { package: item, query } = first
  const origin =
    item.source !== item.name && query.name === item.source
      ? ` (built from ${[item.source, ...(item.sourceVersion === item.version ? [] : [item.sourceVersion])].join(' ')})`
      : ''
  const references = [...new Set(matches.flatMap(({ advisory }) => advisory.references))].filter((address) => /^https?:\/\//i.test(address))
  return {
    rule,
    check: 'vulnerability',
    severity,
    ...(score === undefined ? {} : { score }),
    ...exploitation,
    ...publishedOf(vulnerability),
    title: titleOf(vulnerability, item.name),
    message: `${item.name} ${item.version}${origin} is affected; ${fixed === undefined ? 'no fixed version is known' : `fixed in ${fixed}`}`,
    package: {
      name: item.name,
      version: item.version,
      purl: item.purl,
      ...(fixed === undefined ? {} : { fixed }),
      ...(fixedAll === undefined ? {} : { fixedAll }),
      layer: item.layer,
      path: item.path,
    },
    aliases,
    references: references.slice(0, maxReferences),
  }
}

/** The earliest: a database that takes a record over later discloses nothing. */
function publishedOf({ matches }: RatedVulnerability): Pick<Problem, 'published'> {
  const times = matches.flatMap(({ advisory: { published } }) => (published === undefined ? [] : [published]))
  const [first] = times.filter((time) => !Number.isNaN(Date.parse(time))).sort((left, right) => Date.parse(left) - Date.parse(right))
  return first === undefined ? {} : { published: first }
}

/** The first summary, else the first sentence of the first details, as one line. */
function titleOf({ rule, matches }: RatedVulnerability, name: string): string {
  const summaries = matches.map(({ advisory }) => oneLine(advisory.summary))
  const details = matches.map(({ advisory }) => oneLine(advisory.details.slice(0, 4 * maxTitleCharacters)).replace(/(?<=[.!?]) .*$/, ''))
  const text = [...summaries, ...details].find((candidate) => candidate !== '') ?? `${rule} in ${name}`
  const points = [...text]
  return points.length > maxTitleCharacters ? `${points.slice(0, maxTitleCharacters - 1).join('')}…` : text
}

const oneLine = (text: string): string => text.replace(/[\s\p{Cc}]+/gu, ' ').trim()
