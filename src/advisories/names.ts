/** How each ecosystem writes one package's name in several ways, made one. */

/** OSV ecosystem without its release: `Debian` for `Debian:12`. */
export function baseEcosystem(ecosystem: string): string {
  const colon = ecosystem.indexOf(':')
  return colon < 0 ? ecosystem : ecosystem.slice(0, colon)
}

/** The form under which names of the ecosystem are equal. Without effect on a name that is in that form. */
export function normalizeName(ecosystem: string, name: string): string {
  switch (baseEcosystem(ecosystem)) {
    case 'PyPI':
      // https://packaging.python.org/en/latest/specifications/name-normalization/
      return name.toLowerCase().replace(/[-_.]+/g, '-')
    case 'NuGet': // https://learn.microsoft.com/nuget/reference/nuspec#id: "case-insensitive"
    case 'Packagist': // https://getcomposer.org/doc/04-schema.md#name: lower case
    case 'GitHub Actions':
    case 'VSCode':
    case 'Bitnami':
      return name.toLowerCase()
    case 'Hex': // https://hex.pm/docs/publish: lower case
    case 'Pub': // https://dart.dev/tools/pub/pubspec#name: lower case
      return name.toLowerCase()
    case 'crates.io':
      // `-` and `_` are one when a crate is looked up: https://doc.rust-lang.org/cargo/reference/registry-index.html#name-restrictions
      return name.toLowerCase().replaceAll('_', '-')
    default:
      // npm, Maven, Go, RubyGems, CRAN, Hackage and the distributions tell names with other case apart.
      return name
  }
}

/** Whether a record's ecosystem is that of a query: the same release, or none at all, which speaks of every release. */
export function isSameEcosystem(recorded: string, asked: string): boolean {
  return recorded === asked || recorded === baseEcosystem(asked)
}
