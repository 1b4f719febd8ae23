/** The newest of several fixed versions, in the order of the package's ecosystem: `RenderContext.newest`. Apart, so that a report without packages loads no version orders. */
import { UnreadableVersion } from '../advisories/errors.ts'
import { orderOf } from '../advisories/versions/orders.ts'

/** By purl type, any OSV ecosystem that has its order. https://github.com/package-url/purl-spec */
const ecosystems: ReadonlyMap<string, string> = new Map([
  ['apk', 'Alpine'],
  ['cargo', 'crates.io'],
  ['composer', 'Packagist'],
  ['cran', 'CRAN'],
  ['deb', 'Debian'],
  ['gem', 'RubyGems'],
  ['golang', 'Go'],
  ['hackage', 'Hackage'],
  ['hex', 'Hex'],
  ['maven', 'Maven'],
  ['npm', 'npm'],
  ['nuget', 'NuGet'],
  ['pub', 'Pub'],
  ['pypi', 'PyPI'],
  ['rpm', 'Red Hat'],
])

/** Undefined where the purl's type has no order here, or where one of the versions cannot be read: then nobody guesses, and all of them are told. */
export function newestVersion(purl: string, versions: readonly string[]): string | undefined {
  const type = /^pkg:([^/]+)\//.exec(purl)?.[1]?.toLowerCase() ?? ''
  const order = orderOf(ecosystems.get(type) ?? '')
  if (order === undefined) return undefined
  try {
    return versions.reduce((newest, version) => (order.compare(newest, version) < 0 ? version : newest))
  } catch (error) {
    if (error instanceof UnreadableVersion) return undefined
    throw error
  }
}
