/** All version orders. */
import { baseEcosystem } from '../names.ts'
import { alpine } from './alpine.ts'
import { cran } from './cran.ts'
import { debian } from './debian.ts'
import { hackage } from './hackage.ts'
import { maven } from './maven.ts'
import { nuget } from './nuget.ts'
import type { VersionOrder } from './order.ts'
import { packagist } from './packagist.ts'
import { pub } from './pub.ts'
import { pypi } from './pypi.ts'
import { redhat } from './redhat.ts'
import { rubygems } from './rubygems.ts'
import { semver } from './semver.ts'

export const orders: readonly VersionOrder[] = [alpine, cran, debian, hackage, maven, nuget, packagist, pub, pypi, redhat, rubygems, semver]

/** The order of an OSV ecosystem, whose release (`:12`) does not matter; undefined where none is known, which is a gap and never another order. */
export function orderOf(ecosystem: string): VersionOrder | undefined {
  const base = baseEcosystem(ecosystem)
  return orders.find((order) => order.ecosystems.includes(base))
}

/** The order of SEMVER ranges, whatever the ecosystem. https://ossf.github.io/osv-schema/#affectedrangestype-field */
export const semanticOrder: VersionOrder = semver
