/** Gem::Version: https://docs.ruby-lang.org/en/master/Gem/Version.html */
import { checkVersion, compareDigits, compareText, type VersionOrder } from './order.ts'

export const rubygems: VersionOrder = {
  name: 'rubygems',
  ecosystems: ['RubyGems'],
  compare(left, right) {
    const a = parse(left)
    const b = parse(right)
    for (let index = 0; index < a.length || index < b.length; index++) {
      const difference = compareSegments(a[index] ?? '0', b[index] ?? '0')
      if (difference !== 0) return difference
    }
    return 0
  },
}

/** Runs of digits and runs of letters. Zeros at the end of the numbers, and at the end of all, mean nothing. */
function parse(version: string): readonly string[] {
  checkVersion(version)
  const segments = version.replaceAll('-', '.pre.').match(/\d+|[^\d.]+/g) ?? []
  const firstWord = segments.findIndex((segment) => !isNumber(segment))
  const numbers = firstWord < 0 ? segments : segments.slice(0, firstWord)
  return [...withoutZeros(numbers), ...withoutZeros(segments.slice(numbers.length))]
}

function withoutZeros(segments: readonly string[]): readonly string[] {
  return segments.slice(0, segments.findLastIndex((segment) => !/^0+$/.test(segment)) + 1)
}

/** Words are below numbers. */
function compareSegments(a: string, b: string): number {
  const [isNumberA, isNumberB] = [isNumber(a), isNumber(b)]
  if (isNumberA && isNumberB) return compareDigits(a, b)
  if (isNumberA !== isNumberB) return isNumberA ? 1 : -1
  return compareText(a, b)
}

const isNumber = (segment: string): boolean => /^\d/.test(segment)
