/** R's `package_version`: numbers between points or hyphens. https://stat.ethz.ch/R-manual/R-devel/library/base/html/numeric_version.html */
import { quote } from '../../findings.ts'
import { UnreadableVersion } from '../errors.ts'
import { checkVersion, compareDigits, type VersionOrder } from './order.ts'

export const cran: VersionOrder = {
  name: 'cran',
  ecosystems: ['CRAN'],
  compare(left, right) {
    return compareSequences(parse(left), parse(right))
  },
}

function parse(version: string): readonly string[] {
  checkVersion(version)
  const numbers = version.split(/[.-]/)
  if (!numbers.every((number) => /^\d+$/.test(number))) throw new UnreadableVersion(`${quote(version)} is no version of an R package`)
  return numbers
}

/** Number by number; where one ends, it is the lower. */
export function compareSequences(left: readonly string[], right: readonly string[]): number {
  for (let index = 0; index < Math.min(left.length, right.length); index++) {
    const difference = compareDigits(left[index] ?? '', right[index] ?? '')
    if (difference !== 0) return difference
  }
  return left.length - right.length
}
