/**
 * Semantic Versioning 2.0.0, section 11: https://semver.org/#spec-item-11
 *
 * Read leniently, as the registries of its ecosystems are full of near misses: a leading `v`, one or two numbers, numbers of any length. What
 * follows a third number counts as a pre-release, as it does for the OSV project's own tools.
 */
import { quote } from '../../findings.ts'
import { UnreadableVersion } from '../errors.ts'
import { checkVersion, compareDigits, compareText, type VersionOrder } from './order.ts'

export const semver: VersionOrder = {
  name: 'semver',
  ecosystems: [
    'Bioconductor',
    'Bitnami',
    'ConanCenter',
    'crates.io',
    'GHC',
    'GitHub Actions',
    'Go',
    'Hex',
    'Julia',
    'Kubernetes',
    'npm',
    'SwiftURL',
    'VSCode',
  ],
  compare(left, right) {
    const a = parseSemantic(left)
    const b = parseSemantic(right)
    return compareNumbers(a.numbers, b.numbers) || comparePrerelease(a.prerelease, b.prerelease)
  },
}

export interface SemanticVersion {
  /** At most three; those that are missing are zero. */
  readonly numbers: readonly string[]
  /** Without its hyphen; empty for a release. */
  readonly prerelease: string
  /** Behind the first `+`. */
  readonly build: string
}

/** Throws UnreadableVersion where there is no number at the beginning. */
export function parseSemantic(version: string): SemanticVersion {
  checkVersion(version)
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?!\d)([^+]*)(?:\+(.*))?$/.exec(version)
  if (match === null) throw new UnreadableVersion(`${quote(version)} is no semantic version`)
  const [, major = '', minor = '', patch = '', rest = '', build = ''] = match
  return { numbers: [major, minor, patch], prerelease: prereleaseOf(rest), build }
}

/** A hyphen or a point before a word only separates; before a number too many, the point begins an empty identifier. */
export function prereleaseOf(rest: string): string {
  return rest.replace(/^-|^\.+(?!\d)/, '')
}

export function compareNumbers(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < left.length || index < right.length; index++) {
    const difference = compareDigits(left[index] ?? '', right[index] ?? '')
    if (difference !== 0) return difference
  }
  return 0
}

/** A release is above its pre-releases; fewer identifiers are below more. */
export function comparePrerelease(left: string, right: string): number {
  if (left === '' || right === '') return Number(left === '') - Number(right === '')
  return compareIdentifiers(left.split('.'), right.split('.'))
}

/** Numbers are below words, and ordered as numbers. */
export function compareIdentifiers(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const [a, b] = [left[index] ?? '', right[index] ?? '']
    const [isNumberA, isNumberB] = [/^\d+$/.test(a), /^\d+$/.test(b)]
    const difference = isNumberA && isNumberB ? compareDigits(a, b) : isNumberA !== isNumberB ? (isNumberA ? -1 : 1) : compareText(a, b)
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
