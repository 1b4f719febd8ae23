/** Whether a version is affected: https://ossf.github.io/osv-schema/#evaluation */
import type { Affected, Range } from './osv.ts'
import type { VersionOrder } from './versions/order.ts'

/** Orders for the two kinds of range. `semver` is undefined only where no order of semantic versions is at hand. */
export interface RangeOrders {
  readonly ecosystem: VersionOrder
  readonly semver: VersionOrder
}

/** Throws UnreadableVersion where the version, or one that a range names, cannot be read. GIT ranges say nothing of package versions. */
export function isAffected(version: string, affected: Affected, orders: RangeOrders): boolean {
  if (affected.versions.includes(version)) return true
  const ranges = affected.ranges.filter((range) => range.type !== 'GIT')
  if (ranges.length === 0) return isListed(version, affected.versions, orders.ecosystem)
  return ranges.some((range) => isInRange(version, range, range.type === 'SEMVER' ? orders.semver : orders.ecosystem))
}

/** The smallest version above this one that a range names as fixed and that no entry affects. Undefined where there is none. */
export function smallestFix(version: string, entries: readonly Affected[], orders: RangeOrders): string | undefined {
  const fixes = entries.map((entry) => fixesAbove(version, entry, orders))
  if (fixes.every((found) => found.length === 0)) return undefined
  const compareFixes = (a: Fix, b: Fix): number => a.order.compare(a.version, b.version)
  // Entries that are fixed last are asked first, since they refuse most candidates: a kernel has thousands.
  const latest = new Map(entries.map((entry, index) => [entry, fixes[index]?.toSorted(compareFixes).at(-1)]))
  const sorted = entries.toSorted((a, b) => {
    const [fixA, fixB] = [latest.get(a), latest.get(b)]
    return fixA !== undefined && fixB !== undefined ? compareFixes(fixB, fixA) : Number(fixA !== undefined) - Number(fixB !== undefined)
  })
  const candidates = fixes.flat().sort(compareFixes)
  return candidates.find((fix) => sorted.every((entry) => !isAffected(fix.version, entry, orders)))?.version
}

interface Fix {
  readonly version: string
  readonly order: VersionOrder
}

function fixesAbove(version: string, { ranges }: Affected, orders: RangeOrders): readonly Fix[] {
  return ranges.flatMap(({ type, events }) => {
    if (type === 'GIT') return []
    const order = type === 'SEMVER' ? orders.semver : orders.ecosystem
    const above = events.filter((event) => event.kind === 'fixed' && order.compare(event.version, version) > 0)
    return above.map((event) => ({ version: event.version, order }))
  })
}

/** Where a list is all there is: some ecosystems write one version in several ways (`1.0` and `1.0.0`), so the order is asked. */
function isListed(version: string, versions: readonly string[], order: VersionOrder): boolean {
  if (versions.length > 0) order.compare(version, version)
  return versions.some((listed) => {
    try {
      return order.compare(version, listed) === 0
    } catch {
      // The version itself is readable, as was seen above, and one that is not is no readable version's equal.
      return false
    }
  })
}

function isInRange(version: string, range: Range, order: VersionOrder): boolean {
  // The version must be readable, even where there is nothing to compare it with.
  if (range.events.every(isBeginning)) order.compare(version, version)
  let affected = false
  for (const event of sortEvents(range.events, order)) {
    if (event.kind === 'introduced' && (isBeginning(event) || order.compare(version, event.version) >= 0)) affected = true
    else if (event.kind === 'fixed' && order.compare(version, event.version) >= 0) affected = false
    else if (event.kind === 'last_affected' && order.compare(version, event.version) > 0) affected = false
  }
  return affected && isBeforeLimits(version, range, order)
}

/** By version; where versions are equal, in the record's order, so that a fix and a new introduction at one version keep their sense. */
function sortEvents(events: Range['events'], order: VersionOrder): Range['events'] {
  // From the beginning up to one fix is what most ranges say.
  const [first, second] = events
  if (events.length === 2 && first !== undefined && isBeginning(first) && second?.kind === 'fixed') return events
  const sorted = events.filter((event) => event.kind !== 'limit')
  return sorted.sort((a, b) => {
    const [isFirstA, isFirstB] = [isBeginning(a), isBeginning(b)]
    if (isFirstA || isFirstB) return Number(isFirstB) - Number(isFirstA)
    return order.compare(a.version, b.version)
  })
}

/** `introduced: 0` is before every version, whatever the order says of `0`. */
function isBeginning(event: Range['events'][number]): boolean {
  return event.kind === 'introduced' && event.version === '0'
}

function isBeforeLimits(version: string, range: Range, order: VersionOrder): boolean {
  const limits = range.events.filter((event) => event.kind === 'limit' && event.version !== '*')
  return limits.length === 0 || limits.some((limit) => order.compare(version, limit.version) < 0)
}
