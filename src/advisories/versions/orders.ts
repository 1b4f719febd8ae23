/** All version orders. */
import { alpine } from './alpine.ts'
import { debian } from './debian.ts'
import type { VersionOrder } from './order.ts'
import { redhat } from './redhat.ts'
import { semver } from './semver.ts'

export const orders: readonly VersionOrder[] = [alpine, debian, redhat, semver]

/** The order of an OSV ecosystem, whose release (`:12`) does not matter; undefined where none is known, which is a gap and never another order. */
export function orderOf(ecosystem: string): VersionOrder | undefined {
  const colon = ecosystem.indexOf(':')
  const base = colon < 0 ? ecosystem : ecosystem.slice(0, colon)
  return orders.find((order) => order.ecosystems.includes(base))
}

/** The order of SEMVER ranges, whatever the ecosystem. https://ossf.github.io/osv-schema/#affectedrangestype-field */
export const semanticOrder: VersionOrder = semver
