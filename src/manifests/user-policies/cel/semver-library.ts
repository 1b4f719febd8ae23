/** Semantic versions: https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-semver-library */
import type { Environment } from '@marcbachmann/cel-js'
import semver from 'semver'

class Version {
  readonly value: semver.SemVer
  constructor(value: semver.SemVer) {
    this.value = value
  }
}

export function registerSemver(environment: Environment): void {
  environment
    .registerType('kubernetes.Semver', Version)
    .registerFunction('semver(string): kubernetes.Semver', (text: string) => versionOf(text))
    .registerFunction('semver(string, bool): kubernetes.Semver', (text: string, isLoose: boolean) =>
      versionOf(isLoose ? normalized(text) : text),
    )
    .registerFunction('isSemver(string): bool', (text: string) => parse(text) !== null)
    .registerFunction('isSemver(string, bool): bool', (text: string, isLoose: boolean) => parse(isLoose ? normalized(text) : text) !== null)
    .registerFunction('kubernetes.Semver.major(): int', ({ value }: Version) => BigInt(value.major))
    .registerFunction('kubernetes.Semver.minor(): int', ({ value }: Version) => BigInt(value.minor))
    .registerFunction('kubernetes.Semver.patch(): int', ({ value }: Version) => BigInt(value.patch))
    .registerFunction('kubernetes.Semver.isLessThan(kubernetes.Semver): bool', (a: Version, b: Version) => semver.lt(a.value, b.value))
    .registerFunction('kubernetes.Semver.isGreaterThan(kubernetes.Semver): bool', (a: Version, b: Version) => semver.gt(a.value, b.value))
    .registerFunction('kubernetes.Semver.compareTo(kubernetes.Semver): int', (a: Version, b: Version) =>
      BigInt(semver.compare(a.value, b.value)),
    )
    .registerOperator('kubernetes.Semver == kubernetes.Semver', (a: Version, b: Version) => semver.eq(a.value, b.value))
}

/** Strict: the package itself lets a `v` and spaces pass. */
function parse(text: string): semver.SemVer | null {
  return /^\d/.test(text) && !/\s/.test(text) ? semver.parse(text) : null
}

function versionOf(text: string): Version {
  const value = parse(text)
  if (value === null) throw new Error(`${JSON.stringify(text.slice(0, 60))} is no semantic version`)
  return new Version(value)
}

/** Without a `v`, leading zeros, and with the parts that are missing. */
function normalized(text: string): string {
  const [, core = '', rest = ''] = /^v?([\d.]*)(.*)$/.exec(text) ?? []
  const parts = [...core.split('.'), '0', '0'].slice(0, Math.max(3, core.split('.').length)).map((part) => part.replace(/^0+(?=\d)/, ''))
  return parts.join('.') + rest
}
