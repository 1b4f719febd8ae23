/**
 * A second opinion on the matcher: every record's raw JSON against every package, with nothing of the matcher but the version orders, which
 * have fixtures of their own. Where the matcher walks a range's events in order, this looks for the last one that the version has passed.
 */
import { orderOf } from '../../src/advisories/versions/orders.ts'

export interface RawRecord {
  readonly id: string
  readonly withdrawn?: string
  readonly affected?: readonly {
    readonly package?: { readonly ecosystem: string; readonly name: string }
    readonly ranges?: readonly RawRange[]
    readonly versions?: readonly string[]
  }[]
}

interface RawRange {
  readonly type: string
  readonly events: readonly Readonly<Record<string, string>>[]
}

export interface Asked {
  readonly ecosystem: string
  readonly name: string
  /** Undefined: any. */
  readonly version?: string
}

export function bruteForce(records: Iterable<RawRecord>, asked: Asked): readonly string[] {
  const ids: string[] = []
  for (const record of records) {
    if (record.withdrawn) continue
    const hit = (record.affected ?? []).some(
      (entry) =>
        entry.package !== undefined &&
        (entry.package.ecosystem === asked.ecosystem || entry.package.ecosystem === asked.ecosystem.split(':')[0]) &&
        sameName(asked.ecosystem, entry.package.name, asked.name) &&
        (asked.version === undefined ||
          (entry.versions ?? []).includes(asked.version) ||
          (entry.ranges ?? []).some((range) => holds(range, asked))),
    )
    if (hit) ids.push(record.id)
  }
  return ids
}

function sameName(ecosystem: string, left: string, right: string): boolean {
  const fold = (name: string): string =>
    name
      .toLowerCase()
      .split(/[-_.]+/)
      .join('-')
  return (
    left === right ||
    (ecosystem === 'PyPI' && fold(left) === fold(right)) ||
    (ecosystem === 'crates.io' && left.replaceAll('-', '_') === right.replaceAll('-', '_'))
  )
}

function holds(range: RawRange, { ecosystem, version = '' }: Asked): boolean {
  if (range.type === 'GIT') return false
  const order = orderOf(range.type === 'SEMVER' ? 'npm' : ecosystem)
  if (order === undefined) throw new Error(`no order for ${ecosystem}`)
  const isBelow = (left: string, right: string): boolean => right !== '0' && (left === '0' || order.compare(left, right) < 0)
  let latest: { readonly kind: string; readonly value: string } | undefined
  for (const event of range.events) {
    const [kind = '', value = ''] = Object.entries(event)[0] ?? []
    if (kind === 'limit') continue
    const hasPassed = kind === 'last_affected' ? isBelow(value, version) : !isBelow(version, value)
    if (hasPassed && (latest === undefined || !isBelow(value, latest.value))) latest = { kind, value }
  }
  const limits = range.events.flatMap((event) => event.limit ?? []).filter((limit) => limit !== '*')
  return latest?.kind === 'introduced' && (limits.length === 0 || limits.some((limit) => isBelow(version, limit)))
}
