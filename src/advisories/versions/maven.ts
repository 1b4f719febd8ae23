/**
 * Maven's order of versions, as its ComparableVersion decides it: https://maven.apache.org/pom.html#version-order-specification
 *
 * A version is a list of items; what stands behind a hyphen, or behind a change between digits and letters, is a list within the list.
 */
import { checkVersion, compareDigits, compareText, type VersionOrder } from './order.ts'

export const maven: VersionOrder = {
  name: 'maven',
  ecosystems: ['Maven'],
  compare(left, right) {
    return compareItems(parse(left), parse(right))
  },
}

/** A number without leading zeros (zero is empty), a qualifier in lower case (a release is empty), or what comes behind a hyphen. */
type Item =
  | { readonly kind: 'number'; readonly text: string }
  | { readonly kind: 'qualifier'; readonly text: string }
  | { readonly kind: 'list'; readonly items: Item[] }

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
const zero: Item = { kind: 'number', text: '' }

function parse(version: string): Item {
  checkVersion(version)
  const lists: Item[][] = [[]]
  const open = (): void => {
    const items: Item[] = []
    lists.at(-1)?.push({ kind: 'list', items })
    lists.push(items)
  }
  const add = (item: Item): void => void lists.at(-1)?.push(item)
  const parts = version.toLowerCase().split(/(?=[.-])/)
  for (const [index, part] of parts.entries()) {
    const separator = index > 0 || /^[.-]/.test(part) ? part.slice(0, 1) : ''
    // An empty part before the first separator is a number as well.
    if (index === 0 && separator !== '') add(zero)
    if (separator === '-') open()
    const runs = (separator === '' ? part : part.slice(1)).match(/\d+|\D+/g) ?? []
    if (runs.length === 0) add(zero)
    for (const [position, run] of runs.entries()) {
      if (position > 0) open()
      if (/^\d/.test(run)) add({ kind: 'number', text: run.replace(/^0+/, '') })
      else {
        const isLast = position === runs.length - 1
        // Before a number and at the end, 1.foo is read as 1-foo.
        if (lists.at(-1)?.length !== 0 && (!isLast || index === parts.length - 1)) open()
        add({ kind: 'qualifier', text: qualifierOf(run, !isLast) })
      }
    }
  }
  const [top = [], ...inner] = lists
  for (const items of inner.reverse()) {
    const beginsWithRelease = items[0]?.kind === 'qualifier' && isNull(items[0])
    normalize(items)
    // A number behind a release takes its place: 1-ga-1 is 1-1, as the specification says and releases of Maven do not agree on.
    const [only] = items
    if (beginsWithRelease && items.length === 1 && only?.kind === 'list' && only.items[0]?.kind === 'number')
      items.splice(0, 1, ...only.items)
  }
  normalize(top)
  return { kind: 'list', items: top }
}

function qualifierOf(run: string, beforeNumber: boolean): string {
  return (beforeNumber ? abbreviations.get(run) : undefined) ?? aliases.get(run) ?? run
}

/** Null items go from the end and before lists, up to the first item that is neither null nor a list. */
function normalize(items: Item[]): void {
  for (let index = items.length - 1; index >= 0; index--) {
    const item = items[index]
    if (item === undefined || isNull(item)) items.splice(index, 1)
    else if (item.kind !== 'list') return
  }
}

const isNull = (item: Item): boolean => (item.kind === 'list' ? item.items.length === 0 : item.text === '')

function compareItems(a: Item | undefined, b: Item | undefined): number {
  if (a === undefined) return b === undefined ? 0 : -compareWithNothing(b)
  if (b === undefined) return compareWithNothing(a)
  if (a.kind === 'number' && b.kind === 'number') return compareDigits(a.text, b.text)
  if (a.kind === 'qualifier' && b.kind === 'qualifier') return compareQualifiers(a.text, b.text)
  if (a.kind === 'list' && b.kind === 'list') {
    for (let index = 0; index < Math.max(a.items.length, b.items.length); index++) {
      const difference = compareItems(a.items[index], b.items[index])
      if (difference !== 0) return difference
    }
    return 0
  }
  // 1-foo < 1-1 < 1.1
  const ranks = ['qualifier', 'list', 'number']
  return ranks.indexOf(a.kind) - ranks.indexOf(b.kind)
}

function compareWithNothing(item: Item): number {
  if (item.kind === 'number') return item.text === '' ? 0 : 1
  if (item.kind === 'qualifier') return compareQualifiers(item.text, '')
  for (const inner of item.items) {
    const difference = compareWithNothing(inner)
    if (difference !== 0) return difference
  }
  return 0
}

/** Unknown qualifiers are behind the known ones, in the order of their text. */
function compareQualifiers(a: string, b: string): number {
  const [rankA, rankB] = [qualifiers.indexOf(a), qualifiers.indexOf(b)]
  if (rankA < 0 && rankB < 0) return compareText(a, b)
  return (rankA < 0 ? qualifiers.length : rankA) - (rankB < 0 ? qualifiers.length : rankB)
}
