/** NuGet's versions: up to four numbers, pre-releases without regard to case. https://learn.microsoft.com/nuget/concepts/package-versioning */
import { quote } from '../../findings.ts'
import { UnreadableVersion } from '../errors.ts'
import { checkVersion, type VersionOrder } from './order.ts'
import { compareNumbers, comparePrerelease, prereleaseOf } from './semver.ts'

export const nuget: VersionOrder = {
  name: 'nuget',
  ecosystems: ['NuGet'],
  compare(left, right) {
    const a = parse(left)
    const b = parse(right)
    return compareNumbers(a.numbers, b.numbers) || comparePrerelease(a.prerelease, b.prerelease)
  },
}

interface NugetVersion {
  readonly numbers: readonly string[]
  readonly prerelease: string
}

function parse(version: string): NugetVersion {
  checkVersion(version)
  const match = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:\.(\d+))?(?!\d)([^+]*)(?:\+.*)?$/i.exec(version)
  if (match === null) throw new UnreadableVersion(`${quote(version)} is no NuGet version`)
  const [, major = '', minor = '', patch = '', revision = '', rest = ''] = match
  return { numbers: [major, minor, patch, revision], prerelease: prereleaseOf(rest).toLowerCase() }
}
