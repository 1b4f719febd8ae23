/** Dart's semantic versions, in which build metadata counts: https://pub.dev/documentation/pub_semver/latest/pub_semver/Version/compareTo.html */
import type { VersionOrder } from './order.ts'
import { compareIdentifiers, compareNumbers, comparePrerelease, parseSemantic } from './semver.ts'

export const pub: VersionOrder = {
  name: 'pub',
  ecosystems: ['Pub'],
  compare(left, right) {
    const a = parseSemantic(left)
    const b = parseSemantic(right)
    return compareNumbers(a.numbers, b.numbers) || comparePrerelease(a.prerelease, b.prerelease) || compareBuilds(a.build, b.build)
  },
}

/** A build is above none. */
function compareBuilds(left: string, right: string): number {
  if (left === '' || right === '') return Number(left !== '') - Number(right !== '')
  return compareIdentifiers(left.split('.'), right.split('.'))
}
