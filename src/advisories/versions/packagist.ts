/** PHP's version_compare, with Composer's leading `v` taken off: https://www.php.net/manual/en/function.version-compare.php */
import { checkVersion, compareDigits, type VersionOrder } from './order.ts'

export const packagist: VersionOrder = {
  name: 'packagist',
  ecosystems: ['Packagist'],
  compare(left, right) {
    return compareParts(parse(left), parse(right))
  },
}

/** Beginnings of words, in the order in which they are looked for; `#` stands for a number. Any other word is below them. */
const forms: readonly (readonly [beginning: string, rank: number])[] = [
  ['dev', 0],
  ['a', 1],
  ['b', 2],
  ['RC', 3],
  ['rc', 3],
  ['#', 4],
  ['p', 5],
]

/** Numbers and words, with a point between each two of them. */
function parse(version: string): readonly string[] {
  checkVersion(version)
  return version
    .replace(/^v/i, '')
    .replace(/[^0-9A-Za-z.#]+/g, '.')
    .replace(/(?<=[^\d.])(?=\d)|(?<=\d)(?=[^\d.])/g, '.')
    .split('.')
    .filter((part) => part !== '')
}

function compareParts(left: readonly string[], right: readonly string[]): number {
  const shared = Math.min(left.length, right.length)
  for (let index = 0; index < shared; index++) {
    const [a, b] = [left[index] ?? '', right[index] ?? '']
    const difference = isNumber(a) && isNumber(b) ? compareDigits(a, b) : rankOf(a) - rankOf(b)
    if (difference !== 0) return difference
  }
  if (left.length > shared) return compareRest(left.slice(shared))
  return right.length > shared ? -compareRest(right.slice(shared)) : 0
}

/** What goes on behind an equal beginning is above its end with a number, and else as its word is to a number. */
function compareRest(rest: readonly string[]): number {
  return isNumber(rest[0] ?? '') ? 1 : compareParts(rest, ['#'])
}

const isNumber = (part: string): boolean => /^\d/.test(part)

function rankOf(part: string): number {
  const word = isNumber(part) ? '#' : part
  return forms.find(([beginning]) => word.startsWith(beginning))?.[1] ?? -1
}
