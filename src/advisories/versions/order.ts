/** The order of versions in an ecosystem, and the comparisons that all of them are made of. */
import { quote } from '../../findings.ts'
import { UnreadableVersion } from '../errors.ts'

export interface VersionOrder {
  /** The kebab-case name of its file. */
  readonly name: string
  /** OSV ecosystems, without a release, that are ordered so. */
  readonly ecosystems: readonly string[]
  /** Below zero when `left` is older, zero when both order equally. Throws UnreadableVersion; the caller reports a gap and does not guess. */
  compare(left: string, right: string): number
}

/** Longest text that is read as a version; a longer one is unreadable. */
export const maxVersionCharacters = 1024

/** Throws UnreadableVersion for what no ecosystem has as a version, so that no order has to. */
export function checkVersion(version: string): void {
  if (version === '') throw new UnreadableVersion('version is empty')
  if (version.length > maxVersionCharacters) {
    throw new UnreadableVersion(`version has ${version.length} characters, at most ${maxVersionCharacters} are read: ${quote(version, 40)}`)
  }
  if (/[\s\x00-\x1f\x7f-\x9f]/.test(version))
    throw new UnreadableVersion(`version has white space or control characters: ${quote(version)}`)
}

/** Digits of any length, as numbers; an empty text is zero. */
export function compareDigits(left: string, right: string): number {
  const a = withoutZeros(left)
  const b = withoutZeros(right)
  return a.length - b.length || compareText(a, b)
}

/** Ranges are walked for every package, so this is no regular expression. */
function withoutZeros(digits: string): string {
  let start = 0
  while (digits.charCodeAt(start) === 0x30) start++
  return start === 0 ? digits : digits.slice(start)
}

/** By code unit, so that it depends on no locale. Code units and code points order the same way in all text that versions are made of. */
export function compareText(left: string, right: string): number {
  if (left === right) return 0
  return left < right ? -1 : 1
}
