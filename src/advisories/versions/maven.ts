/** Maven's order of versions: https://maven.apache.org/pom.html#version-order-specification */
import { checkVersion, compareDigits, compareText, type VersionOrder } from './order.ts'

export const maven: VersionOrder = {
  name: 'maven',
  ecosystems: ['Maven'],
  compare(left, right) {
    const a = parse(left)
    const b = parse(right)
    for (let index = 0; index < a.length || index < b.length; index++) {
      const [tokenA, tokenB] = [a[index], b[index]]
      const difference = compareTokens(tokenA ?? padding(tokenB), tokenB ?? padding(tokenA))
      if (difference !== 0) return difference
    }
    return 0
  },
}

interface Token {
  readonly separator: '' | '-' | '.'
  /** In lower case; a number without leading zeros; empty for `ga`, `final` and `release`. */
  readonly value: string
  readonly isPadding?: boolean
}

const qualifiers = ['alpha', 'beta', 'milestone', 'rc', 'snapshot', '', 'sp']
const aliases: ReadonlyMap<string, string> = new Map([
  ['cr', 'rc'],
  ['final', ''],
  ['ga', ''],
  ['release', ''],
])
/** Short forms, where a number follows at once. */
const abbreviations: ReadonlyMap<string, string> = new Map([
  ['a', 'alpha'],
  ['b', 'beta'],
  ['m', 'milestone'],
])

function parse(version: string): readonly Token[] {
  checkVersion(version)
  const tokens: Token[] = []
  let separator: Token['separator'] = ''
  for (const part of version.toLowerCase().split(/([.-])/)) {
    if (part === '.' || part === '-') {
      separator = part
      continue
    }
    // "a transition between digits and characters is equivalent to a hyphen"; an empty token is 0.
    const runs = part.match(/\d+|\D+/g) ?? ['0']
    for (const [index, run] of runs.entries()) {
      tokens.push({ separator: index === 0 ? separator : '-', value: normalize(run, index < runs.length - 1) })
    }
  }
  return trim(tokens)
}

function normalize(run: string, beforeNumber: boolean): string {
  if (/^\d/.test(run)) return run.replace(/^0+(?=\d)/, '')
  return (beforeNumber ? abbreviations.get(run) : undefined) ?? aliases.get(run) ?? run
}

/** Null values go from the end, and before each remaining hyphen. */
function trim(tokens: Token[]): readonly Token[] {
  let index = tokens.length - 1
  while (index > 0) {
    const token = tokens[index]
    if (token?.value === '' || token?.value === '0') {
      tokens.splice(index, 1)
      index--
    } else {
      while (index >= 0 && tokens[index]?.separator !== '-') index--
      index--
    }
  }
  return tokens
}

/** What the shorter version is filled up with. `sp` is the one qualifier above the release. */
function padding(other: Token | undefined): Token {
  if (other?.separator === '.') return { separator: '.', value: other.value === 'sp' ? '' : '0', isPadding: true }
  return { separator: other?.separator ?? '', value: '', isPadding: true }
}

function compareTokens(a: Token, b: Token): number {
  if (a.separator !== b.separator) return kindOf(a) - kindOf(b)
  if (a.value === b.value) return 0
  const [isNumberA, isNumberB] = [isNumber(a), isNumber(b)]
  if (isNumberA && isNumberB) return compareDigits(a.value, b.value)
  if (isNumberA && !a.isPadding) return 1
  if (isNumberB && !b.isPadding) return -1
  const [rankA, rankB] = [rankOf(a.value), rankOf(b.value)]
  // Unknown qualifiers are behind the known ones, in the order of their text.
  return rankA - rankB || compareText(a.value, b.value)
}

const isNumber = ({ value }: Token): boolean => /^\d+$/.test(value)

/** `.qualifier` < `-qualifier` < `-number` < `.number` */
function kindOf(token: Token): number {
  if (isNumber(token)) return token.separator === '-' ? 2 : 3
  return token.separator === '-' ? 1 : 0
}

function rankOf(value: string): number {
  const rank = qualifiers.indexOf(value)
  return rank < 0 ? qualifiers.length : rank
}
