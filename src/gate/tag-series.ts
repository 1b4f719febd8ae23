/** The newer tags of a tag's series: same form, same variant, same major version. Tags that are no versions have no series. */
import { compareDigits } from '../advisories/versions/order.ts'

export interface NewerTags {
  /** The newest of the same minor version. */
  readonly inMinor?: string
  /** The newest of the same major version; absent where it is the one above. */
  readonly inMajor?: string
}

interface VersionTag {
  readonly text: string
  /** `v`, or nothing. */
  readonly prefix: string
  /** As they are written; at least one. */
  readonly numbers: readonly string[]
  /** `-alpine`, `-slim-bookworm`, `-alpine3.20`; or nothing. What it names stays the same. */
  readonly variant: string
}

/** A variant begins with a letter: `1.2.3-1` and `20240513T0100` order by rules of their own, and `3.20_rc1` is no release. */
const versionTag = /^(v?)(\d+(?:\.\d+){0,5})((?:-[A-Za-z][\w.-]*)?)$/
/** What comes before a release has no series: a first candidate of another version is not a newer one of this. */
const preRelease = /-(?:a|alpha|b|beta|c|canary|dev|ea|m|nightly|pre|preview|rc|snapshot)[.-]?\d*(?:[.-]|$)/i

export function isVersionTag(tag: string): boolean {
  return parseTag(tag) !== undefined
}

export function newerTags(tag: string, all: readonly string[]): NewerTags {
  const current = parseTag(tag)
  if (!current) return {}
  const newer = all
    .flatMap((text) => {
      const candidate = parseTag(text)
      return candidate && isSameSeries(current, candidate) && compareNumbers(candidate, current) > 0 ? [candidate] : []
    })
    .sort((left, right) => compareNumbers(right, left) || (left.text < right.text ? -1 : 1))
  const inMinor = newer.find((candidate) => hasSameMinor(current, candidate))
  const [inMajor] = newer
  return { ...(inMinor && { inMinor: inMinor.text }), ...(inMajor && inMajor !== inMinor && { inMajor: inMajor.text }) }
}

/** The newest versions of the same form and variant that are older than `tag`, whatever their major version: at most `limit`, the oldest first. None for a tag that is no version. */
export function earlierTags(tag: string, all: readonly string[], limit: number): readonly string[] {
  const current = parseTag(tag)
  if (!current || limit < 1) return []
  return all
    .flatMap((text) => {
      const candidate = parseTag(text)
      return candidate && hasSameForm(current, candidate) && compareNumbers(candidate, current) < 0 ? [candidate] : []
    })
    .sort((left, right) => compareNumbers(left, right) || (left.text < right.text ? -1 : 1))
    .slice(-limit)
    .map(({ text }) => text)
}

/** Other tags that have the form of one that is no version, such as `sha-1f3a9c2` or `main-20250102T1200`: numbers and hexadecimal words are alike. */
export function similarTags(tag: string, all: readonly string[]): readonly string[] {
  const form = formOf(tag)
  return form === tag ? [] : all.filter((each) => each !== tag && formOf(each) === form)
}

function formOf(tag: string): string {
  return tag.replace(/(?<![A-Za-z0-9])(?=[0-9a-f]*\d)[0-9a-f]{7,64}(?![A-Za-z0-9])|\d+/gu, '#')
}

function parseTag(text: string): VersionTag | undefined {
  const [, prefix = '', numbers, variant = ''] = versionTag.exec(text) ?? []
  return numbers === undefined || preRelease.test(variant) ? undefined : { text, prefix, numbers: numbers.split('.'), variant }
}

/** As precise as the current one: `3.20` moves and `3.20.3` does not, which is the choice of who wrote it. */
function isSameSeries(current: VersionTag, candidate: VersionTag): boolean {
  if (!hasSameForm(current, candidate)) return false
  if (compareDigits(candidate.numbers[0] ?? '', current.numbers[0] ?? '') !== 0) return false
  // `22.04` is a year and a month: `22.10` is another release, not a newer one of this.
  return !current.numbers[1]?.startsWith('0') || current.numbers[1] === '0' || hasSameMinor(current, candidate)
}

function hasSameForm(current: VersionTag, { prefix, variant, numbers }: VersionTag): boolean {
  return prefix === current.prefix && variant === current.variant && numbers.length === current.numbers.length
}

function hasSameMinor(left: VersionTag, right: VersionTag): boolean {
  return compareDigits(left.numbers[1] ?? '', right.numbers[1] ?? '') === 0
}

function compareNumbers(left: VersionTag, right: VersionTag): number {
  for (const [index, number] of left.numbers.entries()) {
    const difference = compareDigits(number, right.numbers[index] ?? '')
    if (difference !== 0) return difference
  }
  return 0
}
