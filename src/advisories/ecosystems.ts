/** Under which ecosystems and names advisories speak of a package: https://ossf.github.io/osv-schema/#affectedpackage-field */
import { type Distribution, type Package, quote } from '../findings.ts'
import { distributionOf } from './distributions.ts'
import { normalizeName } from './names.ts'
import type { AdvisoryQuery } from './source.ts'

export interface PackageQueries {
  /** Empty where no advisory can concern the package, or where `gap` says why none was looked for. */
  readonly queries: readonly AdvisoryQuery[]
  readonly gap?: string
}

/** OSV ecosystems of purl types: https://github.com/package-url/purl-spec */
const languages: ReadonlyMap<string, string> = new Map([
  ['bitnami', 'Bitnami'],
  ['cargo', 'crates.io'],
  ['composer', 'Packagist'],
  ['conan', 'ConanCenter'],
  ['cran', 'CRAN'],
  ['gem', 'RubyGems'],
  ['golang', 'Go'],
  ['hackage', 'Hackage'],
  ['hex', 'Hex'],
  ['julia', 'Julia'],
  ['maven', 'Maven'],
  ['npm', 'npm'],
  ['nuget', 'NuGet'],
  ['opam', 'opam'],
  ['pub', 'Pub'],
  ['pypi', 'PyPI'],
  ['swift', 'SwiftURL'],
])

const systemTypes: ReadonlySet<string> = new Set(['apk', 'deb', 'rpm'])

/** What the image's own distribution is asked, or the language's ecosystem; a package of a distribution without advisories is a gap. */
export function queriesFor(item: Package, distribution: Distribution | undefined): PackageQueries {
  if (systemTypes.has(item.type)) return systemQueries(item, distribution)
  const ecosystem = languages.get(item.type)
  // Conda has no ecosystem of its own; its packages of other ecosystems are found by their own files.
  if (ecosystem === undefined) return { queries: [], gap: `no OSV ecosystem has advisories for packages of type ${quote(item.type, 40)}` }
  // A distribution patches what it packages without changing the version: its own advisories, asked for the package that owns the file, are the judgement.
  const known = distribution === undefined ? undefined : distributionOf(distribution)
  if (item.ownedBySystem === true && distribution !== undefined && (known?.ecosystems(distribution).length ?? 0) > 0) return { queries: [] }
  return { queries: [{ ecosystem, name: normalizeName(ecosystem, item.name), version: languageVersion(item) }] }
}

function systemQueries(item: Package, distribution: Distribution | undefined): PackageQueries {
  if (distribution === undefined)
    return { queries: [], gap: `no release file says which distribution packages of type ${item.type} are from` }
  const known = distributionOf(distribution)
  const other = known?.type === item.type ? undefined : otherDistribution(item)
  if (other) return systemQueries(item, other)
  const label = quote([distribution.id, distribution.version].filter((part) => part !== '').join(' '), 60)
  if (known === undefined) return { queries: [], gap: `no OSV ecosystem has advisories for packages of the distribution ${label}` }
  if (known.type !== item.type)
    return { queries: [], gap: `advisories for ${label} speak of ${known.type} packages, not of ${item.type} packages` }
  const ecosystems = known.ecosystems(distribution)
  if (ecosystems.length === 0) return { queries: [], gap: `no OSV ecosystem has advisories for the release ${label}` }
  if (isWithoutCode(item)) return { queries: [] }
  const bySource = { name: item.source, version: item.sourceVersion }
  const byName = { name: item.name, version: item.version }
  const names =
    known.names === 'source' ? [bySource] : known.names === 'binary' || item.source === item.name ? [byName] : [byName, bySource]
  return {
    queries: ecosystems.flatMap((ecosystem) =>
      names.map(({ name, version }) => ({ ecosystem, name: normalizeName(ecosystem, name), version })),
    ),
  }
}

/**
 * A package that somebody brought along from another distribution, such as a shared library within a Python wheel, says in its purl which: the
 * qualifier `distro` tells the release, or that of an RPM its tag (`el8`). Undefined where nothing does.
 */
function otherDistribution({ purl, type, version }: Package): Distribution | undefined {
  const [, id = '', qualifiers] = /^pkg:\w+\/([\w.-]+)\/[^/?#]+(?:\?([^#]*))?/.exec(purl) ?? []
  const named = new URLSearchParams(qualifiers).get('distro') ?? ''
  const release = named.startsWith(`${id}-`) ? named.slice(id.length + 1) : /\.el(\d+)/.exec(version)?.[1]
  const other = release === undefined ? undefined : { id, version: release, idLike: [] }
  return other && distributionOf(other)?.type === type ? other : undefined
}

/** Kernel headers and documents come from the kernel's source and bring none of its code; keys are in RPM's database and are no software. */
function isWithoutCode(item: Package): boolean {
  const fromKernel = /^(linux|kernel)(-|$)/.test(item.source)
  if (item.type === 'rpm') return item.name === 'gpg-pubkey' || /^kernel(-[\w.]+)*-(headers|doc|srpm-macros|macros)$/.test(item.name)
  return fromKernel && /^linux-(libc-dev|headers|doc|kbuild|compiler)(-|$)/.test(item.name)
}

function languageVersion(item: Package): string {
  // Bitnami counts its own builds behind the version (`2.4.57-3`); its advisories do not.
  if (item.type === 'bitnami') return item.version.replace(/-r?\d+$/, '')
  if (item.type === 'golang' && (item.name === 'stdlib' || item.name === 'toolchain')) return goReleaseVersion(item.version)
  return item.version
}

/** Go's own releases as semantic versions, as its advisories have them: `go1.22rc1` is 1.22.0-rc.1. https://go.dev/doc/toolchain#version */
function goReleaseVersion(version: string): string {
  const match = /^(?:go|v)?(\d+)(?:\.(\d+))?(?:\.(\d+))?(?:(alpha|beta|rc)(\d+))?(?:[ -].*)?$/.exec(version)
  if (match === null) return version
  const [, major, minor, patch, stage, count] = match
  return `${major}.${minor ?? 0}.${patch ?? 0}${stage === undefined ? '' : `-${stage}.${count}`}`
}
