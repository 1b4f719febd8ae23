/** Registries of packages and images. */
import { endsWithCrc62 } from '../checksums.ts'
import type { SecretKind } from '../kind.ts'
import { assigned } from './assigned.ts'
import { issued } from './issued.ts'

const publishes = 'publishes packages in the owner’s name, which others then install'

export const artifactoryKey: SecretKind = issued({
  id: 'artifactory-key',
  title: 'JFrog Artifactory key',
  severity: 'high',
  opens: 'reads, and may replace, the packages and images that the registry gives out',
  revoke: 'Revoke it in the user’s profile or under the access tokens of the platform.',
  references: ['https://jfrog.com/help/r/jfrog-platform-administration-documentation/access-tokens'],
  // An API key, and the base64 of `reftkn:`.
  anchors: ['AKCp', 'cmVmdGtuO'],
  expression: /(?<![\w+/-])(?:AKCp[0-9A-Za-z]{69}|cmVmdGtuO[0-9A-Za-z]{55})(?![\w+/=-])/y,
})

export const clojarsToken: SecretKind = issued({
  id: 'clojars-token',
  title: 'Clojars deploy token',
  severity: 'high',
  opens: publishes,
  revoke: 'Disable it under the account’s deploy tokens.',
  references: ['https://github.com/clojars/clojars-web/wiki/Deploy-Tokens'],
  anchors: ['CLOJARS_'],
  expression: /(?<![\w-])CLOJARS_[0-9a-f]{60}(?![\w-])/y,
})

export const cratesToken: SecretKind = {
  id: 'crates-token',
  title: 'crates.io token',
  severity: 'high',
  opens: publishes,
  revoke: 'Revoke it under the account’s API tokens.',
  references: ['https://doc.rust-lang.org/cargo/reference/registry-authentication.html'],
  anchors: ['cargo_registry', 'token = "cio'],
  anyCase: true,
  expression: /(?:token = "|cargo_registry[\w]{0,30}["']?[ \t]{0,4}[:= ][ \t]{0,4}["']?)(?<secret>cio[0-9A-Za-z]{32})(?![\w-])/diy,
  isCertain: true,
}

export const dockerHubToken: SecretKind = issued({
  id: 'docker-hub-token',
  title: 'Docker Hub access token',
  severity: 'critical',
  opens: 'pulls private images, and may push others under the same names',
  revoke: 'Delete it under the account’s or organisation’s access tokens.',
  references: ['https://docs.docker.com/security/access-tokens/'],
  anchors: ['dckr_pat_', 'dckr_oat_'],
  expression: /(?<![\w-])dckr_(?:pat_[\w-]{27}|oat_[\w-]{32})(?![\w-])/y,
})

export const npmToken: SecretKind = issued({
  id: 'npm-token',
  title: 'npm access token',
  severity: 'critical',
  opens: publishes,
  revoke: 'Run `npm token revoke`, and look at the versions that were published since.',
  references: ['https://docs.npmjs.com/about-access-tokens', 'https://github.blog/changelog/2021-09-23-npm-has-a-new-access-token-format/'],
  anchors: ['npm_'],
  expression: /(?<![0-9A-Za-z_])npm_[0-9A-Za-z]{36}(?![0-9A-Za-z])/y,
  isGenuine: (secret) => endsWithCrc62(secret.slice(4)),
})

export const nugetKey: SecretKind = {
  id: 'nuget-key',
  title: 'NuGet API key',
  severity: 'high',
  opens: publishes,
  revoke: 'Delete or regenerate it under the account’s API keys.',
  references: ['https://learn.microsoft.com/en-us/nuget/nuget-org/publish-a-package'],
  anchors: ['nuget'],
  anyCase: true,
  expression: assigned('nuget', 'oy2[0-9a-z]{43}'),
  isCertain: true,
}

export const pypiToken: SecretKind = issued({
  id: 'pypi-token',
  title: 'PyPI token',
  severity: 'critical',
  opens: publishes,
  revoke: 'Remove it under the account’s API tokens, and look at the releases that were made since.',
  references: ['https://pypi.org/help/#apitoken', 'https://github.com/rescrv/libmacaroons/blob/master/doc/format.txt'],
  // The base64 of a macaroon of version 2 with the location `pypi.org`, or `test.pypi.org`.
  anchors: ['pypi-AgEIcHlwaS5vcmc', 'pypi-AgENdGVzdC5weXBpLm9yZ'],
  expression: /(?<![\w-])pypi-Ag[\w-]{80,400}(?![\w-])/y,
  isGenuine: (secret) => isMacaroon(Buffer.from(secret.slice('pypi-'.length), 'base64url')),
})

/** Version 2, fields of a type and a length, sections ended by a zero, and a signature of 32 bytes at the end. */
function isMacaroon(bytes: Buffer): boolean {
  const signatureAt = bytes.length - 34
  return bytes[0] === 2 && signatureAt > 0 && bytes[signatureAt] === 6 && bytes[signatureAt + 1] === 32
}

export const rubygemsKey: SecretKind = issued({
  id: 'rubygems-key',
  title: 'RubyGems API key',
  severity: 'critical',
  opens: publishes,
  revoke: 'Delete it under the profile’s API keys, and look at the versions that were pushed since.',
  references: ['https://guides.rubygems.org/api-key-scopes/'],
  anchors: ['rubygems_'],
  expression: /(?<![\w-])rubygems_[0-9a-f]{48}(?![\w-])/y,
})
