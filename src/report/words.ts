/** Small phrases that all renderers share. */
import { type Check, type Finding, severities } from '../findings.ts'

/** `12,345`, of a whole number that is not below zero. By hand: for the first that `toLocaleString` writes, it loads the languages of the world. */
export function digits(number: number): string {
  return String(number).replace(/\B(?=(?:\d{3})+$)/gu, ',')
}

/** `1 file`, `2 files`. */
export function count(number: number, singular: string, plural = `${singular}s`): string {
  return `${digits(number)} ${number === 1 ? singular : plural}`
}

/** `a, b and 3 more`. */
export function someOf(names: readonly string[], most: number): string {
  const more = names.length - most
  return more > 0 ? `${names.slice(0, most).join(', ')} and ${digits(more)} more` : names.join(', ')
}

/** `3 critical, 2 high`, from the worst down; empty for no findings. */
export function severityCounts(findings: readonly Finding[]): string {
  return severities
    .map((severity) => ({ severity, number: findings.filter((finding) => finding.severity === severity).length }))
    .filter(({ number }) => number > 0)
    .map(({ severity, number }) => `${digits(number)} ${severity}`)
    .join(', ')
}

/** `sha256:1a2b3c4d5e6f`: enough of a digest for a reader. Anything else stays whole. */
export function shortDigest(digest: string): string {
  return digest.replace(/^(sha(?:256|512):[0-9a-f]{12})[0-9a-f]+$/, '$1')
}

/** A sentence with its digests short. */
export function shortDigests(text: string): string {
  return text.replace(/\b(sha(?:256|512):[0-9a-f]{12})[0-9a-f]{52,}/g, '$1')
}

/** A subject as a reader wants it: of `reference@sha256:…` the digest is short. */
export function shortSubject(subject: string): string {
  const at = subject.lastIndexOf('@')
  return at < 0 ? subject : `${subject.slice(0, at)}@${shortDigest(subject.slice(at + 1))}`
}

export const verdictWords = { pass: 'passed', block: 'blocked', incomplete: 'incomplete' } as const

export const verdictMarks = { pass: '✔', block: '✖', incomplete: '?' } as const

/** `9.8, known exploited`; with `all`, `9.8, known exploited, EPSS 94%`. Empty where nobody has rated it. */
export function ratingWords({ epss, knownExploited, score }: Finding, all = false): string {
  return [
    ...(score === undefined ? [] : [score.toFixed(1)]),
    ...(knownExploited === true ? ['known exploited'] : []),
    ...(epss === undefined || !all ? [] : [`EPSS ${epss < 0.01 ? '<1' : Math.round(epss * 100)}%`]),
  ].join(', ')
}

/** The checks as headings of a table, in its order. */
export const checkWords = {
  vulnerability: 'Vulnerabilities',
  malware: 'Malware',
  secret: 'Secrets',
  'image-config': 'Image configuration',
  signature: 'Signatures',
  attestation: 'Attestations',
  manifest: 'Manifests',
  dockerfile: 'Dockerfiles',
  policy: 'Policy',
} as const satisfies Record<Check, string>

export const checksInOrder = Object.keys(checkWords) as readonly Check[]
